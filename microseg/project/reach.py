"""How far an edit of a file reaches beyond its families, and whether that can be told without asking the whole workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.model.alike import alike
from microseg.model.criteria_in import criteria_in
from microseg.model.walk import gathered
from microseg.model.workspace import Workspace
from microseg.record import NamedTuple

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from microseg.config import Config
    from microseg.model.segment import Segment
    from microseg.project.facts import Held
    from microseg.project.last_run import Row, Table

# the rules on the whole workspace whose view is considered here: any other asks for a whole run
_CONSIDERED = frozenset({"MS007", "MS012", "MS101", "MS102", "MS103", "MS112", "MS504", "MS506", "MS609", "MS610"})
_BY_IDS = frozenset({"MS101", "MS102"})  # what they say of one file follows from the ids of all
UNRESOLVED = "MS102"  # a word that nobody owns
BY_SOURCES = "MS504"  # counts all who rest on a source


class Reach(NamedTuple):
    """The ids that came or went in a file, and those that its references began or ceased to say. `is_wording`: nothing but wording and numbers is new."""

    owned: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    is_wording: bool = True


def reach_of(old: Held, new: Held, config: Config, newest: datetime.date | None) -> Reach | None:
    """What an edit did to a file of segments; None where the tree, the newest day of all or what all segments share may have changed with it."""
    if old.kind != "segments" or old.unreadable or new.unreadable or old.single != new.single:
        return None
    if len(old.segments) == len(new.segments) and all(map(alike, old.segments, new.segments)):
        return Reach()
    before, after = list(flat(old.segments)), list(flat(new.segments))
    if _standings(old) != _standings(new):
        return None
    if config.definitions and [criteria_in(one) for one in before] != [criteria_in(one) for one in after]:
        return None
    days = {Workspace(config, segments, ()).newest_date for segments in (before, after)}
    if len(days) > 1 and any(day is not None and (newest is None or day >= newest) for day in days):
        return None
    (owned, used), (owns, uses) = _tied(before), _tied(after)
    return Reach(frozenset(one.word for one in owned ^ owns), frozenset(one.word for one in used ^ uses), is_wording=False)


def is_near(reaches: Sequence[Reach], changed: Collection[int], table: Table, codes: Iterable[str]) -> bool:
    """Do rules on the whole workspace (of these codes) say what they said, unless they speak of the files that changed?"""
    if not _CONSIDERED.issuperset(codes):
        return False
    if all(one.is_wording for one in reaches):
        return True
    owned = frozenset().union(*(one.owned for one in reaches))
    used = frozenset().union(*(one.used for one in reaches))
    if BY_SOURCES in table.beyond or (owned and not _BY_IDS.isdisjoint(table.beyond)):
        return False
    others = [row for number, row in enumerate(table.rows) if number not in changed]
    still_used = _met(used, (row.uses for row in others))
    sources = _met(used, (row.owns for row in others if not row.standing))
    if sources and (UNRESOLVED in table.beyond or _met(frozenset(sources), (row.owns for row in table.rows if row.standing))):
        return False  # the same word may stand for something else there
    return sources <= still_used  # else one is cited for the first time, or no more


def reached(reaches: Sequence[Reach], rows: Sequence[Row]) -> list[int]:
    """The files of segments that refer to an id that came or went, or own one that is referred to for the first time, or no more."""
    owned = frozenset().union(*(one.owned for one in reaches))
    used = frozenset().union(*(one.used for one in reaches))
    if not owned and not used:
        return []
    return [number for number, row in enumerate(rows) if row.standing and (not owned.isdisjoint(row.uses.split()) or not used.isdisjoint(row.owns.split()))]


def _met(words: frozenset[str], texts: Iterable[str]) -> set[str]:
    return {word for text in texts if not words.isdisjoint(held := text.split()) for word in held if word in words} if words else set()


def flat(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Segments and all that are nested in them, in the order typed."""
    for one in segments:
        yield one
        yield from flat(one.segments)


def _standings(held: Held) -> list[tuple[object, ...]]:
    """What the tree is made of, and what is counted over all of it; a name only where the id follows from it, not from the file's."""
    return [_standing(one, is_named=not (one.id or (held.single and number == 0))) for number, one in enumerate(flat(held.segments))]


def _standing(one: Segment, *, is_named: bool) -> tuple[object, ...]:
    return one.id, one.name if is_named else None, one.level, one.parent and one.parent.written, one.focus, one.status, len(one.segments)


class _Tie(NamedTuple):
    """A word, and in which sense it is said: of an id, its space; of a reference, who says it in which field, or of what may be meant."""

    word: str
    sense: tuple[str | None, ...]


def _tied(segments: Iterable[Segment]) -> tuple[set[_Tie], set[_Tie]]:
    """The ids that segments own and the references that they make; one word may be said in two senses."""
    owned: set[_Tie] = set()
    used: set[_Tie] = set()
    for one in segments:
        found = gathered([one])
        owned |= {_Tie(name, (space,)) for space, names in found.ids.items() for name in names}
        used |= {_Tie(reference.written, (one.id, *spaces)) for spaces, held in found.references.items() for reference in held}
        used |= {_Tie(reference.written, (one.id, "relieves")) for solution in one.ideal_solutions for reference in solution.relieves}
        used |= {_Tie(reference.written, (one.id, "solved_by")) for pain in one.pain_points for reference in pain.solved_by}
    return owned, used
