"""A detail of taste or looks that nothing builds on.

Useless details make a group feel real and help nobody to build the product. One that a pain, a solution or a
criterion of the segment takes up is no such detail and is left alone.

## Flagged
```yaml
name: Course creators
who_they_are:
  - love yoga and good coffee   # MS405
```

## Fixed
```yaml
name: Course creators
who_they_are:
  - two years of teaching in a classroom and more
```

## Fine
```yaml
name: Yoga studios
who_they_are:
  - love yoga
pain_points:
  - statement: A yoga class of twelve is booked by eight who never come, and four on the waiting list hear too late.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.criteria.ast import Test, walk
from microseg.lint.portrait import said_of_them
from microseg.lint.rule import Chain, Context, Found, rule
from microseg.lint.statements import statements_of
from microseg.model.segment import Segment
from microseg.words.giveaway import Giveaway
from microseg.words.person import persona, stereotype, useless_detail
from microseg.words.tokens import content_stems


@rule("MS405", scope="chain", severity="info")
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """What is said of the members, in English, unless the plan of the segment uses it, or MS401 or MS402 speaks of it."""
    segment = chain.segment
    used: set[str] = set()

    def unused_detail(text: str) -> Giveaway | None:
        found = useless_detail(text)
        if found is None or _is_told_already(text, segment):
            return None
        if not used:
            used.update(_words_in_use(segment, context))
        return None if used.intersection(content_stems(text)) else found

    return said_of_them(
        segment,
        unused_detail,
        context,
        saying="{text} holds a detail that nothing here builds on",
        help_="take it out, or write the pain that it belongs to",
    )


def _is_told_already(text: str, segment: Segment) -> bool:
    """Do MS401 or MS402 speak of the whole text?"""
    return stereotype(text) is not None or (text in {segment.name, segment.definition} and persona(text) is not None)


def _words_in_use(segment: Segment, context: Context) -> Iterator[str]:
    """Stems of what hurts, helps, decides who is in, and is done with the product."""
    for one in statements_of(segment, context):
        yield from content_stems(one.text)
    for text in (segment.value, segment.keyword, segment.name, *segment.use_cases):
        yield from content_stems(text or "")
    for part in walk(segment.criteria) if segment.criteria is not None else ():
        if isinstance(part, Test):
            for value in (part.dimension, *part.values):
                yield from content_stems(str(value).replace("_", " ").replace(".", " "))
