"""What a page about all segments shows, as plain data: the index of the site, and the overview that fits one sheet."""

from __future__ import annotations

from microseg.briefs.page import Link, Place
from microseg.record import record


@record
class Row:
    """One segment on one line. `depth` counts from 0; texts are empty where nothing is known."""

    link: Link
    depth: int
    level: str
    status: str
    focus: str
    owner: str
    tags: tuple[str, ...]
    size: str
    share: str
    definition: str
    pain: str
    bet: str
    cure: str
    goal: str
    by: str
    is_overdue: bool
    proof: str
    pains: int
    children: int


@record
class Group:
    """The segments of one focus: now, later, never, or those nobody has decided about."""

    name: str
    rows: tuple[Row, ...]


@record
class Request:
    """Something the reader is asked for: what, of whom, by when, on which segment."""

    what: str
    who: str
    by: str
    is_overdue: bool
    link: Link


@record
class Shared:
    """A need of a parent, and the children that feel it most (in the order of `Matrix.children`)."""

    statement: str
    anchor: str
    score: str
    felt: tuple[bool, ...]


@record
class Matrix:
    """Children against the needs they share. `own` counts what each child has for itself."""

    parent: Link
    children: tuple[Link, ...]
    needs: tuple[Shared, ...]
    own: tuple[int, ...]
    more: int


@record
class Ranked:
    """The top pains of one segment: ranked inside it, never across the market."""

    link: Link
    pains: tuple[tuple[str, str, str, str], ...]  # score, statement, cure, anchor


@record
class Whole:
    """All segments; `rows` from the top down, each at most one level deeper than the one before."""

    title: str
    summary: str
    count: int
    rows: tuple[Row, ...]
    pictures: tuple[Place, ...]
    groups: tuple[Group, ...]
    not_chasing: tuple[tuple[Link, tuple[str, ...]], ...]
    requests: tuple[Request, ...]
    matrices: tuple[Matrix, ...]
    ranking: tuple[Ranked, ...]
    owners: tuple[str, ...]
    tags: tuple[str, ...]
    digest: str
    revision: str = ""
