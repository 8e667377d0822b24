"""Records on the road of an award."""

from guong.awards.models.assessment import Assessment, JudgedAnswer
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
    "Comment",
    "Council",
    "CouncilMember",
    "Decision",
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
    "Recusal",
    "Seat",
    "Session",
    "SigningKey",
]
