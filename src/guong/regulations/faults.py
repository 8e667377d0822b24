"""What the law data says is wrong, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guong.law import LawError

FAULTS = (  # every sentence with which the text of a layer can be refused; a test compares it with the law
    gettext_noop("names with values are wanted here"),
    gettext_noop("a list is wanted here"),
    gettext_noop("a single value is wanted here"),
    gettext_noop("text is wanted here, not {value!r}"),
    gettext_noop("a date like 2024-01-01 is wanted here, not {value!r}"),
    gettext_noop("unknown name {name!r}; known: {known}"),
    gettext_noop("{name!r} is missing"),
    gettext_noop("not UTF-8 text"),
    gettext_noop("not YAML: {problem}"),
    gettext_noop("the file is empty"),
    gettext_noop("too many parts, or too deep inside one another"),
    gettext_noop("a name must be a single word"),
    gettext_noop("{name!r} is given twice"),
    gettext_noop("{value!r} cannot be read"),
    gettext_noop("unknown value {name!r}"),
    gettext_noop("unknown rule {name}"),
    gettext_noop("{name!r} is asked of every award already; leave it out or give it an id"),
    gettext_noop("a value nobody knows must be unverified"),
    gettext_noop("{name}: {value!r} is no {type}"),
    gettext_noop("a date cannot be a value here"),
    gettext_noop("{until} lies before {since}"),
    gettext_noop("{name!r} is given twice in one rule; give one an id"),
    gettext_noop("either all or any is wanted here"),
    gettext_noop("{name!r} needs a chain in its rule"),
    gettext_noop("source and confidence are missing"),
    gettext_noop("{name}: {value!r} has the wrong type"),
)


def said(problem: LawError) -> str:
    """The fault as one sentence with file and line."""
    why = _(problem.why).format(**problem.words) if problem.words else _(problem.why)
    if problem.where is None:
        return why
    place = {"file": problem.where.file, "line": problem.where.line}
    return _("%(file)s, line %(line)s:") % place + f" {why}."
