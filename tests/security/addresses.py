"""Every address of the site, read from the URLconf itself, and the record its arguments stand for.

A new address is found by itself. One whose arguments mean something new must say what, in `PLACES` or
`PARTS`: until then the tests of this folder fail and name it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from guong.awards.models import (
    Award,
    Bonus,
    Comment,
    Council,
    Decision,
    Fund,
    Listing,
    Nomination,
    Session,
)
from guong.base.models import Body, Employment, Grant, Person, User
from guong.movements.models import Launch, Movement, Quota
from guong.plans.models import (
    Assignment,
    Delivery,
    Difficulty,
    Duty,
    FocalList,
    FocalTask,
    LegalDocument,
    Obligation,
    Occasion,
    Plan,
    PlanDraft,
    Reading,
    Review,
    Target,
)
from guong.records.models import Circumstance, Honour, Initiative, Rating, SheetImport
from guong.records.reach import books_open_to
from guong.regulations.models import Layer


class OpenBook:
    """A person whose book is meant: open to some who do not see the person elsewhere."""


class UnitBook:
    """A unit whose book is meant: the matrix asks for the first unit's, not for the department's."""


PLACES = {  # where an address begins: what its `pk` is. The longest beginning counts
    "cong-khai/ke-hoach/": Plan,
    "ke-hoach/so-van-ban/": LegalDocument,
    "ke-hoach/danh-muc/": FocalList,
    "ke-hoach/danh-muc/mau/": Body,
    "ke-hoach/danh-muc/nhiem-vu/": FocalTask,
    "ke-hoach/danh-muc/dip/": Occasion,
    "ke-hoach/chi-tieu/": Target,
    "to-chuc/": Body,
    "nguoi/": Person,
    "nguoi/vi-tri/": Employment,
    "vai-tro/": User,
    "vai-tro/quyen/": Grant,
    "ke-hoach/": Plan,
    "ke-hoach/ban-doc/": Reading,
    "ke-hoach/du-thao/": PlanDraft,
    "ke-hoach/nhiem-vu/": Assignment,
    "ke-hoach/nghia-vu/": Duty,
    "ke-hoach/han/": Obligation,
    "ke-hoach/ban-gui/": Delivery,
    "ke-hoach/kho-khan/": Difficulty,
    "ke-hoach/ra-soat/": Review,
    "phong-trao/": Movement,
    "phong-trao/chi-tieu/": Quota,
    "phong-trao/lan-phat-dong/": Launch,
    "de-nghi/": Nomination,
    "niem-yet/": Listing,
    "hoi-dong/": Council,
    "hoi-dong/phien-hop/": Session,
    "quyet-dinh/": Decision,
    "tien-thuong/quy/": Fund,
    "bao-cao/ke-hoach/": Plan,
    "so-khen-thuong/nguoi/": OpenBook,
    "so-khen-thuong/don-vi/": UnitBook,
    "so-khen-thuong/khen-thuong/": Honour,
    "so-khen-thuong/xep-loai/": Rating,
    "so-khen-thuong/ky-luat/": Circumstance,
    "so-khen-thuong/sang-kien/": Initiative,
    "so-khen-thuong/nhap/": SheetImport,
    "so-khen-thuong/de-nghi/nguoi/": Person,
    "so-khen-thuong/de-nghi/don-vi/": Body,
    "so-khen-thuong/de-nghi/nganh/": Body,
    "quy-dinh/rieng/": Layer,
    "so-khen-thuong/quy-dinh-rieng/": Layer,
}
PARTS = {  # other arguments: a part of the record `pk` stands for, or a fixed word
    "piece": lambda record: record.evidence.values_list("pk", flat=True).first() or 1,
    "judged": lambda record: record.judged.values_list("pk", flat=True).first() or 1,
    "other": lambda record: record.repeats.values_list("other", flat=True).first() or 1,
    "comment_pk": lambda record: Comment.objects.filter(entry__listing=record).first().pk,
    "item": lambda record: record.items.first().pk,
    "member": lambda record: record.members.first().pk,
    "award": lambda record: record.awards.first().pk,
    "bonus": lambda record: Bonus.objects.filter(decision=record).values_list("pk", flat=True).first() or 1,
    "ending": lambda _record: "pdf",
    "number": lambda _record: 1,
    "state": lambda _record: "chay",
    "name": lambda _record: "404",
    "slug": lambda _record: "chung",
    "code": lambda record: "LDTT" if isinstance(record, Person) else "TTLDTT",
    "example": lambda _record: "an-binh-2025",
}
OWN = {  # addresses whose record is named otherwise than `pk`
    "awards:new_person": {"movement": Movement, "work": Employment},
    "awards:new_collective": {"movement": Movement, "body": Body},
    "awards:unit_list": {"movement": Movement, "unit": Body},
    "awards:unit_list_add": {"movement": Movement, "unit": Body},
    "awards:unit_list_change": {"movement": Movement, "unit": Body},
    "awards:unit_list_send": {"movement": Movement, "unit": Body},
    "awards:unit_list_caps": {"movement": Movement, "unit": Body},
}
PUBLIC = {"portal:certificate"}  # its argument is a code printed on paper, open to everybody
VISIBLE_THROUGH = {  # kinds without a filter of their own: seen with the record they belong to
    Employment: ("person", Person),
    Obligation: ("plan", Plan),
    Quota: ("movement", Movement),
}


@dataclass(frozen=True)
class Address:
    """One named address."""

    name: str
    route: str
    arguments: tuple[str, ...]

    @property
    def kinds(self) -> dict[str, type]:
        """Arguments that stand for a record of their own. Raises KeyError when nobody said for which."""
        if self.name in OWN:
            return OWN[self.name]
        if "pk" not in self.arguments:
            return {}
        return {"pk": PLACES[max((place for place in PLACES if self.route.startswith(place)), key=len)]}

    def url(self, records: dict[str, Any]) -> str:
        """The address of these records, their parts filled in."""
        values = {name: record.pk for name, record in records.items()}
        for name in self.arguments:
            if name not in values:
                values[name] = _part(self, name, next(iter(records.values()), None))
        return reverse(self.name, kwargs=values)

    def missing_url(self) -> str:
        """The same address of a record that does not exist."""
        words = {"ending": "pdf", "state": "chay", "name": "404", "code": "CODE-0"}
        return reverse(self.name, kwargs={name: words.get(name, 10**9) for name in self.arguments})


def _part(address: Address, name: str, record: Any) -> Any:
    if address.name in PUBLIC:
        return Award.objects.filter(decision__state="issued").order_by("pk").first().code
    return PARTS[name](record)


def every() -> list[Address]:
    """All named addresses."""
    return sorted(_walk(get_resolver(), "", ""), key=lambda address: address.name)


def _walk(resolver: Any, space: str, route: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(f"{space}{pattern.name}", here, tuple(pattern.pattern.regex.groupindex))
        else:
            yield from _walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, here)


def unbound() -> list[str]:
    """Addresses whose arguments nobody explained."""
    wrong = []
    for address in every():
        try:
            own = set(address.kinds)
        except (KeyError, ValueError):
            own = set()
        if set(address.arguments) - own - set(PARTS) and address.name not in PUBLIC:
            wrong.append(address.name)
    return wrong


def seen_by(user: Any, kind: type) -> set[int]:
    """Ids of the records of a kind the user may see."""
    if kind is OpenBook:
        return set(books_open_to(user).values_list("pk", flat=True))
    if kind is UnitBook:
        return seen_by(user, Body)
    if kind in VISIBLE_THROUGH:
        name, owner = VISIBLE_THROUGH[kind]
        return set(kind.objects.filter(**{f"{name}__in": seen_by(user, owner)}).values_list("pk", flat=True))
    return set(kind.objects.visible_to(user).values_list("pk", flat=True))


class Visitor:
    """Asks pages as one account, or as nobody; every request with the session as it was at first."""

    def __init__(self, user: Any = None) -> None:
        first = Client()
        if user is not None:
            first.force_login(user)
        self.cookies = {name: cookie.value for name, cookie in first.cookies.items()}

    def ask(self, method: str, url: str, **options: Any) -> Any:
        """The answer."""
        client = Client(raise_request_exception=options.pop("loud", True))
        for name, value in self.cookies.items():
            client.cookies[name] = value
        return client.generic(method, url, **options)
