"""Measured figures in words: 8.7 %, 12 points, 3.5 minutes, and the plain name of a metric."""

from __future__ import annotations

from fractions import Fraction

from microseg.criteria.values import decimal_text
from microseg.measure.metric import SHARE
from microseg.measure.statistics import rounded
from microseg.model.id_words import from_id
from microseg.model.metric import Metric

_SMALL = Fraction(1, 1000)


def figure(value: Fraction, unit: str) -> str:
    """A value with one decimal (two where one would say nothing) and its unit; a share in per cent."""
    number = value * 100 if unit == SHARE else value
    text = decimal_text(rounded(number, 1 if abs(number) >= 1 or not number or abs(number) < _SMALL else 2))
    return f"{text} %" if unit == SHARE else f"{text} {unit}".rstrip()


def of_all(part: int, whole: int) -> str:
    """35 of 404 (8.7 %)."""
    return f"{part:,} of {whole:,} ({figure(Fraction(part, whole), SHARE)})" if whole else f"{part:,} of 0"


def name_of(identifier: str, metric: Metric) -> str:
    """What a metric is called: its name, or its id in words."""
    return metric.name or from_id(identifier)
