"""The department of An Bình, its offices, units and sections."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from guong.awards.models import Fund
from guong.base.models import Body, BodyKind, Department
from guong.site.demo import bulk, names

LONG_AGO = date(2010, 1, 1)
SINCE_2025 = date(2025, 7, 1)  # communes and their stations were reorganised on this day

OFFICES = [
    ("VP", "Văn phòng Sở", "VP Sở"),
    ("NVY", "Phòng Nghiệp vụ Y", "Phòng NVY"),
    ("NVD", "Phòng Nghiệp vụ Dược", "Phòng NVD"),
    ("TCCB", "Phòng Tổ chức cán bộ", "Phòng TCCB"),
    ("KHTC", "Phòng Kế hoạch - Tài chính", "Phòng KHTC"),
]
SOCIETIES = [
    ("CDN", "Công đoàn ngành Y tế", "Công đoàn ngành", BodyKind.UNION),
    ("DTN", "Đoàn Thanh niên Sở Y tế", "Đoàn Thanh niên Sở", BodyKind.YOUTH),
]
OUTSIDE = [
    ("BYT", "Bộ Y tế", BodyKind.CENTRAL),
    ("UBND", "Ủy ban nhân dân tỉnh An Bình", BodyKind.PROVINCE),
    ("SNV", "Sở Nội vụ tỉnh An Bình", BodyKind.PROVINCE),
    ("BAB", "Báo và Đài Phát thanh - Truyền hình An Bình", BodyKind.PRESS),
]
HOSPITALS = [  # code, name, short name, weight of staff, sections
    ("BVDK", "Bệnh viện Đa khoa tỉnh An Bình", "BVĐK tỉnh", 130, 17),
    ("BVSN", "Bệnh viện Sản - Nhi An Bình", "BV Sản - Nhi", 60, 12),
    ("BVYH", "Bệnh viện Y học cổ truyền An Bình", "BV YHCT", 30, 9),
    ("BVPH", "Bệnh viện Phổi An Bình", "BV Phổi", 22, 8),
    ("BVTT", "Bệnh viện Tâm thần An Bình", "BV Tâm thần", 18, 7),
    ("BVM", "Bệnh viện Mắt An Bình", "BV Mắt", 16, 6),
    ("BVPHCN", "Bệnh viện Phục hồi chức năng An Bình", "BV PHCN", 16, 6),
    ("KSBT", "Trung tâm Kiểm soát bệnh tật tỉnh", "TTKSBT tỉnh", 24, 8),
    ("KN", "Trung tâm Kiểm nghiệm An Bình", "TT Kiểm nghiệm", 6, 3),
    ("GDYK", "Trung tâm Pháp y - Giám định y khoa An Bình", "TT Pháp y - GĐYK", 5, 2),
    ("CC115", "Trung tâm Cấp cứu 115 An Bình", "TT 115", 8, 3),
    ("ATTP", "Chi cục An toàn vệ sinh thực phẩm", "Chi cục ATVSTP", 5, 2),
    ("DS", "Chi cục Dân số An Bình", "Chi cục Dân số", 4, 2),
]
PRIVATE = [
    ("TN1", "Bệnh viện Đa khoa tư nhân Sao Mai", "BV Sao Mai"),
    ("TN2", "Bệnh viện Đa khoa tư nhân Hồng Phúc", "BV Hồng Phúc"),
    ("TN3", "Phòng khám Đa khoa Bến Trúc", "PKĐK Bến Trúc"),
    ("TN4", "Phòng khám Đa khoa Minh Tâm", "PKĐK Minh Tâm"),
    ("TN5", "Bệnh viện Quân dân y Suối Lành", "BV QDY Suối Lành"),
    ("TN6", "Trường Cao đẳng Y tế An Bình", "CĐ Y tế"),
    ("TN7", "Trung tâm Điều dưỡng người có công An Bình", "TT Điều dưỡng NCC"),
    ("TN8", "Phòng khám Đa khoa An Tâm", "PKĐK An Tâm"),
    ("TN9", "Bệnh xá Công an tỉnh", "Bệnh xá CA tỉnh"),
]
DISTRICT_CENTRES = 10


@dataclass
class Organisation:
    """What was made, ready for the next steps."""

    root: Body
    offices: dict[str, Body] = field(default_factory=dict)
    units: list[Body] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)
    sections: dict[int, list[Body]] = field(default_factory=dict)  # by unit id

    def unit(self, code: str) -> Body:
        """A unit by its code."""
        return next(unit for unit in self.units if unit.code == code)


def build(unit_count: int) -> Organisation:
    """Make the whole tree with so many units in the sector (60 or more)."""
    root = _root()
    made = Organisation(root)
    made.offices = {
        code: _child(root, code, name, short, BodyKind.OFFICE) for code, name, short in OFFICES
    } | {code: _child(root, code, name, short, kind) for code, name, short, kind in SOCIETIES}
    bulk.write([*made.offices.values(), *_outside()])
    _units(made, unit_count)
    _sections(made)
    _settings(made)
    return made


def _root() -> Body:
    number = next(bulk.ids(Body, 1))
    root = Body(
        pk=number, code="SYT", name="Sở Y tế tỉnh An Bình", short_name="Sở Y tế", kind=BodyKind.DEPARTMENT,
        path=f"/{number}/", valid_from=LONG_AGO,
    )  # fmt: skip
    bulk.write([root])
    return root


def _child(parent: Body, code: str, name: str, short: str, kind: str, **fields) -> Body:
    number = next(bulk.ids(Body, 1))
    fields = {"valid_from": LONG_AGO} | fields
    return Body(
        pk=number, code=code, name=name, short_name=short, kind=kind, parent=parent,
        path=f"{parent.path}{number}/", **fields,
    )  # fmt: skip


def _outside() -> list[Body]:
    numbers = bulk.ids(Body, len(OUTSIDE))
    return [
        Body(
            pk=number, code=code, name=name, kind=kind, path=f"/{number}/", inside=False, valid_from=LONG_AGO
        )
        for number, (code, name, kind) in zip(numbers, OUTSIDE, strict=True)
    ]


def _units(made: Organisation, count: int) -> None:
    subordinate = {"subordinate": True, "in_sector": True}
    rows = [(code, name, short, weight, subordinate) for code, name, short, weight, _n in HOSPITALS]
    communes = names.communes(count)
    rows += [
        (f"TTYT{i}", f"Trung tâm Y tế khu vực {place}", f"TTYT {place}", 22, subordinate)
        for i, place in enumerate(communes[:DISTRICT_CENTRES], start=1)
    ]
    rows += [(code, name, short, 7, {"in_sector": True}) for code, name, short in PRIVATE]
    stations = communes[DISTRICT_CENTRES : DISTRICT_CENTRES + count - len(rows)]
    since = {**subordinate, "tier": 3, "valid_from": SINCE_2025}
    rows += [(f"TYT{i}", f"Trạm Y tế xã {p}", f"TYT {p}", 3, since) for i, p in enumerate(stations, start=1)]
    for code, name, short, weight, fields in rows:
        kind = BodyKind.PRIVATE if code.startswith("TN") else BodyKind.UNIT
        made.units.append(_child(made.root, code, name, short, kind, **fields))
        made.weights.append(weight)
    bulk.write(made.units)


def _sections(made: Organisation) -> None:
    wanted = {code: count for code, *_rest, count in HOSPITALS}
    for unit in made.units:
        count = wanted.get(unit.code, 5 if unit.code.startswith("TTYT") else 0)
        made.sections[unit.pk] = [
            _child(unit, f"{unit.code}-{i}", name, name, BodyKind.SECTION)
            for i, name in enumerate(names.SECTIONS[:count], start=1)
        ]
    bulk.write([section for sections in made.sections.values() for section in sections])


def _settings(made: Organisation) -> None:
    Department.objects.create(
        body=made.root,
        standing_office=made.offices["VP"],
        place="An Bình",
        parent_issuer="ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
        decision_symbol="QĐ-SYT",
        signatory_position="GIÁM ĐỐC",
        signatory_name="Lương Gia Khiêm",
    )
    Fund.objects.create(
        department=made.root, payer=made.root, name="Quỹ thi đua, khen thưởng của Sở Y tế",
        level=Fund.Level.DEPARTMENT,
    )  # fmt: skip
    Fund.objects.create(
        department=made.root, payer=made.units[0], name=f"Quỹ thi đua, khen thưởng của {made.units[0].name}",
        level=Fund.Level.UNIT,
    )  # fmt: skip
