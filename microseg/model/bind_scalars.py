"""Single values: what a typed text means in the field it stands in, never what YAML 1.1 would make of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from microseg.model.fields import BooleanKind, ChoiceKind, DateKind, DurationKind, Kind, NumberKind, QuantityKind, ScoreKind, SlugKind
from microseg.model.scores import SCORE_WORDS
from microseg.record import NamedTuple

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)\Z", re.ASCII)
_DURATION = re.compile(r"[1-9]\d{0,5}(?:h|d|w|mo|y)\Z", re.ASCII)
_QUANTITY = re.compile(r"[+-]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:\s?\S.{0,39})?\Z", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_LOOSE_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?\Z", re.ASCII)
_LONGEST = 64
_TAKEN = frozenset({"index", "overview", "assets", "con", "nul", "aux", "prn", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))})
_LONGEST_NUMBER = 30
_SHOWN = 60


class Mistake(NamedTuple):
    """What is wrong with a value, what to do, and the text that mends it where there is one."""

    code: str
    message: str
    help: str
    mend: str = ""


Reader = Callable[[Any, str], tuple[Any, Mistake | None]]


def shown(value: str) -> str:
    """A typed value as a message shows it: on one line, not too long."""
    flat = " ".join(value.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"


def _slug(kind: SlugKind, value: str) -> tuple[str | None, Mistake | None]:
    if not _SLUG.match(value) or len(value) > _LONGEST:
        made = slugify(value)
        help_ = f"use lower-case letters, digits and single dashes, at most {_LONGEST}"
        return None, Mistake("MS006", f"`{shown(value)}` is not an id", f"{help_}: for example {made}" if made else help_)
    if kind.space == "segment" and value in _TAKEN:
        return None, Mistake("MS006", f"`{value}` is a name that the site or the file system needs", "choose another id")
    return value, None


def _number(kind: NumberKind, value: str) -> tuple[int | str | None, Mistake | None]:
    if not _NUMBER.match(value):
        mend = value.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", value) else ""
        return None, Mistake("MS004", f"`{shown(value)}` is not a number", f"write {describe(kind)}", mend)
    if len(value) > _LONGEST_NUMBER:
        return None, Mistake("MS006", f"{shown(value)} is out of range", f"write {describe(kind)}")
    number = Decimal(value)
    if kind.only and not any(number == Decimal(one) for one in kind.only):
        return None, Mistake("MS006", f"{shown(value)} is not one of the values", f"use one of {', '.join(kind.only)}")
    if kind.whole and number != number.to_integral_value():
        return None, Mistake("MS006", f"{shown(value)} is not a whole number", f"write {describe(kind)}")
    if (kind.low is not None and number < Decimal(str(kind.low))) or (kind.high is not None and number > Decimal(str(kind.high))):
        return None, Mistake("MS006", f"{shown(value)} is out of range", f"write {describe(kind)}")
    return (int(number) if kind.whole else plain(number)), None


def _score(_: ScoreKind, value: str) -> tuple[str | None, Mistake | None]:
    if value.casefold() in SCORE_WORDS:
        return value.casefold(), None
    number, mistake = _number(NumberKind(low=0, high=10), value)
    if mistake is None:
        return str(number), None
    return None, mistake._replace(help="write a number from 0 to 10, or low, medium, high")


def _boolean(_: BooleanKind, value: str) -> tuple[bool | None, Mistake | None]:
    if value in {"true", "false"}:
        return value == "true", None
    meant = {"yes": "true", "y": "true", "on": "true", "1": "true", "no": "false", "n": "false", "off": "false", "0": "false"}
    mend = meant.get(value.casefold(), value.casefold() if value.casefold() in {"true", "false"} else "")
    return None, Mistake("MS004", f"`{shown(value)}` stands where true or false is due", f"write {mend or 'true or false'}", mend)


def _date(_: DateKind, value: str) -> tuple[str | None, Mistake | None]:
    loose = _LOOSE_DATE.match(value)
    if loose is None:
        return None, Mistake("MS006", f"`{shown(value)}` is not a date", "write it as YYYY-MM-DD")
    iso = f"{loose[1]}-{int(loose[2]):02d}-{int(loose[3]):02d}"
    try:
        datetime.date.fromisoformat(iso)
    except ValueError:
        return None, Mistake("MS006", f"there is no such day: {shown(value)}", "write it as YYYY-MM-DD")
    if not _DATE.match(value):
        return iso, Mistake("MS006", f"`{shown(value)}` is not written as a date is", f"write it as YYYY-MM-DD: {iso}", iso)
    return iso, None


def _duration(_: DurationKind, value: str) -> tuple[str | None, Mistake | None]:
    if _DURATION.match(value):
        return value, None
    return None, Mistake("MS006", f"`{shown(value)}` is not a length of time", "write a whole number and h, d, w, mo or y: 30d, 12w, 6mo, 1y, 4h")


def _quantity(_: QuantityKind, value: str) -> tuple[str | None, Mistake | None]:
    if _QUANTITY.match(value.strip()):
        return value.strip(), None
    return None, Mistake("MS006", f"`{shown(value)}` does not begin with a number", "write a number, with its unit or % behind it: 41 %")


def _choice(kind: ChoiceKind, value: str) -> tuple[str | None, Mistake | None]:
    if value in kind.values:
        return value, None
    folded = value.strip().casefold().replace("-", "_").replace(" ", "_")
    mend = folded if folded in kind.values else ""
    return None, Mistake("MS006", f"`{shown(value)}` is not one of the words this field knows", f"use one of: {', '.join(kind.values)}", mend)


READERS: dict[type, Reader] = {
    SlugKind: _slug,
    NumberKind: _number,
    ScoreKind: _score,
    BooleanKind: _boolean,
    DateKind: _date,
    DurationKind: _duration,
    QuantityKind: _quantity,
    ChoiceKind: _choice,
}


def describe(kind: Kind) -> str:
    """What a field wants, as a message says it."""
    if isinstance(kind, NumberKind):
        return _describe_number(kind)
    words: dict[type, str] = {
        SlugKind: "an id",
        ScoreKind: "a number from 0 to 10, or low, medium, high",
        BooleanKind: "true or false",
        DateKind: "a date as YYYY-MM-DD",
        DurationKind: "a length of time such as 30d",
        QuantityKind: "a number with its unit",
        ChoiceKind: "one word",
    }
    return words.get(type(kind), "a text")


def _describe_number(kind: NumberKind) -> str:
    if kind.only:
        return "one of " + ", ".join(kind.only)
    noun = "a whole number" if kind.whole else "a number"
    if kind.low is not None and kind.high is not None:
        return f"{noun} from {kind.low:.15g} to {kind.high:.15g}"
    return f"{noun} of at least {kind.low:.15g}" if kind.low is not None else noun


def plain(number: Decimal) -> str:
    """A number without exponent, leading or trailing zeros: 8.60 and +8.6 are 8.6."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.lstrip("+") or "0"


def slugify(name: str) -> str:
    """A name as an id: accents folded, everything else but letters and digits a dash; empty where nothing is left."""
    import unicodedata

    special = name.casefold().translate({ord("ß"): "ss", ord("æ"): "ae", ord("ø"): "o", ord("œ"): "oe", ord("ł"): "l", ord("đ"): "d", ord("þ"): "th", 0x131: "i", ord("&"): " and "})
    folded = unicodedata.normalize("NFKD", special).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    return slug[:_LONGEST].strip("-")


def id_mistake(value: str, space: str = "segment") -> str:
    """Why a text cannot be an id in a space, for others to refer to; empty where it can."""
    if value == "null":
        return "`null` says in YAML that there is no id"
    _, mistake = _slug(SlugKind(space), value)
    return "" if mistake is None else mistake.message
