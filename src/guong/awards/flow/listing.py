"""The one step of a list posted for comment: closing it after its last day (D-15)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.awards import access
from guong.awards.days import database_today
from guong.awards.models import Listing
from guong.base.models import User
from guong.base.workflow import Step

State = Listing.State


def must_be_over(_user: User, listing: Listing) -> str | None:
    """The time for comment runs to the end of the last day, by the clock of the database."""
    if listing.closes_on < database_today():
        return None
    day = f"{listing.closes_on:%d/%m/%Y}"
    return _("The list is open for comment until the end of %(day)s: close it on a later day.") % {"day": day}


LISTING_STEPS = {
    "close": Step(
        name="close",
        label=gettext_lazy("Close the list"),
        source=(State.OPEN,),
        target=State.CLOSED,
        who=(access.must_be_standing_office,),
        when=(must_be_over,),
    )
}
