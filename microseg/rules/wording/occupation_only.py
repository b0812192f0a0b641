"""A segment defined by a job title alone.

Not all business owners are the same, and not every use case applies to each of them. A title is as wide as a business
owner, a developer or a CTO; what sets a group apart is the situation in which they need the product.

## Flagged
```yaml
name: Owners
definition: Business owners.   # MS403
```

## Fixed
```yaml
name: Owners
definition: Business owners who train their own crews and answer to an insurer for it.
```

## Fine
```yaml
name: Online courses
split_by: what they make courses for
segments:
  - name: Course creators
  - name: Corporate trainers
    definition: Those who train their own teams, or run training inside other companies.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, rule
from microseg.lint.where import called, quoted
from microseg.model.segment import Segment
from microseg.words.language import is_english
from microseg.words.person import occupation_only
from microseg.words.tokens import content_stems

_AS_WIDE_AS_ANY = content_stems("business owner")


@rule("MS403", scope="chain", severity="warning")
def check(chain: Chain, _: Context) -> Iterator[Found]:
    """The definition; a bare title as the name only of a longtail about whom nothing else is said."""
    segment = chain.segment
    if segment.status == "retired":
        return
    field = "definition" if segment.definition else "name"
    text = segment.definition or (segment.name if _is_bare(segment) else None)
    if text and occupation_only(text) is not None and is_english(text):
        message = f"{called(segment)}: told by a job title alone, {quoted(text)}"
        help_ = "not all who hold it need the same: say in `definition:` in which situation, with what, for whom they work"
        yield Found(segment.at.key(field), message, help_, segment=segment, item=text, route=field)


def _is_bare(segment: Segment) -> bool:
    says_more = segment.keyword or segment.who_they_are or segment.what_they_do or segment.criteria or segment.why_it_matters
    stems = content_stems(segment.name or "")
    return segment.level == "longtail" and not says_more and (len(stems) == 1 or stems == _AS_WIDE_AS_ANY)
