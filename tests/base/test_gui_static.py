"""Files behind the look: vendored ones unchanged, own ones as the policy demands, colours readable."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from guong.base.templatetags import gui_marks

STATIC = Path(__file__).resolve().parents[2] / "src" / "guong" / "site" / "static"
VENDOR = STATIC / "vendor"
CSS = sorted((STATIC / "css").glob("*.css"))


def manifest() -> dict[str, str]:
    rows = (line.split(maxsplit=1) for line in (VENDOR / "manifest.sha256").read_text().splitlines())
    return {name: digest for digest, name in rows}


def test_vendored_files_are_those_of_the_manifest():
    present = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "manifest.sha256"
    }
    assert present == manifest()


def test_every_vendored_thing_has_its_licence():
    families = {re.sub(r"-(latin|vietnamese)-.*", "", path.name) for path in VENDOR.rglob("*.woff2")}
    assert families == {"be-vietnam-pro", "inter", "tinos"}
    assert all((VENDOR / "fonts" / f"{family}.LICENSE").stat().st_size > 1000 for family in families)
    assert "Permission is hereby granted" in (VENDOR / "bootstrap.LICENSE").read_text()
    hpke = (VENDOR / "hpke.LICENSE").read_text()
    assert hpke.count("Permission is hereby granted") == 3
    assert "noble" in hpke


def test_no_stylesheet_names_a_map_that_is_not_there():
    assert all("sourceMappingURL" not in path.read_text() for path in [*CSS, *VENDOR.rglob("*.css")])


def test_every_file_a_stylesheet_names_exists():
    for path in CSS:
        for name in re.findall(r"url\(([^)]+)\)", path.read_text()):
            assert (path.parent / name).resolve().is_file(), f"{path.name}: {name}"


def test_own_files_stay_small():
    assert all(len(path.read_text().splitlines()) <= 400 for path in [*CSS, STATIC / "js" / "guong.js"])


# --- contrast (WCAG 2.2: 4.5 for text, 3 for borders of controls and for large marks) ---

TOKENS = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{3,6})", (STATIC / "css" / "ground.css").read_text()))
TEXT_ON = [
    ("--muc", "--giay"), ("--muc-2", "--giay"), ("--muc-3", "--giay"), ("--muc-2", "--ngan"),
    ("--muc-3", "--trang"),
    ("--cham", "--trang"), ("--cham", "--giay"), ("--cham", "--cham-nhat"), ("--cham-dam", "--cham-nhat"),
    ("--la", "--la-nhat"), ("--ho", "--ho-nhat"), ("--gach", "--gach-nhat"), ("--gach", "--giay"),
    ("--son", "--lua"), ("--son", "--trang"), ("--trang", "--cham"), ("--trang", "--la"), ("--trang", "--ho"),
    ("--trang", "--gach"), ("--la", "--trang"), ("--ho", "--trang"), ("--muc", "--cham-nhat"),
]  # fmt: skip


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(d * 2 for d in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[two])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_is_readable(ink, ground):
    assert contrast(ink, ground) >= 4.5


def test_control_borders_are_seen():
    assert contrast("--ke-2", "--trang") >= 3
    assert contrast("--ke-2", "--giay") >= 2.7  # beside white inputs; the input's own ground is white


def test_the_measure_itself_knows_black_from_white():
    TOKENS.update({"--b": "#000", "--w": "#fff"})
    assert round(contrast("--b", "--w"), 1) == 21.0


def test_every_pill_kind_has_its_colours():
    sheet = (STATIC / "css" / "parts.css").read_text()
    assert all(f".pill.{kind} " in sheet for kind in gui_marks.PILL_ICONS if kind != "plain")
