"""A build after an edit of wording: the pages that it reaches are made of a part of the workspace, and what is kept of the last build says the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.briefs.flagged import flagged_of
from microseg.briefs.frame import frame_in
from microseg.briefs.making import Order, make_briefs
from microseg.briefs.material import page_name
from microseg.briefs.pieces import Kept, pieces_of
from microseg.briefs.site import FORMATS, About, Site, about_all, as_it_is, common_key
from microseg.briefs.whole_view import whole_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from microseg.briefs.making import Put
    from microseg.briefs.material import Material
    from microseg.briefs.remembered import Remembered
    from microseg.briefs.render import Format, Options
    from microseg.lint.finding import Finding


def plan_edit(
    material: Material, reached: Collection[str], known: Remembered, kept: Kept, *, intact: Mapping[str, str], findings: Callable[[], Sequence[Finding]], found: int, options: Options, formats: Sequence[Format] = FORMATS, settings: str = "", put: Put = as_it_is
) -> Site | None:
    """The site, as `site.plan_changes` gives it, where only segments of the ids `reached` can be shown in another way; None where that has to be found out from all of them.

    `material` holds what shows those; `known` and `kept` are of the last build, whose `intact` pages lie there as they were
    made; `findings` are all that were `found`. A page that is made here has no key: who next reads all of the workspace makes
    it again. Raises TemplateError.
    """
    chosen = options._replace(is_linked=True)
    common = common_key(material, formats, chosen, "", settings)
    names = {page_name(one) for one in material.workspace.by_id.values() if one.id in reached}
    paths = {f"{name}.{format_}": name for name in kept.pieces for format_ in formats}
    frame = frame_in(kept.frame)
    if frame is None or known.made_with != common or known.pieces != kept.hash or intact.keys() != paths.keys() or len(frame.walk) != len(kept.pieces):
        return None
    left = frozenset(path for path, name in paths.items() if name not in names)
    made = make_briefs(material, Order(formats, chosen, "", left, kept.pieces.keys() - names, put))
    texts = {name: text for name, (_, text) in kept.pieces.items()} | {name: text.decode() for name, text in made.pieces.items()}
    pieces = pieces_of(texts)
    if pieces is None or pieces.keys() != kept.pieces.keys():
        return None
    links = {one.id: pieces[one.name].row.link for one in frame.walk}
    about = About(whole_of(material, frame, pieces), pieces, lambda: flagged_of(links, findings()), found)
    files = made.pages | about_all(about, formats, chosen, put)
    keys = {path: intact[path] if path in left else "" for path in paths}
    again = {name: ("" if name in names else kept.pieces[name][0], text) for name, text in texts.items()}
    return Site(files, left, keys, Kept(again, kept.frame), common)
