"""The tables of steps: read these to know the road of an award."""

from guong.awards.flow.bonus import BONUS_STEPS
from guong.awards.flow.decision import DECISION_STEPS
from guong.awards.flow.listing import LISTING_STEPS
from guong.awards.flow.nomination import NOMINATION_STEPS
from guong.awards.flow.session import SESSION_STEPS

__all__ = ["BONUS_STEPS", "DECISION_STEPS", "LISTING_STEPS", "NOMINATION_STEPS", "SESSION_STEPS"]
