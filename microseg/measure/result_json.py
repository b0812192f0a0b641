"""A result as versioned JSON, for programs and for measures/<as_of>.json: what docs/schemas/measure.schema.json describes.

A new key keeps the version, a removed one raises it. Numbers are decimals rounded half up to six places; a value that
cannot be had is null, with its reason in `note`.
"""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any

from microseg import __version__
from microseg.measure.drivers import Driver
from microseg.measure.experiences import TrialResult
from microseg.measure.goals import Baseline, SuggestedGoal
from microseg.measure.metric import MetricValue
from microseg.measure.result import MeasuredMetric, MeasuredSegment, MeasureResult
from microseg.measure.statistics import rounded
from microseg.model.metric import Reading

VERSION = 1
_PLACES = 6
_UNSEEN = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def as_dict(result: MeasureResult) -> dict[str, Any]:
    """The whole result as plain values, keys in a fixed order."""
    return {
        "version": VERSION,
        "tool": f"microseg {__version__}",
        "as_of": result.as_of.isoformat(),
        "engine": result.engine,
        "since": result.previous_as_of.isoformat() if result.previous_as_of else None,
        "segments": [_segment(one) for one in result.segments],
        "skipped": [{"id": name, "reason": reason} for name, reason in result.skipped],
        "overlaps": [{"a": one.a, "b": one.b, "both": one.both, "unknown": one.unknown} for one in result.overlaps if one.both or one.unknown],
        "coverage": [{"parent": one.parent, "none": one.none, "one": one.one, "several": one.several, "unknown": one.unknown} for one in result.coverage],
        "findings": [one._asdict() for one in result.noticed],
        "provenance": {
            "engine": result.engine,
            "tool": f"microseg {__version__}",
            "timezone": result.timezone,
            "tables": [{"name": one.table, "from": one.origin, "rows": one.rows} for one in result.tables],
        },
    }


def as_text(held: object) -> str:
    r"""Plain values as indented JSON; characters that nobody can see are written as `\\uXXXX`."""
    text = json.dumps(held, ensure_ascii=False, indent=1)
    return _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def number(value: Fraction | None) -> int | float | None:
    """A number as JSON has it: whole, or rounded half up to six decimals."""
    if value is None:
        return None
    near = rounded(value, _PLACES)
    return near.numerator if near.denominator == 1 else float(near)


def _segment(one: MeasuredSegment) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "level": one.level,
        "parent": one.parent or None,
        "unit": one.unit,
        "criteria_hash": one.criteria_hash,
        "size": one.size,
        "unknown": one.unknown,
        "unknown_because": one.because or None,
        "share_of_parent": number(one.share),
        "share_low": number(one.low),
        "share_high": number(one.high),
        "previous_size": one.previous_size,
        "criteria_changed": not one.comparable,
        "metrics": {held.id: _metric(held) for held in one.metrics},
        "drivers": [_driver(held) for held in one.drivers],
        "suggested_goal": None if one.goal is None else _goal(one.goal),
        "baselines": [_baseline(held) for held in one.baselines],
        "experiences": [_experience(held) for held in one.experiences],
    }


def _metric(one: MeasuredMetric) -> dict[str, Any]:
    parent = one.parent.value if one.parent is not None else None
    return {
        "name": one.name,
        "type": one.metric.type,
        "good": one.metric.good,
        **_value(one.found),
        "parent": number(parent),
        "parent_n": one.parent.n if one.parent is not None else None,
        "previous": number(one.previous),
        "reading": None if one.metric.reading is None else _reading(one.metric.reading),
        "parts": [{"name": part.name, "value": number(part.value), "n": part.n, "unit": part.unit} for part in one.found.parts],
    }


def _reading(one: Reading) -> dict[str, Any]:
    """A value that somebody typed, as it was typed."""
    return {"value": one.value, "n": one.n, "as_of": one.as_of.isoformat() if one.as_of else None, "source": one.source}


def _value(found: MetricValue) -> dict[str, Any]:
    return {
        "value": number(found.value),
        "n": found.n,
        "unknown": found.unknown,
        "unit": found.unit,
        "low": number(found.low),
        "high": number(found.high),
        "note": found.note or None,
    }


def _driver(one: Driver) -> dict[str, Any]:
    return {
        "behaviour": one.name,
        "words": one.words,
        "unit": one.unit or None,
        "span": f"{one.span.amount}{one.span.unit}",
        "mean": number(one.mean),
        "n": one.n,
        "others_mean": number(one.others_mean),
        "others_n": one.others_n,
        "against": one.against,
        "standardised_difference": number(one.effect),
        "low": number(one.low),
        "high": number(one.high),
    }


def _goal(one: SuggestedGoal) -> dict[str, Any]:
    baseline = None if one.baseline is None else _value(one.baseline)
    return {"state": one.state, "because": one.because, "statement": one.statement, "metric": one.metric or None, "direction": one.direction, "baseline": baseline}


def _baseline(one: Baseline) -> dict[str, Any]:
    return {"goal": one.goal, "metric": one.metric, **_value(one.value)}


def _experience(one: TrialResult) -> dict[str, Any]:
    return {
        "experience": one.trial.experience.id,
        "hypothesis": one.trial.experience.hypothesis,
        "metric": one.trial.chosen.id,
        "before_as_of": one.trial.before.isoformat() if one.trial.before else None,
        "before": None if one.before is None else _value(one.before),
        "after_as_of": one.trial.after.isoformat(),
        "after": None if one.after is None else _value(one.after),
        "holdout": None if one.without is None else _value(one.without),
        "difference": number(one.difference),
        "low": number(one.low),
        "high": number(one.high),
        "note": one.note or None,
    }
