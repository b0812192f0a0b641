"""When a behaviour is looked at: windows, regular periods, and what narrows it (event, feature, platform)."""

from datetime import date as Date

from microseg.criteria.ast import Regularity, Window
from microseg.criteria.reading import Fields, Reading, form, is_absent, read_count, read_duration, read_text, read_texts, read_true, shown
from microseg.criteria.values import date
from microseg.source.nodes import Node, Scalar

WINDOW_KEYS = ("last", "from", "to", "ever")
REGULARITY_KEYS = ("in_each", "at_least", "of")

_MOST_PERIODS = 1_000


def read_window(fields: Fields, reading: Reading, *, used: bool = True) -> Window | None:
    """The window of a behaviour; None where none stands here or it is broken."""
    given = [name for name in WINDOW_KEYS if name in fields]
    if not given:
        return None
    kinds = dict.fromkeys("from/to" if name in {"from", "to"} else name for name in given)
    if len(kinds) > 1 or not used:
        other = " and ".join(f"`{name}`" for name in (*kinds, *(() if used else ("in_each",))))
        reading.report("MS006", f"two windows at once: {other}", fields[given[-1]][0], help="keep one of them")
        return None
    if given[0] == "last":
        length = read_duration(fields["last"][1], reading, what="last")
        return None if length is None else Window(last=length)
    if given[0] == "ever":
        return Window(ever=True) if read_true(fields["ever"][1], reading, what="ever") else None
    return _read_dates(fields, reading)


def _read_dates(fields: Fields, reading: Reading) -> Window | None:
    before = len(reading.problems)
    first, until = (_read_day(name, fields[name][1], reading) if name in fields else None for name in ("from", "to"))
    if len(reading.problems) > before:
        return None
    if first is not None and until is not None and first > until:
        reading.report("MS006", "the window ends before it begins", fields["to"][1], help="let `to` be the later day")
        return None
    return Window(first=first, until=until)


def _read_day(name: str, node: Node, reading: Reading) -> Date | None:
    help_ = "write a day as YYYY-MM-DD: 2026-06-30"
    if not isinstance(node, Scalar) or is_absent(node):
        reading.report("MS004", f"`{name}` is a date, and this is {form(node)}", node, help=help_)
        return None
    day = date(node.value)
    if day is None:
        reading.report("MS006", f"`{name}` is a date, and {shown(node.value)} is not a day of the calendar", node, help=help_)
    return day


def read_regularity(fields: Fields, reading: Reading) -> Regularity | None:
    """In how many of the last periods; None where nothing is said of it or it is broken."""
    given = [name for name in REGULARITY_KEYS if name in fields]
    if not given:
        return None
    lost = [name for name in REGULARITY_KEYS if name not in fields]
    if lost:
        names = " and ".join(f"`{name}`" for name in lost)
        reading.report(
            "MS005", f"{names} {'is' if len(lost) == 1 else 'are'} missing beside `{given[0]}`", fields[given[0]][0], help="write all three: in_each: 7d, at_least: 3, of: 4"
        )
        return None
    in_each = read_duration(fields["in_each"][1], reading, what="in_each")
    at_least = read_count(fields["at_least"][1], reading, what="at_least", low=1)
    of = read_count(fields["of"][1], reading, what="of", low=1)
    if in_each is None or at_least is None or of is None:
        return None
    return _checked(Regularity(in_each, at_least, of), fields, reading)


def _checked(regularity: Regularity, fields: Fields, reading: Reading) -> Regularity | None:
    if regularity.in_each.unit == "h":
        reading.report("MS006", "a period of `in_each` is whole days", fields["in_each"][1], help="write days or longer: 1d, 7d, 1mo")
    elif regularity.of > _MOST_PERIODS:
        reading.report("MS006", f"`of` is at most {_MOST_PERIODS:,} periods", fields["of"][1], help="take longer periods")
    elif regularity.at_least > regularity.of:
        reading.report("MS006", f"at least {regularity.at_least} of {regularity.of} periods is more than there are", fields["at_least"][1], help="let `of` be the larger number")
    else:
        return regularity
    return None


def read_filters(fields: Fields, reading: Reading) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The event, the feature and the platforms that a behaviour is narrowed to."""
    event, feature = (read_text(fields[name][1], reading, what=name) if name in fields else None for name in ("event", "feature"))
    platform = read_texts(fields["platform"][1], reading, what="platform") if "platform" in fields else ()
    return event, feature, platform
