"""A level above its parent's, or a head with a parent.

The tree is planned as keywords are: the head is what everyone wants, the midtail what a subset wants, the longtail
what that subset wants. A child is never broader than its parent. Equal is fine below the head, for a micro-segment
can be segmented again.

## Flagged
```yaml
name: Course creators
level: midtail
segments:
  - name: Online courses
    level: head   # MS104
```

## Fixed
```yaml
name: Course creators
level: head
segments:
  - name: Corporate trainers
    level: midtail
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, Note, rule
from microseg.lint.where import called, key_of
from microseg.model.segment import LEVEL_CAPTIONS, LEVELS


@rule("MS104", scope="chain", severity="error")
def check(chain: Chain, _: Context) -> Iterator[Found]:
    """Compare a segment's level with its parent's."""
    segment = chain.segment
    if not chain.ancestors or segment.level is None:
        return
    parent = chain.ancestors[0]
    if LEVELS.index(segment.level) >= LEVELS.index(parent.level or "head") and segment.level != "head":
        return
    note = Note(key_of(parent, "level"), f"the parent, {parent.level}")
    if segment.level == "head":
        message = f"{called(segment)} is a head and lies under {parent.id}"
        yield Found(key_of(segment, "level"), message, "a head has no parent: call it midtail or longtail, or take `parent:` away", (note,), segment=segment, route="level")
    else:
        message = f"{called(segment)} is {segment.level} ({LEVEL_CAPTIONS[segment.level]}) under a {parent.level}"
        yield Found(key_of(segment, "level"), message, f"call it {parent.level}, or move it further up", (note,), segment=segment, route="level")
