"""A finding: what is wrong, where, what to do; everything that an output format needs to know."""

from __future__ import annotations

from typing import Literal

from microseg.record import NamedTuple, record

Severity = Literal["error", "warning", "info"]
Confidence = Literal["sure", "maybe"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@record
class Location:
    """A span of a file as a person counts it: lines and columns from 1, the end just behind the last character."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@record
class Related:
    """A second place that belongs to a finding, and what stands there."""

    location: Location
    message: str


@record
class Edit:
    """One change of a file, in characters of its text."""

    path: str
    start: int
    end: int
    text: str


@record
class Fix:
    """What would mend a finding. `safe`: the meaning stays as the writer meant it."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool


class Identity(NamedTuple):
    """What a finding is about, whatever line it stands on: rule, segment (or file), item or field, rank among equals."""

    rule: str
    owner: str
    subject: str
    rank: int = 1


NOBODY = Identity("", "", "")


@record
class Finding:
    """One thing that is wrong."""

    rule: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    help: str
    location: Location
    segment: str | None = None
    item: str | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    identity: Identity = NOBODY
    label: str = ""  # a few words beside the carets

    @property
    def fingerprint(self) -> str:
        """The identity as 32 hexadecimal digits."""
        import hashlib

        return hashlib.sha256("|".join(map(str, self.identity)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Sums(NamedTuple):
    """How many findings there are of each severity, how many a comment or the baseline takes aside, how many have a safe fix (infos left out, or counted), in how many segments."""

    error: int
    warning: int
    info: int
    suppressed: int
    baselined: int
    fixable: int
    fixable_with_infos: int
    segments: int


class Seen(NamedTuple):
    """What a page shows of a finding: its segment, if it is about one, what is wrong, and where, as path:line."""

    segment: str | None
    severity: str
    message: str
    help: str
    rule: str
    name: str
    where: str


def seen(one: Finding) -> Seen:
    """What is shown of a finding."""
    return Seen(one.segment, one.severity, one.message, one.help, one.rule, one.name, f"{one.location.path}:{one.location.line}")


@record
class Report:
    """All that a run found. `counts` are whole, whatever is shown; `suppressed` are kept for the formats that list them."""

    workspace: str
    segments: int
    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...] = ()
    baselined: tuple[Finding, ...] = ()

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity."""
        return {severity: sum(one.severity == severity for one in self.findings) for severity in SEVERITIES}

    @property
    def sums(self) -> Sums:
        """All that is counted."""
        counts = self.counts
        return Sums(counts["error"], counts["warning"], counts["info"], len(self.suppressed), len(self.baselined), self.fixable(infos=False), self.fixable(infos=True), self.segments)

    def fixable(self, *, infos: bool) -> int:
        """How many findings have a safe fix, infos counted or not."""
        return sum(one.fix is not None and one.fix.safe and (infos or one.severity != "info") for one in self.findings)
