"""What an export is handed and what it gives back; targets are the modules of `microseg.exchange.exporters`."""

from __future__ import annotations

import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from microseg.discovery import names_in

if TYPE_CHECKING:
    from microseg.criteria.dimensions import Dimensions
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace

_EXPORTERS = "microseg.exchange.exporters"


class Request(NamedTuple):
    """What is exported: these segments of a workspace, in the order of its tree.

    `as_of` is the day that windows count back from where a target needs one, `dialect` an engine's SQL, `tool` the
    name and version that a file may carry.
    """

    workspace: Workspace
    dimensions: Dimensions
    segments: tuple[Segment, ...]
    as_of: datetime.date | None = None
    dialect: str = "duckdb"
    tool: str = "microseg"


class Refused(NamedTuple):
    """A segment that a target cannot express, and why, in plain words."""

    segment: str
    reason: str


class Exported(NamedTuple):
    """The text of an export, what it had to leave out, and what a reader must know about the target."""

    text: str
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()


class CannotSayError(Exception):
    """A target has no words for a criterion; the message is the reason. Never leaves an exporter."""


def targets() -> list[str]:
    """The names behind `--to`, in alphabetical order."""
    return names_in(_EXPORTERS)


def exporter(name: str) -> Any:
    """The module of a target; only that one is imported."""
    return import_module(f"{_EXPORTERS}.{name}")
