"""How numbers, dates and names read in a brief: one decimal, no `.0`, days as 12 Nov 2026, ids as words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING

from microseg.model.id_words import from_id as from_id  # noqa: PLC0414 - measure says it the same way

if TYPE_CHECKING:
    import datetime

_MINUS = "\N{MINUS SIGN}"
_ENDS = (*".!?…。؟:", "\N{FULLWIDTH EXCLAMATION MARK}", "\N{FULLWIDTH QUESTION MARK}", '."', ".”", "?”", "!”")
_OPENING, _CLOSING = "\"“„«'\N{LEFT SINGLE QUOTATION MARK}", "\"”“»'\N{RIGHT SINGLE QUOTATION MARK}"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_QUANTITY = re.compile(r"([+-]?)(\d[\d,]*(?:\.\d+)?|\.\d+)(?:\s*(\S.*))?\Z", re.DOTALL)
_THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+\Z)")
_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d\Z")


def day(date: datetime.date | None) -> str:
    """12 Nov 2026; empty for no date."""
    return "" if date is None else f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def month(date: datetime.date | None) -> str:
    """Nov 2026; empty for no date."""
    return "" if date is None else f"{_MONTHS[date.month - 1]} {date.year}"


@lru_cache(maxsize=1024)
def one_decimal(value: Fraction | float) -> str:
    """A number with at most one decimal and a true minus sign: 15.25 is 15.3, 13.0 is 13."""
    exact = value if isinstance(value, Fraction) else Fraction(value).limit_denominator(1_000_000)
    above, below = exact.as_integer_ratio()
    tenths = (20 * abs(above) + below) // (2 * below)
    whole, rest = divmod(tenths, 10)
    return (_MINUS if above < 0 and tenths else "") + count(whole) + (f".{rest}" if rest else "")


def grouped(text: str) -> str:
    """Digits with commas between thousands: 1690 is 1,690."""
    whole, point, rest = text.partition(".")
    return _THOUSANDS.sub(",", whole) + point + rest


def count(number: int) -> str:
    """A whole number with commas between thousands."""
    return f"{number:,}"


@lru_cache(maxsize=4096)
def share(part: float, whole: float) -> str:
    """A share as per cent: 26%; under one per cent with a decimal; empty where the whole is nothing."""
    if not whole:
        return ""
    if isinstance(part, int) and isinstance(whole, int) and 100 * part >= whole > 0:
        return f"{grouped(str((200 * part + whole) // (2 * whole)))}%"
    per_cent = Fraction(part).limit_denominator(1_000_000) * 100 / Fraction(whole).limit_denominator(1_000_000)
    if 0 < per_cent < Fraction(1, 10):
        return "<0.1%"
    return one_decimal(per_cent if per_cent < 1 else Fraction(floor(per_cent + Fraction(1, 2)))) + "%"


def quantity(written: str | None) -> str:
    """A number as it was typed, with its unit: `41 %` is 41%, `1840` is 1,840, `-6` has a true minus; empty for nothing."""
    parts = split_quantity(written)
    if parts is None:
        return (written or "").strip()
    sign, digits, unit = parts
    plain = digits.replace(",", "")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    shown = plain if _PLAIN_YEAR.match(plain) and not unit else grouped(plain or "0")
    return (_MINUS if sign == "-" else "") + shown + (unit if unit.startswith("%") else f" {unit}" if unit else "")


def split_quantity(written: str | None) -> tuple[str, str, str] | None:
    """Sign, digits and unit of a typed quantity; None where it does not begin with a number."""
    found = _QUANTITY.match((written or "").strip())
    return None if found is None else (found[1], found[2], (found[3] or "").strip())


def number_in(written: str | None) -> tuple[float, str] | None:
    """The number and the unit of a typed quantity, for a picture."""
    parts = split_quantity(written)
    if parts is None:
        return None
    value = float(parts[1].replace(",", ""))
    return (-value if parts[0] == "-" else value), parts[2]


def without_stop(text: str) -> str:
    """A sentence without its closing full stop, to stand inside another."""
    flat = text.strip()
    return flat[:-1] if flat.endswith(".") and not flat.endswith("..") else flat


def sentence(text: str) -> str:
    """A text that ends as a sentence does."""
    flat = text.strip()
    return flat if not flat or flat.endswith(_ENDS) else flat + "."


def quoted(text: str) -> str:
    """Their own words without the quotation marks that were typed around them; a template adds its own."""
    flat = text.strip()
    while len(flat) > 1 and flat[0] in _OPENING and flat[-1] in _CLOSING:
        flat = flat[1:-1].strip()
    return flat


def listed(parts: tuple[str, ...] | list[str], last: str = "and") -> str:
    """a, b and c."""
    return "".join(parts) if len(parts) <= 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def counted(number: int, one: str, many: str = "") -> str:
    """1 child, 2 children."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def anchor(kind: str, id_: str | None, text: str) -> str:
    """The place of an item in its page: its kind and id, or eight digits of its text where it has none."""
    return f"{kind}-{id_}" if id_ else f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def isolated(text: str) -> str:
    """A text that is written from right to left, between marks that keep the words around it in their order."""
    if text.isascii() or not any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text):
        return text
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def clipped(text: str, most: int) -> str:
    """A text cut at a word, with an ellipsis, so that it has at most so many characters."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    cut = flat[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most // 2 else cut).rstrip(" ,;:-\N{EN DASH}") + "…"


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def spelled(number: int) -> str:
    """Small numbers as words: three, 12."""
    return _NUMBERS[number] if number < len(_NUMBERS) else count(number)


def upper_first(text: str) -> str:
    """A phrase with a capital at its beginning, the rest as it was typed."""
    return text[:1].upper() + text[1:]
