"""Evidence in words: "14 interviews, 44 of 61 tickets, survey of 146", and the list of sources behind a brief."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from microseg.briefs.page import Source
from microseg.briefs.phrases import count, counted, day, from_id, quantity
from microseg.model.ranking import voices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microseg.briefs.material import Material
    from microseg.model.evidence import Evidence
    from microseg.model.reference import Reference

# the order in which kinds are named: those who feel the pain before those who count or guess it
_HEARD = {"interview": "interview", "ticket": "ticket", "review": "review", "sales_call": "sales call"}
_ORDER = ("interview", "survey", "ticket", "review", "sales_call", "usage_data", "crm_data", "market_study", "team_opinion")
_COUNTED = {"usage_data": "usage data", "crm_data": "CRM data", "market_study": "market study", "team_opinion": "the team's opinion"}
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\^{}|]+\Z", re.IGNORECASE)


def safe_link(link: str | None) -> str:
    """A link that only opens a page or a mail; empty for everything else (javascript:, data:, files)."""
    text = (link or "").strip()
    return text if _SAFE_LINK.match(text) else ""


def sources_of(references: Iterable[Reference], material: Material) -> tuple[list[Evidence], list[str]]:
    """The sources referred to, each once, and the texts that stand in for sources not written down yet."""
    found: list[Evidence] = []
    texts: list[str] = []
    met: set[int] = set()
    for reference in references:
        source = reference.inline or (material.evidence.get(reference.written) if reference.is_id else None)
        if source is None:
            texts.append(from_id(reference.written) if reference.is_id else reference.written)
        elif id(source) not in met:
            met.add(id(source))
            found.append(source)
    return found, texts


def in_words(references: Iterable[Reference], material: Material) -> str:
    """How much evidence there is, and of which kinds; empty where there is none."""
    sources, texts = sources_of(references, material)
    if not sources:
        return ", ".join(texts)
    kinds = {one.kind for one in sources}
    parts = [_kind_in_words(kind, [one for one in sources if one.kind == kind]) for kind in _ORDER if kind in kinds]
    return ", ".join([*parts, *texts])


def weight(references: Iterable[Reference], material: Material) -> int:
    """How many voices stand behind something: what ranks pains that have no score. What is not defined yet counts for nothing."""
    sources, _ = sources_of(references, material)
    return voices(sources)


def _kind_in_words(kind: str, sources: list[Evidence]) -> str:
    number = sum(one.n or 1 for one in sources)
    if kind in _HEARD:
        if all(one.says is not None for one in sources):
            said = sum(one.says or 0 for one in sources)
            return f"{count(said)} of {counted(number, _HEARD[kind])}"
        return counted(number, _HEARD[kind])
    if kind == "survey":
        return _survey(sources, number)
    return _COUNTED[kind]


def _survey(sources: list[Evidence], number: int) -> str:
    head = "survey" if len(sources) == 1 else f"{len(sources)} surveys"
    if not any(one.n for one in sources):
        return head
    if all(one.says is not None and one.n for one in sources):
        return f"{head}: {count(sum(one.says or 0 for one in sources))} of {count(number)}"
    return f"{head} of {count(number)}"


def name_of(reference: Reference | None, material: Material) -> str:
    """One source in a few words, for the small print under a number."""
    if reference is None:
        return ""
    source = reference.inline or (material.evidence.get(reference.written) if reference.is_id else None)
    if source is None:
        return from_id(reference.written) if reference.is_id else reference.written
    heard = _HEARD.get(source.kind or "", "")
    if heard and source.n != 1:
        heard += "s"
    return source.title or heard or _COUNTED.get(source.kind or "", source.kind or "")


def as_source(source: Evidence) -> Source:
    """A source as the list at the end of a brief shows it."""
    kind = _HEARD.get(source.kind or "", "") or _COUNTED.get(source.kind or "", source.kind or "")
    title = source.title or _titled(kind, source)
    return Source(title, source.who or "", day(source.date), from_id(source.by) if source.by else "", safe_link(source.link))


def _titled(kind: str, source: Evidence) -> str:
    if source.kind in _HEARD:
        number = source.n or 1
        text = f"{count(source.says)} of {counted(number, kind)}" if source.says is not None else counted(number, kind)
        return text[:1].upper() + text[1:]
    text = _survey([source], source.n or 1) if source.kind == "survey" else kind
    sized = f" ({quantity(str(source.n))})" if source.n and source.kind in {"usage_data", "crm_data", "market_study"} else ""
    return text[:1].upper() + text[1:] + sized
