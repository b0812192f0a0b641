"""A build after an edit inside segments: the pages that it reaches are made of a part of the workspace, and what is kept of the last build says the rest."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from microseg.briefs.flagged import flagged_of
from microseg.briefs.frame import Faces, faces_of, frame_in, redrawn, text_of
from microseg.briefs.making import Order, make_briefs, packed, unpacked
from microseg.briefs.material import page_name
from microseg.briefs.page import Link
from microseg.briefs.pieces import Kept, pieces_of
from microseg.briefs.render import has_templates
from microseg.briefs.site import FORMATS, About, Site, about_all, as_it_is, common_key
from microseg.briefs.whole_view import cover_of, whole_of
from microseg.project.workers import ahead, processes
from microseg.record import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from microseg.briefs.frame import Frame
    from microseg.briefs.making import Put
    from microseg.briefs.material import Material
    from microseg.briefs.pieces import Piece
    from microseg.briefs.remembered import Before
    from microseg.briefs.render import Format, Options
    from microseg.lint.finding import Seen


_MANY = 200  # files: of fewer the pages are made before a second process would have begun
Tell = Callable[[bytes], Callable[[], dict[str, bytes]]]


@contextlib.contextmanager
def begin_edit(before: Before, material: Material, *, options: Options, formats: Sequence[Format] = FORMATS, put: Put = as_it_is) -> Iterator[Tell]:
    """Begin the pages about all segments with what is known of the last build; `plan_edit` tells what is another now, and they are made of both.

    Where there are many segments another process reads what is known, while it is found out here what was edited. Of
    `material` nothing is looked at but what all pages share. ValueError from what is told to comes of what is lost or none of ours.
    """
    chosen = options._replace(is_linked=True)

    def work(told: Callable[[], bytes]) -> dict[str, bytes]:
        kept = _kept(before)
        frame = _frame(kept)
        cover, pieces = cover_of(material, frame), _read({name: text for name, (_, text) in kept.pieces.items()})
        found = dict(before.found())
        texts, again, faces = json.loads(told())
        if faces:
            frame = redrawn(frame, Faces(*faces))
            cover = replace(cover, pictures=frame.pictures)
        pieces |= _read(texts)
        found |= again
        links = {one.id: Link(one.name, one.title) for one in frame.walk}
        flagged = flagged_of(links, (one for path in sorted(found) for one in found[path]))
        about = About(whole_of(cover, frame, pieces), pieces, lambda: flagged, sum(map(len, found.values())))
        made = about_all(about, formats, chosen, as_it_is)
        return {path: put(path, data) for path, data in made.items()}  # here: a process that this one starts outlives it where it is ended

    is_own = options.templates is not None and has_templates(options.templates)
    among = 1 if is_own or len(before.known.marks) < _MANY else processes()
    with ahead(work, encode=packed, decode=unpacked, among=among) as tell:
        yield tell


def _kept(before: Before) -> Kept:
    """What the last build said of each segment; ValueError where that is of another build than what is known of it."""
    kept = before.kept()
    if kept.hash != before.known.pieces or not kept.hash:
        raise ValueError
    return kept


def _frame(kept: Kept) -> Frame:
    """The frame of what is kept of all segments; ValueError where that is none, or not theirs."""
    frame = frame_in(kept.frame)
    if frame is None or {one.name for one in frame.walk} != kept.pieces.keys():
        raise ValueError
    return frame


def _read(texts: Mapping[str, str]) -> dict[str, Piece]:
    """Pieces; ValueError where one is none."""
    pieces = pieces_of(texts)
    if pieces is None:
        raise ValueError
    return pieces


def plan_edit(
    before: Before,
    material: Material,
    reached: Collection[str],
    *,
    intact: Callable[[], Mapping[str, str]],
    found: Mapping[str, Sequence[Seen]],
    faces: Collection[str],
    options: Options,
    tell: Tell,
    formats: Sequence[Format] = FORMATS,
    settings: str = "",
    put: Put = as_it_is,
    keep: Callable[[Kept], Kept] = lambda kept: kept,
) -> Site | None:
    """The site, as `site.plan_changes` gives it, where only segments of the ids `reached` can be shown in another way; None where that has to be found out from all of them.

    `material` holds what shows those; the `intact` pages of the last build lie there as they were made; `found` is what was
    found in files of which something else was said `before`; `faces` are those that have another name or size; `tell` is what `begin_edit` gave for the same. `keep` is handed what is to
    be kept of all segments while pages are made. A page that is made here has no key: who next reads all of the workspace makes
    it again. Raises TemplateError.
    """
    chosen = options._replace(is_linked=True)
    common = common_key(material, formats, chosen, "", settings)
    if before.known.made_with != common:
        return None
    known = {page_name(one) for one in material.workspace.by_id.values() if one.id not in reached}
    made = make_briefs(material, Order(formats, chosen, "", {f"{name}.{format_}" for name in known for format_ in formats}, known, put))
    fresh = {name: text.decode() for name, text in made.pieces.items()}
    shown = faces_of(faces, material) if faces else None
    others = tell(json.dumps([fresh, found, shown]).encode())
    try:
        kept, there = _kept(before), intact()
        paths = {f"{name}.{format_}" for name in kept.pieces for format_ in formats}
        if there.keys() != paths or not fresh.keys() <= kept.pieces.keys():
            return None
        left = frozenset(paths - made.pages.keys())
        again = keep(Kept(kept.pieces | {name: ("", text) for name, text in fresh.items()}, kept.frame if shown is None else text_of(redrawn(_frame(kept), shown))))
        return Site(made.pages | others(), left, {path: there[path] if path in left else "" for path in paths}, again, common)
    except ValueError:  # what is known of the last build is lost, or none of ours
        return None
