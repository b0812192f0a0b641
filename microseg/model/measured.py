"""What is known in numbers without measuring here: facts, sizes, what was observed."""

import datetime

from microseg.model.evidence import Evidence
from microseg.model.fields import DateKind, NumberKind, QuantityKind, RefKind, TextKind, key
from microseg.model.places import NOWHERE, At
from microseg.model.reference import Reference
from microseg.record import aside, record

SOURCE = RefKind(("evidence",), texts=True, inline=Evidence)


@record
class Fact:
    """A number about the segment, beside the same number for everyone."""

    label: str | None = key(TextKind(), "What the number is.", required=True)
    value: str | None = key(QuantityKind(), "The number.", required=True)
    overall: str | None = key(QuantityKind(), "The same number for everyone.")
    n: int | None = key(NumberKind(low=0, whole=True), "Over how many.")
    source: Reference | None = key(SOURCE, "Where it comes from.")
    as_of: datetime.date | None = key(DateKind(), "When.")
    at: At = aside(NOWHERE)


@record
class Size:
    """How many there are, as typed; a measured size outranks it and then it is called an estimate."""

    accounts: int | None = key(NumberKind(low=0, whole=True), "How many accounts.")
    users: int | None = key(NumberKind(low=0, whole=True), "How many users.")
    share_of_revenue: str | None = key(QuantityKind(), "Their share of revenue.")
    as_of: datetime.date | None = key(DateKind(), "When.")
    source: Reference | None = key(RefKind(("evidence",), texts=True, loose=True), "Where it comes from: a source of evidence/, or a word such as crm.")
    at: At = aside(NOWHERE)


@record
class Observed:
    """How much of what was looked at showed a finding."""

    share: str | None = key(QuantityKind(), "Share of those looked at.")
    n: int | None = key(NumberKind(low=0, whole=True), "How many were looked at.")
    as_of: datetime.date | None = key(DateKind(), "When.")
    at: At = aside(NOWHERE)
