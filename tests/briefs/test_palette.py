"""Contrast of the palette, light and dark: no tool can judge text inside pictures, so the pairs are named here."""

import re

import pytest

from microseg.resources import folder

# text on ground: 4.5 to 1; shapes on ground: 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)
TEXTS = [
    ("ink", "bg"), ("mut", "bg"), ("mut", "soft"), ("ink", "acc-soft"), ("acc-ink", "bg"), ("acc-ink", "acc-soft"), ("on", "acc"), ("bg", "mut"), ("warm", "bg"), ("warm", "warm-soft"), ("warm", "acc-soft"), ("mut", "warm-soft"),
    ("ink", "warm-soft"), ("acc-ink", "warm-soft"), ("bad", "bg"), ("ink", "band"), ("ink", "band-on"), ("mut", "band"), ("mut", "acc-soft"),
]  # fmt: skip
SHAPES = [("acc", "bg"), ("acc", "acc-soft"), ("warm", "bg"), ("acc", "soft"), ("mut", "soft")]
STYLE = "".join((folder("templates") / name).read_text(encoding="utf-8") for name in ("page.css", "dark.css"))
PALETTES = [dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{3,6})", rule)) for rule in re.findall(r"\{(--bg:#[^}]*)", STYLE)]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_light_and_dark_are_both_whole():
    assert len(PALETTES) == 2
    assert set(PALETTES[0]) == set(PALETTES[1])


@pytest.mark.parametrize("palette", PALETTES[:2], ids=["light", "dark"])
def test_contrast(palette):
    weak = [(pair, round(contrast(palette[pair[0]], palette[pair[1]]), 2)) for pair in TEXTS if contrast(palette[pair[0]], palette[pair[1]]) < 4.5]
    weak += [(pair, round(contrast(palette[pair[0]], palette[pair[1]]), 2)) for pair in SHAPES if contrast(palette[pair[0]], palette[pair[1]]) < 3]

    assert weak == []
