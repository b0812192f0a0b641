"""How metrics ask: lengths of time, the people who were active, a behaviour out of a criterion, a share out of two truths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from microseg.criteria.ast import All, Criterion, Test, Trend, Window, dimensions_used, walk
from microseg.criteria.evaluate import Days, Question, days_of
from microseg.criteria.values import Duration, days_back, duration, duration_text
from microseg.measure.expression import Both, Compare, Either, FirstDay, Holds, Not, Number, One, PeopleWho, Setting, Sum, Times, Truth, Unknown
from microseg.measure.statistics import Pairs

_EPOCH = dt.date(1970, 1, 1).toordinal()
_ONE, _DAY = Fraction(1), dt.timedelta(days=1)
_DONE = frozenset({("gte", (_ONE,)), ("gt", (Fraction(0),))})  # "at least once"
_BEHAVIOURS = frozenset({"use.events", "use.active_days", "use.visits", "acct.active_users"})


class Behaviour(NamedTuple):
    """Something that is done at least once: its filters, and the days it is looked for in."""

    event: str | None
    feature: str | None
    platform: tuple[str, ...]
    days: Days

    def counted_as(self, dimension: str, days: Days | None = None) -> Question:
        """The question that counts this behaviour (use.events, use.active_days) within its own or other days."""
        return Question(dimension, days or self.days, self.event, self.feature, self.platform)

    def done(self, days: Days) -> Criterion:
        """The criterion of a person who did it within some days."""
        window = Window(first=days.first, until=days.last)
        return Test("use.active_days", "gte", (_ONE,), window, self.event, self.feature, self.platform)


def length(text: str | None, default: str) -> Duration:
    """A duration of the metric, or the one that holds when it is left out."""
    return duration(text or default) or Duration(30, "d")


def in_words(text: str | None, default: str) -> str:
    """The same in words: 30 days."""
    return duration_text(length(text, default))


def before(setting: Setting, span: Duration) -> dt.date:
    """The day that lies a duration before the day the data stands for."""
    return days_back(setting.as_of, span)


def newest(setting: Setting, span: Duration, *, back: int = 0) -> Days:
    """The newest days of that length, that day included; `back` such lengths earlier."""
    last = days_back(setting.as_of, Duration(span.amount * back, span.unit)) if back else setting.as_of
    return Days(days_back(setting.as_of, Duration(span.amount * (back + 1), span.unit)) + _DAY, last)


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01, as `FirstDay` counts."""
    return day.toordinal() - _EPOCH


def behaviour_of(criterion: Criterion | None, setting: Setting) -> Behaviour | None:
    """The behaviour that a criterion of one test asks for ("did it at least once"); None where it asks for anything else."""
    while isinstance(criterion, All) and len(criterion.parts) == 1:
        criterion = criterion.parts[0]
    if not isinstance(criterion, Test) or criterion.dimension not in _BEHAVIOURS or criterion.window is None or criterion.regularity is not None:
        return None
    if (criterion.operator, criterion.values) not in _DONE:
        return None
    return Behaviour(criterion.event, criterion.feature, criterion.platform, days_of(criterion.window, setting.as_of))


ANYTHING = Behaviour(None, None, (), Days(None, dt.date.max))


def active_people(setting: Setting, days: Days) -> PeopleWho:
    """How many people had any activity within some days."""
    return PeopleWho(ANYTHING.done(days), setting.as_of)


def shares(group: Truth | None, hit: Truth) -> tuple[Sum, ...]:
    """Sums of a share: `n` those in the group of whom the hit is known, `hits`, and `unknown`. No group: everybody."""
    if group is None:
        return (Sum("n", Not(Unknown(hit))), Sum("hits", hit), Sum("unknown", Unknown(hit)))
    return (
        Sum("n", Both(group, Not(Unknown(hit)))),
        Sum("hits", Both(group, hit)),
        Sum("unknown", Either(Unknown(group), Both(group, Unknown(hit)))),
    )


def pairs(y: Number, x: Number) -> tuple[Sum, ...]:
    """What the interval of a ratio of two sums needs: members, both sums, their squares and their products."""
    return (Sum("members", One()), Sum("y", y), Sum("x", x), Sum("yy", Times(y, y)), Sum("xx", Times(x, x)), Sum("xy", Times(x, y)))


def pairs_of(counted: Mapping[str, int]) -> Pairs:
    """The same, counted."""
    return Pairs(*(counted[name] for name in ("members", "y", "x", "yy", "xx", "xy")))


def started(question: Question) -> Truth:
    """Has there been such an event at all?"""
    return Not(Unknown(FirstDay(question)))


def started_by(question: Question, day: dt.date) -> Truth:
    """Was the first such event on that day or before? False where there was none."""
    return Both(started(question), Compare("lte", FirstDay(question), day_number(day)))


def then_and_now(criterion: Criterion, setting: Setting, span: Duration) -> tuple[Holds, Holds]:
    """A criterion a duration ago, and on the day the data stands for."""
    return Holds(criterion, before(setting, span)), Holds(criterion, setting.as_of)


def without_past(criteria: Iterable[Criterion | None], setting: Setting) -> str:
    """Why what criteria said some time ago cannot be known: a plan or state whose changes the data does not hold. Else empty.

    Behaviours have their days. A trait such as the size of a company is taken as it is now; a plan is not, for then
    nobody would ever have left it.
    """
    whole = [one for one in criteria if one is not None]
    used = dict.fromkeys(name for one in whole for name in dimensions_used(one))
    lacking = [name for name in used if _changes(name, setting) and name not in setting.history]
    if lacking:
        return f"the data does not say what {_words(lacking[0], setting)} was before ({lacking[0]}): name a table of changes under data.tables.history"
    moving = any(isinstance(part, Trend) or (isinstance(part, Test) and part.window is not None) for one in whole for part in walk(one))
    if not moving and not any(name in setting.history for name in used):
        return f"nothing in {', '.join(used) or 'it'} changes from one day to the next in this data"
    return ""


def _changes(name: str, setting: Setting) -> bool:
    """Is it a plan or a state, of which only the present is known unless changes are recorded?"""
    dimension = setting.dimensions.find(name)
    return dimension is not None and (dimension.type == "state" or dimension.category == "paid_vs_free")


def _words(name: str, setting: Setting) -> str:
    dimension = setting.dimensions.find(name)
    return f"the {dimension.words}" if dimension else name
