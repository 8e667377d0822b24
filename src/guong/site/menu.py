"""What surrounds every page: who you are, where you can go, what the department is called.

An item is shown only when one of the user's roles can use it and its address exists. Beside the roles
(`User.scope`, which every view reads anyway) a page pays for two queries, and only when the frame is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from guong.awards.models import Seat
from guong.base.access import COUNCIL, SECTOR_READERS, Holding, Role
from guong.base.models import Body, Department, User
from guong.plans.access import KEEPERS

EVERYONE: tuple[str, ...] = ()
UNIT_SIDE = (Role.UNIT_HEAD, Role.UNIT_CLERK, Role.SECTION_HEAD)


@dataclass(frozen=True)
class Place:
    """One address of the site: its name, words and icon, and the roles that can use it (none: every role)."""

    name: str
    label: Any
    icon: str
    roles: tuple[str, ...] = EVERYONE


GROUPS = (
    (Place("site:home", pgettext_lazy("menu", "Waiting for you"), "home"),),
    (
        Place("plans:list", pgettext_lazy("menu", "Plans"), "plan"),
        Place("plans:documents", pgettext_lazy("menu", "Documents"), "law"),
        Place("regulations:law", pgettext_lazy("menu", "The law"), "law"),
        Place("movements:list", pgettext_lazy("menu", "Movements"), "movement"),
        Place(
            "awards:list",
            pgettext_lazy("menu", "Nominations"),
            "nomination",
            (*UNIT_SIDE, *SECTOR_READERS, Role.APPRAISER, Role.EMPLOYEE),
        ),
        Place("awards:listings", pgettext_lazy("menu", "Lists open for comment"), "list"),
        Place("awards:sessions", pgettext_lazy("menu", "Council"), "council", (*COUNCIL, *SECTOR_READERS)),
        Place("awards:decisions", pgettext_lazy("menu", "Decisions"), "decision"),
        Place("records:list", pgettext_lazy("menu", "Record of awards"), "honour"),
        Place("records:proposals", pgettext_lazy("menu", "What may be proposed"), "check"),
    ),
    (Place("reports:progress", pgettext_lazy("menu", "Reports"), "report"),),
    (
        Place("base:bodies", pgettext_lazy("menu", "Organisation"), "org"),
        Place(
            "base:people",
            pgettext_lazy("menu", "People"),
            "people",
            (*UNIT_SIDE, *SECTOR_READERS, Role.ADMINISTRATOR),
        ),
        Place("base:roles", pgettext_lazy("menu", "Accounts and roles"), "lock", (Role.ADMINISTRATOR,)),
        Place(
            "base:log",
            pgettext_lazy("menu", "Log"),
            "clock",
            (Role.ADMINISTRATOR, Role.INSPECTOR, Role.AUDITOR),
        ),
        Place("plans:lists", pgettext_lazy("menu", "Lists"), "settings", KEEPERS),
        Place("portal:home", pgettext_lazy("menu", "Public pages"), "globe"),
    ),
)
TABS = (
    Place("site:home", pgettext_lazy("menu", "Waiting"), "home"),
    Place("awards:list", pgettext_lazy("menu", "Dossiers"), "nomination"),
    Place("plans:list", pgettext_lazy("menu", "Plans"), "plan"),
    Place("site:search", pgettext_lazy("menu", "Find"), "search"),
)
PUBLIC = (
    Place("portal:home", pgettext_lazy("menu", "Home"), "home"),
    Place("portal:book", pgettext_lazy("menu", "Book of honours"), "honour"),
    Place("portal:plans", pgettext_lazy("menu", "Plans"), "plan"),
    Place("portal:verify", pgettext_lazy("menu", "Check a certificate"), "check"),
)


@dataclass
class Item:
    """One link of the menu as the template prints it."""

    label: str
    url: str
    icon: str
    home: bool = False
    current: bool = False
    count: int | None = None


@dataclass
class Shell:
    """Everything the layouts print around a page."""

    department: str = ""
    user_name: str = ""
    role_line: str = ""
    groups: list[list[Item]] = field(default_factory=list)
    tabs: list[Item] = field(default_factory=list)
    portal: list[Item] = field(default_factory=list)
    urls: dict[str, str] = field(default_factory=dict)

    @property
    def search_url(self) -> str:
        """Where the search box sends to."""
        return self.urls["search"]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Costs nothing on pages without a layout."""
    return {"shell": SimpleLazyObject(lambda: build(request))}


