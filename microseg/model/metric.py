"""Metrics: what a segment is measured by, each type with fields of its own."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from microseg.model.fields import BooleanKind, ChoiceKind, CriteriaKind, DateKind, DurationKind, ListKind, NumberKind, QuantityKind, RecordKind, TextKind, key
from microseg.model.places import NOWHERE, At
from microseg.record import aside, record

if TYPE_CHECKING:
    from microseg.criteria.ast import Criterion

METRIC_TYPES = (
    "conversion", "funnel", "retention", "churn", "revenue_churn", "lifecycle", "nps", "csat", "stickiness", "participation",
    "adoption", "time_in_product", "active_users", "rogers", "share", "count",
)  # fmt: skip
STAGES = ("acquire", "activate", "retain", "expand", "refer")
# which fields each type needs, and which it may have besides those that all have
REQUIRED = {
    "conversion": ("from", "to", "within"), "funnel": ("steps",), "retention": ("event",), "churn": ("active", "over"),
    "revenue_churn": ("active", "over"), "lifecycle": ("active", "interval"), "nps": (), "csat": (), "stickiness": ("active",),
    "participation": ("active",), "adoption": ("feature",), "time_in_product": (), "active_users": (), "rogers": ("feature",),
    "share": ("where",), "count": (),
}  # fmt: skip
OPTIONAL = {
    "funnel": ("within",), "retention": ("day", "bracket", "mode", "calendar", "returning"), "revenue_churn": ("value",), "nps": ("window", "scale"), "csat": ("window", "scale"),
    "stickiness": ("of", "days"), "participation": ("window",), "adoption": ("of", "window"), "time_in_product": ("window", "per"), "active_users": ("window",),
    "rogers": ("base",), "count": ("where",),
}  # fmt: skip
_OF = {"stickiness": ("month", "week"), "adoption": ("active", "licensed")}
COMMON = ("type", "name", "good", "unit", "stage", "min_n", "source", "reading")


@record
class Reading:
    """A value that somebody read off elsewhere."""

    value: str | None = key(QuantityKind(), "The value, with its unit.", required=True)
    n: int | None = key(NumberKind(low=0, whole=True), "Over how many.")
    as_of: datetime.date | None = key(DateKind(), "When.")
    source: str | None = key(TextKind(), "Where from.")
    at: At = aside(NOWHERE)


@record
class Metric:
    """One metric. `type` decides which other fields it needs."""

    type: str | None = key(ChoiceKind(METRIC_TYPES), "What is counted.", required=True)
    name: str | None = key(TextKind(), "What a brief calls it; left out, the key in plain words.")
    good: str | None = key(ChoiceKind(("up", "down")), "Which direction is better.")
    unit: str | None = key(TextKind(), "The unit of the value.")
    stage: str | None = key(ChoiceKind(STAGES), "Which part of the journey it stands for.")
    min_n: int | None = key(NumberKind(low=1, whole=True), "Below this many answers it is not shown.")
    source: str | None = key(TextKind(), "Where its data comes from.")
    reading: Reading | None = key(RecordKind(Reading), "A value read off elsewhere.")
    from_: Criterion | None = key(CriteriaKind(), "Who enters.", name="from")
    to: Criterion | None = key(CriteriaKind(), "What they turn into.")
    within: str | None = key(DurationKind(), "In which time.")
    steps: tuple[Criterion, ...] = key(ListKind(CriteriaKind()), "The steps, in order.")
    event: Criterion | None = key(CriteriaKind(), "What starts the clock.")
    returning: Criterion | None = key(CriteriaKind(), "What counts as coming back.")
    day: int | None = key(NumberKind(low=0, whole=True), "On which day.")
    bracket: tuple[int, ...] = key(ListKind(NumberKind(low=0, whole=True)), "First and last day.")
    mode: str | None = key(ChoiceKind(("on", "rolling")), "On that day, or on it and later.")
    calendar: bool | None = key(BooleanKind(), "Calendar days (true) or spans of 24 hours.")
    active: Criterion | None = key(CriteriaKind(), "Who counts as active.")
    over: str | None = key(DurationKind(), "Over which time.")
    value: str | None = key(TextKind(), "The dimension that is summed, for example plan.mrr.")
    interval: str | None = key(DurationKind(), "The length of one period.")
    window: str | None = key(DurationKind(), "The time looked at.")
    scale: int | None = key(NumberKind(low=2, whole=True), "The highest answer of the scale.")
    of: str | None = key(ChoiceKind(("month", "week", "active", "licensed")), "Of whom, or of which span.")
    days: int | None = key(NumberKind(low=1, whole=True), "How many days a month has here: 28 or 30.")
    feature: str | None = key(TextKind(), "Which feature.")
    per: str | None = key(ChoiceKind(("user", "visit")), "Per user or per visit.")
    base: Criterion | None = key(CriteriaKind(), "The target base.")
    where: Criterion | None = key(CriteriaKind(), "Who is counted.")
    at: At = aside(NOWHERE)

    @staticmethod
    def check(binding: Any, mapping: Any) -> None:
        """Only the fields of its type may stand in a metric, and the needed ones must."""
        typed = mapping.get("type")
        name = getattr(typed, "value", None)
        if name not in REQUIRED:
            return
        allowed = {*COMMON, *REQUIRED[name], *OPTIONAL.get(name, ())}
        for one in mapping.keys:
            if getattr(one, "value", None) not in allowed:
                binding.add("MS003", f"a metric of type {name} has no field `{one.value}`", one, f"its fields are: {', '.join(sorted(allowed))}")
        missing = [need for need in REQUIRED[name] if mapping.get(need) is None]
        if missing:
            binding.add("MS005", f"a metric of type {name} needs `{'`, `'.join(missing)}`", typed, "add " + ", ".join(f"`{need}:`" for need in missing))
        _check_values(binding, mapping, name)


def _check_values(binding: Any, mapping: Any, name: str) -> None:
    """Values that a field may hold, and not in a metric of this type."""
    of, scale, bracket = (mapping.get(field) for field in ("of", "scale", "bracket"))
    allowed = _OF.get(name, ())
    if allowed and getattr(of, "value", None) in {value for values in _OF.values() for value in values} - {*allowed}:
        binding.add("MS006", f"a metric of type {name} is not of `{of.value}`", of, f"use one of: {', '.join(allowed)}")
    if name == "nps" and getattr(scale, "value", "10") != "10":
        binding.add("MS006", f"a net promoter score is asked on 0 to 10, and this says {scale.value}", scale, "leave `scale` out, or make it a metric of type csat")
    days = [getattr(one, "value", "") for one in getattr(bracket, "items", ())]
    if bracket is not None and all(one.isdecimal() for one in days) and (len(days) != 2 or int(days[0]) > int(days[1])):  # noqa: PLR2004 - a first and a last day
        binding.add("MS006", "`bracket` needs a first and a last day", bracket, "write the two, the earlier first: bracket: [7, 13]")
    if bracket is not None and mapping.get("day") is not None:
        binding.add("MS006", "`day` and `bracket` ask for different things", bracket, "keep one of them")
