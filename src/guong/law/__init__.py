"""The law of emulation and commendation as dated data, and the engine that asks it. Pure Python, no Django.

`load()` the law, put layers on top, describe what is known as `Facts`, then `assess` one subject with an
explanation or `screen` all of them; `check_votes`, `check_caps`, `decision_bonus` and the procedure answer
what comes after.
"""

from guong.law.assessing import Override, Question, assess
from guong.law.assessment import Assessment, Authority, Finding
from guong.law.authority import DEPARTMENT, Deciders, deciders
from guong.law.bases import Basis, ended, legal_bases
from guong.law.book import Law
from guong.law.caps import CapFinding, check_caps
from guong.law.engine import screen
from guong.law.fact_files import read_facts, read_question
from guong.law.facts import Facts, FactsError
from guong.law.layers import Change, compare, preview, read_layer, shipped_layers
from guong.law.loading import load, read_law
from guong.law.marked import LawError
from guong.law.model import Award, Cited, Confidence, Layer, NotInForce, NotKnown, Regime
from guong.law.money import Bonus, Line, Payment, bonus, decision_bonus
from guong.law.procedure import Publication, check_publication, dossier
from guong.law.votes import VoteResult, VoteRule, check_votes, vote_rule
from guong.law.yearly_ratings import RatingRule, RatingWarning, check_ratings, rating_rule

__all__ = [
    "DEPARTMENT",
    "Assessment",
    "Authority",
    "Award",
    "Basis",
    "Bonus",
    "CapFinding",
    "Change",
    "Cited",
    "Confidence",
    "Deciders",
    "Facts",
    "FactsError",
    "Finding",
    "Law",
    "LawError",
    "Layer",
    "Line",
    "NotInForce",
    "NotKnown",
    "Override",
    "Payment",
    "Publication",
    "Question",
    "RatingRule",
    "RatingWarning",
    "Regime",
    "VoteResult",
    "VoteRule",
    "assess",
    "bonus",
    "check_caps",
    "check_publication",
    "check_ratings",
    "check_votes",
    "compare",
    "deciders",
    "decision_bonus",
    "dossier",
    "ended",
    "legal_bases",
    "load",
    "preview",
    "rating_rule",
    "read_facts",
    "read_law",
    "read_layer",
    "read_question",
    "screen",
    "shipped_layers",
    "vote_rule",
]