def build(request: HttpRequest) -> Shell:
    """The frame for this request's user."""
    user = getattr(request, "user", None) or AnonymousUser()
    frame = Shell(portal=_items(PUBLIC, request), urls=_addresses())
    if not user.is_authenticated:
        frame.department = _department_of_all()
        return frame
    holdings = sorted(user.scope.holdings, key=lambda holding: Role.values.index(holding.role))
    name, seated = _name_and_seat(user)
    frame.user_name = name
    frame.department, frame.role_line = _department_and_role(holdings)
    roles = {holding.role for holding in holdings} | ({Role.COUNCIL_MEMBER} if seated else set())
    frame.groups = [found for group in GROUPS if (found := _items(_usable(group, roles), request))]
    _only_nearest([item for group in frame.groups for item in group])
    frame.tabs = _items(_usable(TABS, roles, GROUPS), request)
    frame.tabs.append(Item(pgettext("menu", "More"), "#muc", "more"))
    return frame


def address(name: str) -> str:
    """Address of a name, or nothing while no view bears it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _addresses() -> dict[str, str]:
    return {
        short: address(f"site:{short}")
        for short in ("home", "search", "login", "logout", "password", "language")
    }


def _usable(places: tuple[Place, ...], roles: set[str], groups: Any = ()) -> tuple[Place, ...]:
    """Places one of the roles can use; a tab follows the rule of the menu item it shortens."""
    ruled = {place.name: place.roles for group in groups for place in group}
    return tuple(
        place
        for place in places
        if not (allowed := ruled.get(place.name, place.roles)) or roles.intersection(allowed)
    )


def _items(places: tuple[Place, ...], request: HttpRequest) -> list[Item]:
    found = [
        Item(str(place.label), url, place.icon, home=place.name == "site:home")
        for place in places
        if (url := address(place.name))
    ]
    here = [
        item
        for item in found
        if item.url == request.path or (item.url != "/" and request.path.startswith(item.url))
    ]
    if here:
        max(here, key=lambda item: len(item.url)).current = True
    return found


def _only_nearest(items: list[Item]) -> None:
    """Of all items that lead to this page, the longest address is the current one."""
    here = sorted((item for item in items if item.current), key=lambda item: len(item.url))
    for item in here[:-1]:
        item.current = False


def _name_and_seat(user: User) -> tuple[str, bool]:
    """The person's name, and whether a council has a seat for them: one query."""
    seats = Seat.objects.filter(person_id=OuterRef("person_id"))
    found = User.objects.filter(pk=user.pk).values_list("person__name", Exists(seats)).first()
    name, seated = found or ("", False)
    return name or user.username, bool(seated)


def _department_and_role(holdings: list[Holding]) -> tuple[str, str]:
    """The department above the first role, and that role in words: one query."""
    if not holdings:
        return _department_of_all(), _("no role yet")
    first = holdings[0]
    ids = [int(part) for part in first.path.strip("/").split("/")]
    bodies = {
        body.pk: body
        for body in Body.objects.filter(pk__in=[*ids, first.body_id])
        .select_related("department")
        .order_by("path")
    }
    department = next((body.name for body in bodies.values() if hasattr(body, "department")), "")
    line = f"{bodies[first.body_id].label}, {Role(first.role).label}"
    more = len({(holding.role, holding.body_id) for holding in holdings}) - 1
    if more:
        line += ngettext(" and %(n)s more role", " and %(n)s more roles", more) % {"n": more}
    return department, line


def _department_of_all() -> str:
    """The department's name for visitors, when the site serves exactly one."""
    names = list(Department.objects.values_list("body__name", flat=True)[:2])
    return names[0] if len(names) == 1 else ""
