"""How many of the members meet something.

**Formula**: members who meet `where` ÷ members of whom that is known.

**Unit**: share, with a 95 % Wilson interval (3 of 5 is 23 % to 88 %). **n**: members of whom it is known.

**Edge cases**: unknown members are counted beside it and are in neither part. No members: n/a.

**Fields**: `where`.

**Source**: Wilson 1927 for the interval, which keeps inside 0 and 100 % and stays honest for small groups.
"""

from __future__ import annotations

from collections.abc import Mapping

from microseg.measure.asking import shares
from microseg.measure.expression import Holds, Setting, Sum
from microseg.measure.metric import MetricValue
from microseg.measure.metric import share as share_of
from microseg.model.metric import Metric


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """Members who meet it, and those of whom it is known."""
    return () if metric.where is None else shares(None, Holds(metric.where, setting.as_of))


def value(_: Metric, counted: Mapping[str, int], __: Setting) -> MetricValue:
    """The share that meets it."""
    return share_of(counted["hits"], counted["n"], unknown=counted["unknown"], none="nobody is in it")
