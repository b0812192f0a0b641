"""A short hash of who is in a segment: it changes when the criteria of the segment, or of one above it, come to mean something else."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from microseg.criteria.ast import Criterion, InSegment, Use, walk
from microseg.criteria.canonical import all_of, canonical, demands
from microseg.criteria.definitions import resolve, resolve_all, with_presets
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace

_DIGITS = 16
_MOST_NAMED = 64


def criteria_hashes(workspace: Workspace) -> dict[str, str]:
    """For each segment the first 16 hexadecimal digits of a SHA-256 of its unit and its resolved criteria, those above included.

    Order, spelling and places do not matter; what a named definition or another segment means does.
    """
    definitions = resolve_all(with_presets({one.name: one.value for one in workspace.config.definitions if one.value is not None}))
    own = {one.id or "": _own(one.criteria, definitions) for one in workspace.segments if one.criteria is not None}
    return {one.id or "": _hash(one, workspace, own) for one in workspace.segments}


class _Own(NamedTuple):
    """What a segment's own criteria demand, and the segments that they name."""

    demands: frozenset[str]
    segments: tuple[str, ...]


def _own(criterion: Criterion, definitions: Mapping[str, Criterion]) -> _Own:
    if any(isinstance(part, Use) for part in walk(criterion)):
        criterion = resolve(criterion, definitions)
    return _Own(demands(criterion), tuple(part.segment for part in walk(criterion) if isinstance(part, InSegment)))


def _hash(segment: Segment, workspace: Workspace, own: Mapping[str, _Own]) -> str:
    met: dict[str, str] = {}
    waiting = [segment]
    while waiting and len(met) < _MOST_NAMED:
        one = waiting.pop()
        chain = [own[above.id or ""] for above in (one, *workspace.ancestors(one)) if (above.id or "") in own]
        met[one.id or ""] = all_of(text for held in chain for text in held.demands)
        named = sorted({name for held in chain for name in held.segments})
        waiting += [workspace.by_id[name] for name in named if name in workspace.by_id and name not in met]
    named_too = {name: text for name, text in met.items() if name != (segment.id or "")}
    text = canonical({"unit": workspace.unit(segment), "criteria": met[segment.id or ""], "segments": named_too})
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
