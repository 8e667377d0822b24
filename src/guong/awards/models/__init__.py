"""Records on the road of an award."""

from guong.awards.models.assessment import Assessment, JudgedAnswer
from guong.awards.models.box import Box, Envelope, PaperCount, Pile
from guong.awards.models.certificate import IssuedCertificate, SigningKey
from guong.awards.models.council import Council, CouncilMember, Item, OpenVote, Recusal, Seat, Session
from guong.awards.models.decision import Award, Decision
from guong.awards.models.likeness import Fingerprint, Likeness
from guong.awards.models.listing import Comment, Listing, ListingEntry
from guong.awards.models.money import Bonus, Fund
from guong.awards.models.nomination import Appraisal, Evidence, Nomination

__all__ = [
    "Appraisal",
    "Assessment",
    "Award",
    "Bonus",
    "Box",
    "Comment",
    "Council",
    "CouncilMember",
    "Decision",
    "Envelope",
    "Evidence",
    "Fingerprint",
    "Fund",
    "IssuedCertificate",
    "Item",
    "JudgedAnswer",
    "Likeness",
    "Listing",
    "ListingEntry",
    "Nomination",
    "OpenVote",
    "PaperCount",
    "Pile",
    "Recusal",
    "Seat",
    "Session",
    "SigningKey",
]
