"""Items typed as a plain text, and the id that is proposed for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.lint.statements import Statement
from microseg.model.bind_scalars import slugify
from microseg.words.tokens import content_stem, lowered_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from microseg.model.segment import Segment

_MOST_WORDS = 5


def drafts_in(segment: Segment) -> Iterator[Statement]:
    """The pains, then the solutions of a segment that are plain texts; none of a retired one."""
    if segment.status == "retired":
        return
    for pain in segment.pain_points:
        if pain.statement and pain.at.is_plain_text:
            yield Statement(pain.statement, "pain", pain)
    for solution in segment.ideal_solutions:
        if solution.statement and solution.at.is_plain_text:
            yield Statement(solution.statement, "solution", solution)


def first_name(draft: Statement) -> str:
    """The id that a draft gets where nothing has it: at most five content words of its text."""
    words = [word for word in lowered_words(draft.text) if content_stem(word)][:_MOST_WORDS]
    return slugify(" ".join(words).replace("'", "")) or draft.kind


def first_names(segments: Iterable[Segment]) -> list[str]:
    """The first names of all drafts, each behind its kind: `pain:waits-for-crates`."""
    return [f"{one.kind}:{first_name(one)}" for segment in segments for one in drafts_in(segment)]
