"""Records of plans: readings, plans and their parts, drafts, what follows after issue, managed lists."""

from guong.plans.models.changes import Delivery, Difficulty, Reminder, Review, Revision
from guong.plans.models.draft import PlanDraft
from guong.plans.models.duties import Assignment, Duty, Obligation, Precision
from guong.plans.models.lists import FocalList, FocalTask, Occasion
from guong.plans.models.plan import Citation, Peak, Plan, PlanBasis, Recipient, Target
from guong.plans.models.reading import Reading
from guong.plans.models.register import LegalDocument

__all__ = [
    "Assignment",
    "Citation",
    "Delivery",
    "Difficulty",
    "Duty",
    "FocalList",
    "FocalTask",
    "LegalDocument",
    "Obligation",
    "Occasion",
    "Peak",
    "Plan",
    "PlanBasis",
    "PlanDraft",
    "Precision",
    "Reading",
    "Recipient",
    "Reminder",
    "Review",
    "Revision",
    "Target",
]
