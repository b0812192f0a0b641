"""How many people use it, and whether that grows.

**Formula**: people with any activity within `window`. Beside it the same for the time before, and the change as a share of that.

**Unit**: users. **n**: all people of the segment.

**Edge cases**: nobody active is 0; where nobody was active before, the change is n/a.

**Fields**: `window` (left out: 30d).

**Source**: active users as every product analytics tool counts them: each person once.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from microseg.measure.asking import active_people, length, newest
from microseg.measure.expression import PeopleWho, Setting, Sum
from microseg.measure.metric import MetricValue, Part, ratio
from microseg.model.metric import Metric

_DEFAULT = "30d"


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """People active now, in the time before, and all."""
    span = length(metric.window, _DEFAULT)
    now, earlier = newest(setting, span), newest(setting, span, back=1)
    return (Sum("now", active_people(setting, now)), Sum("before", active_people(setting, earlier)), Sum("n", PeopleWho(None, setting.as_of)))


def value(metric: Metric, counted: Mapping[str, int], _: Setting) -> MetricValue:
    """The people active now."""
    now, earlier, n = counted["now"], counted["before"], counted["n"]
    unit = metric.unit or "users"
    parts = (Part("before", Fraction(earlier), n, unit), Part("change", ratio(now - earlier, earlier), earlier))
    return MetricValue(Fraction(now), n, 0, unit, parts=parts)
