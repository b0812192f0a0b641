"""A pain or solution that also stands under `minimum_expected`.

What everyone expects is named once, met, and left out of the pitch. An item that stands here or above, or in
microseg.yaml, as a minimum expected requirement cannot be a reason to choose the product as well.

## Flagged
```yaml
# file: microseg.yaml
minimum_expected: [SCORM import]
# file: segments/example.yaml
name: Corporate trainers
minimum_expected:
  - Single sign-on
ideal_solutions:
  - statement: Import of SCORM packages   # MS202
pain_points:
  - statement: We have no single sign-on.   # MS202
```

## Fixed
```yaml
# file: microseg.yaml
minimum_expected: [SCORM import]
# file: segments/example.yaml
name: Corporate trainers
minimum_expected:
  - Single sign-on
ideal_solutions:
  - statement: Keep the scores of learners who move from one SCORM package to its next edition halfway.
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from microseg.lint.expected import Expected, ExpectedItems, expected_words
from microseg.lint.needs import KINDS, own, stems_by
from microseg.lint.rule import Chain, Context, Found, Note, rule
from microseg.lint.statements import Statement
from microseg.lint.where import called, quoted
from microseg.model.segment import Segment


@rule("MS202", scope="chain", severity="warning", needs=("ideal_solutions", "pain_points"))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """Compare each own item with what is expected here, above and in the settings."""
    segment = chain.segment
    words, stems = expected_words(chain, context), stems_by(context)
    statements = [one for kind in KINDS for one in own(segment, kind, context) if not words.isdisjoint(stems(one.text))]
    if not statements:
        return
    items = ExpectedItems.of(chain, context)
    yield from _found(segment, statements, items)


def _found(segment: Segment, statements: Iterable[Statement], items: ExpectedItems) -> Iterator[Found]:
    for one in statements:
        expected = items.find(one.text)
        if expected is not None:
            message = f"{quoted(one.text)} is a minimum expected requirement {_where(expected, segment)}"
            help_ = "take it out here: it is met and not sold; or say what about it only this segment needs"
            note = Note(expected.place, "expected here")
            yield Found(one.place, message, help_, (note,), segment=segment, item=one.text, route=one.route)


def _where(expected: Expected, segment: Segment) -> str:
    if expected.origin is None:
        return "of the whole category, in microseg.yaml"
    return "here as well" if expected.origin is segment else f"of {called(expected.origin)}"
