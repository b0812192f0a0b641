"""Evidence: where a claim about a segment comes from."""

import datetime

from microseg.model.fields import BooleanKind, ChoiceKind, DateKind, ListKind, NumberKind, RecordKind, SlugKind, TextKind, key
from microseg.model.places import NOWHERE, At
from microseg.record import aside, record

EVIDENCE_KINDS = ("interview", "survey", "ticket", "review", "sales_call", "usage_data", "crm_data", "market_study", "team_opinion")
_EVIDENCE_DOCS = (
    "a talk with one or more people", "answers to the same questions", "requests for help", "what was said in public", "notes of a sales call",
    "what the product counts", "what the customer records say", "what others have found out", "what the team believes, said as such",
)  # fmt: skip


@record
class Evidence:
    """One source: an interview, a batch of tickets, a survey, a table of usage, an opinion of the team."""

    id: str | None = key(SlugKind("evidence"), "How pains, findings and facts refer to it.")
    kind: str | None = key(ChoiceKind(EVIDENCE_KINDS, _EVIDENCE_DOCS), "What sort of source it is.", required=True)
    date: datetime.date | None = key(DateKind(), "When it was gathered.")
    who: str | None = key(TextKind(), "Whose words they are: a role, never a name.")
    end_user: bool | None = key(BooleanKind(), "Did someone speak who uses the product?")
    n: int | None = key(NumberKind(low=1, whole=True), "How many were heard or counted.")
    says: int | None = key(NumberKind(low=0, whole=True), "How many of the n said so.")
    by: str | None = key(TextKind(), "Which team gathered it.")
    link: str | None = key(TextKind(), "Where the record lies.")
    title: str | None = key(TextKind(), "A short name to show.")
    note: str | None = key(TextKind(), "What a reader should know about it.")
    quote: str | None = key(TextKind(), "Their own words.")
    at: At = aside(NOWHERE)


@record
class EvidenceFile:
    """A file under evidence/: a list of sources."""

    evidence: tuple[Evidence, ...] = key(ListKind(RecordKind(Evidence)), "The sources.", required=True)
    at: At = aside(NOWHERE)
