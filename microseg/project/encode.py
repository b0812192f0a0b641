"""Facts as bytes and back, for a cache: JSON, so that nothing that is read can run."""

from __future__ import annotations

import json
from binascii import b2a_base64
from typing import TYPE_CHECKING, Any

from microseg.lint.suppress import Suppression
from microseg.project.facts import FileFacts
from microseg.source.edits import TextEdit
from microseg.source.problem import Note, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microseg.project.discover import FileKind



def _as_text(value: bytes) -> str:
    """Bytes as base64, for JSON takes six characters for some of them."""
    return b2a_base64(value, newline=False).decode("ascii")


_dump = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_as_text).encode  # a named tuple is a list to it


def encode(value: object) -> bytes:
    """Plain values as JSON; tuples of any kind become lists, bytes a text in base64."""
    return _dump(value).encode("utf-8", "surrogatepass")


def decode(data: bytes) -> Any:
    """What `encode` made, with lists for its tuples. Raises ValueError for what is no JSON."""
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except RecursionError:
        raise ValueError from None


def plain(facts: FileFacts) -> tuple[Any, ...]:
    """What a file's facts say, without its path and kind: the same for the same bytes wherever they lie."""
    return facts[2:]


def facts_of(path: str, kind: FileKind, row: Any) -> FileFacts:
    """The facts of a file from what `decode` gives of its `plain` ones. Raises ValueError for anything else."""
    try:
        problems, packed, single, suppressions, unreadable = row
        return FileFacts(path, kind, _problems(problems), packed, single, tuple([_suppression(*one) for one in suppressions]), unreadable)
    except (TypeError, LookupError) as error:
        raise ValueError from error


def _problems(rows: Iterable[list[Any]]) -> tuple[Problem, ...]:
    return tuple([_problem(one) for one in rows])


def _problem(row: list[Any]) -> Problem:
    code, message, start, end, help_, notes, edits, safe, severity = row
    return Problem(code, message, start, end, help_, tuple([Note(*one) for one in notes]), tuple([TextEdit(*one) for one in edits]), safe, severity)


def _suppression(rules: list[str], *rest: Any) -> Suppression:
    return Suppression(tuple(rules), *rest)
