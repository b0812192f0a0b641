"""The segments of a workspace as they are counted: criteria with definitions put in and ancestors' added, by unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from microseg.criteria.ast import Criterion, Test, walk
from microseg.criteria.definitions import resolve, resolve_all, with_presets, with_version
from microseg.criteria.values import CURRENT_VERSION, Version, version
from microseg.measure.blocks import Subject
from microseg.measure.compile import Member
from microseg.measure.facts import Unit
from microseg.measure.overgrown import WHY, overgrown
from microseg.model.segment import Segment
from microseg.model.workspace import Workspace

_NOTHING = len("null")


class Resolved(NamedTuple):
    """`subjects` by unit, in the order of the tree; `members` is every segment as `segment:` sees it; `unmeasured` those that equal their parent.

    `origins`: for each segment those whose criteria its chain holds, in the order of the chain. `broken`: segments that
    are not counted, with the reason, which goes on after "for".
    """

    subjects: Mapping[Unit, tuple[Subject, ...]]
    members: Mapping[str, Member]
    unmeasured: tuple[str, ...]
    definitions: Mapping[str, Criterion]
    origins: Mapping[str, tuple[str, ...]]
    broken: Mapping[str, str]


def definitions_of(workspace: Workspace) -> dict[str, Criterion]:
    """The ready-made definitions and the workspace's own, resolved."""
    return resolve_all(with_presets({one.name: one.value for one in workspace.config.definitions}))


def current_version(workspace: Workspace) -> Version | None:
    """The product's current version, where microseg.yaml says it."""
    product = workspace.config.product
    return None if product is None or not product.version else version(product.version)


def resolved_segments(workspace: Workspace, newest: Callable[[], Version | None] = lambda: None) -> Resolved:
    """Every segment that is not retired. `newest` is asked for the current version where criteria need it and nobody says it."""
    definitions = definitions_of(workspace)
    own = {segment.id: resolve(segment.criteria, definitions) for segment in workspace.segments if segment.criteria is not None and segment.id}
    if any(_needs_version(one) for one in (*own.values(), *definitions.values())):
        current = current_version(workspace) or newest()
        if current is not None:
            own = {name: with_version(one, current) for name, one in own.items()}
            definitions = {name: with_version(one, current) for name, one in definitions.items()}
    return _arranged(workspace, own, definitions)


def _needs_version(criterion: Criterion) -> bool:
    return any(isinstance(part, Test) and CURRENT_VERSION in part.values for part in walk(criterion))


def _arranged(workspace: Workspace, own: Mapping[str, Criterion], definitions: Mapping[str, Criterion]) -> Resolved:
    subjects: dict[Unit, list[Subject]] = {}
    members: dict[str, Member] = {}
    origins: dict[str, tuple[str, ...]] = {}
    unmeasured = []
    broken: dict[str, str] = {}
    lines = {one.id or "": tuple(above.id or "" for above in (one, *workspace.ancestors(one)) if (above.id or "") in own) for _, one in workspace.walk()}
    grown = overgrown(own, lines)
    for _, segment in workspace.walk():
        name, unit = segment.id or "", _unit(workspace, segment)
        line = (segment, *workspace.ancestors(segment))
        why = _unread(line) or (WHY if name in grown else "")
        if why:
            broken[name] = why
            continue
        chain = tuple(own[one.id or ""] for one in line if (one.id or "") in own)
        members[name] = Member(unit, chain)
        origins[name] = lines[name]
        if workspace.status(segment) == "retired" or name in {one.id for held in subjects.values() for one in held}:
            continue
        if name not in own and len(line) > 1:
            unmeasured.append(name)
            continue
        subjects.setdefault(unit, []).append(_subject(workspace, segment, chain, own))
    return Resolved({unit: tuple(held) for unit, held in subjects.items()}, members, tuple(unmeasured), definitions, origins, broken)


def _unread(line: tuple[Segment, ...]) -> str:
    """Whose criteria cannot be read, a segment's or those above it: without them it would be too large. Empty where all can."""
    culprit = next((one for one in line if _is_broken(one)), None)
    if culprit is None:
        return ""
    whose = "its criteria" if culprit is line[0] else f"the criteria of {culprit.id}"
    return f"{whose} cannot be read: microseg lint says why"


def _is_broken(segment: Segment) -> bool:
    """Were criteria typed, more than `{}` or `null`, and nothing could be made of them?"""
    if segment.criteria is not None or not segment.at.has("criteria"):
        return False
    place = segment.at.value("criteria")
    return bool(place.end - place.start > _NOTHING)


def _unit(workspace: Workspace, segment: Any) -> Unit:
    return "user" if workspace.unit(segment) == "user" else "account"


def _subject(workspace: Workspace, segment: Any, chain: tuple[Criterion, ...], own: Mapping[str, Criterion]) -> Subject:
    """A segment with the nearest ancestor of its own unit that is counted."""
    above = workspace.ancestors(segment)
    parent = next((one for one in above if ((one.id or "") in own or one is above[-1]) and workspace.status(one) != "retired"), None)
    if parent is None or _unit(workspace, parent) != _unit(workspace, segment):
        return Subject(segment.id or "", chain)
    return Subject(segment.id or "", chain, parent.id, above[0].id)
