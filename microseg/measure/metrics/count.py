"""How many members meet something.

**Formula**: the number of members who meet `where`; left out, the number of members.

**Unit**: accounts or users, whichever the segment counts (or the metric's `unit`). **n**: members of whom it is known.

**Edge cases**: unknown members are counted beside it. A count of nobody is 0.

**Fields**: `where`.

**Source**: plain counting.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from microseg.measure.asking import shares
from microseg.measure.expression import Holds, One, Setting, Sum
from microseg.measure.metric import MetricValue
from microseg.model.metric import Metric


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """Members who meet it, and those of whom it is known."""
    return (Sum("n", One()),) if metric.where is None else shares(None, Holds(metric.where, setting.as_of))


def value(metric: Metric, counted: Mapping[str, int], setting: Setting) -> MetricValue:
    """The count."""
    n = counted["n"]
    return MetricValue(Fraction(counted.get("hits", n)), n, counted.get("unknown", 0), metric.unit or f"{setting.unit}s")
