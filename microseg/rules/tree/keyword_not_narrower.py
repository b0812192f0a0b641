"""A keyword that does not narrow the one above.

Segments are planned as keyword research is done: the head is what everyone searches for, and each level below adds
the words of a smaller group. A keyword that adds no word names the same group again, and one that shares no word with
those above has left the tree. Word forms, word order and small words make no difference.

## Flagged
```yaml
name: Online courses
keyword: online courses
segments:
  - name: Course creators
    keyword: courses online   # MS106
    segments:
      - name: Subject matter experts
        keyword: conference speaking   # MS106
```

## Fixed
```yaml
name: Online courses
keyword: Online Courses
segments:
  - name: Course creators
    keyword: Online Courses For Course Creators
    segments:
      - name: Subject matter experts
        keyword: Online Course Creation For Subject Matter Experts
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, Note, rule
from microseg.lint.where import called, quoted
from microseg.model.segment import Segment
from microseg.words.tokens import content_stems


@rule("MS106", scope="chain", severity="warning", needs=("keyword",))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """Compare the words of the keyword with those above; a segment without one is left alone."""
    segment = chain.segment
    above, wider, nearest = context.once("keywords above", chain.ancestors, lambda: _above(chain.ancestors))
    if not segment.keyword or not above or segment.status == "retired":
        return
    own = set(content_stems(segment.keyword))
    if own and not own & wider:
        message = f"the keyword {quoted(segment.keyword)} shares no word with {quoted(above[0].keyword or '')} or anything above it"
        yield _found(segment, above[0], message, f"keep a word of what {called(above[0])} search for, and add those of {called(segment)}")
    elif own <= nearest:
        message = f"the keyword {quoted(segment.keyword)} adds no word to {quoted(above[0].keyword or '')}"
        yield _found(segment, above[0], message, f"add the words that only {called(segment)} would search for")


def _above(ancestors: tuple[Segment, ...]) -> tuple[list[Segment], frozenset[str], frozenset[str]]:
    """Those above that have a keyword; the words of all of them, and of the nearest. The same for all children of a parent."""
    above = [one for one in ancestors if one.keyword]
    stems = [frozenset(content_stems(one.keyword or "")) for one in above]
    return above, frozenset().union(*stems), stems[0] if stems else frozenset()


def _found(segment: Segment, above: Segment, message: str, help_: str) -> Found:
    note = Note(above.at.key("keyword"), f"the keyword of {called(above)}")
    return Found(segment.at.key("keyword"), message, help_, (note,), segment=segment, item=segment.keyword, route="keyword")
