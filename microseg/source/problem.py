"""What a reader finds wrong while it reads: plain tuples, so that they can be cached and sent between processes."""

from typing import Literal

from microseg.record import NamedTuple
from microseg.source.edits import TextEdit


class Note(NamedTuple):
    """A second place that belongs to a problem, in the same file, with what stands there."""

    start: int
    end: int
    message: str


class Problem(NamedTuple):
    """One mistake in one file. Offsets count characters of the decoded text.

    `code` is a rule code (MS004); `message` says what is wrong, `help` what to do; `edits` mend it if they are not
    empty (`safe`: the meaning stays as the writer meant it).
    """

    code: str
    message: str
    start: int
    end: int
    help: str = ""
    notes: tuple[Note, ...] = ()
    edits: tuple[TextEdit, ...] = ()
    safe: bool = True
    severity: Literal["error", "warning", "info"] | None = None  # None: the rule's own
