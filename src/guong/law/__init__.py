"""The law of emulation and commendation as dated data, and the engine that asks it. Pure Python, no Django.

`load()` the law, put layers on top, describe what is known as `Facts`, then `assess` one subject with an
explanation or `screen` all of them; `check_votes`, `check_caps`, `decision_bonus` and the procedure answer
what comes after.
"""

from guong.law.assessing import Override, Question, assess
from guong.law.assessment import Assessment, Authority, Finding
from guong.law.book import Law
from guong.law.engine import screen
from guong.law.fact_files import read_facts, read_question
from guong.law.facts import Facts, FactsError
from guong.law.layers import Change, compare, preview, read_layer, shipped_layers
from guong.law.loading import load, read_law
from guong.law.marked import LawError
from guong.law.model import Award, Cited, Confidence, Layer, NotInForce, NotKnown, Regime

__all__ = [
    "Assessment",
    "Authority",
    "Award",
    "Change",
    "Cited",
    "Confidence",
    "Facts",
    "FactsError",
    "Finding",
    "Law",
    "LawError",
    "Layer",
    "NotInForce",
    "NotKnown",
    "Override",
    "Question",
    "Regime",
    "assess",
    "compare",
    "load",
    "preview",
    "read_facts",
    "read_law",
    "read_layer",
    "read_question",
    "screen",
    "shipped_layers",
]
