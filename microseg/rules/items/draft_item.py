"""A pain or solution typed as a plain text.

That is fine for a first draft. With an id it can be relieved, cited, ranked and followed from one quarter to the
next; without one nothing can point at it.

## Flagged
```yaml
name: Corporate trainers
pain_points:
  - New hires are enrolled by hand, days after their first shift.   # MS310
ideal_solutions: ["Enrol new hires from the HR system, before their first shift."]   # MS310
```

## Fixed
```yaml
name: Corporate trainers
pain_points:
  - id: new-hires-enrolled-hand
    statement: New hires are enrolled by hand, days after their first shift.
ideal_solutions:
  - id: enrol-new-hires-hr-system
    statement: Enrol new hires from the HR system, before their first shift.
```
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from microseg.lint.drafts import drafts_in, first_name
from microseg.lint.needs import KINDS
from microseg.lint.resolve import names_in
from microseg.lint.rule import Context, Found, Mend, rule
from microseg.lint.statements import Statement
from microseg.model.segment import Segment
from microseg.model.workspace import Workspace
from microseg.source.edits import TextEdit
from microseg.source.quoting import quote

_IN_A_BLOCK = re.compile(r"[ ]*(?:-[ ]+)+\Z")
_QUOTES = ('"', "'")


@rule("MS310", scope="linked", severity="info")
def check(workspace: Workspace, context: Context) -> Iterator[Found]:
    """Own items without keys, each with an id that no other item has."""
    known = names_in(workspace, context).known
    taken = {space: set(known.get(space, ())) for space in KINDS}
    numbers: Counter[str] = Counter()
    for segment in workspace.segments:
        for one in drafts_in(segment):
            yield _found(segment, one, _free(one, taken[one.kind], numbers), context)


def _free(draft: Statement, taken: set[str], numbers: Counter[str]) -> str:
    """Its first name; the next number behind it where it is taken. `numbers`: the last ones given."""
    base = found = first_name(draft)
    counted = f"{draft.kind} {base}"
    while found in taken:
        numbers[counted] += 1
        found = f"{base[:58].rstrip('-')}-{numbers[counted] + 1}"
    taken.add(found)
    return found


def _found(segment: Segment, one: Statement, name: str, context: Context) -> Found:
    what = "pain" if one.kind == "pain" else "solution"
    edit = _edit(one, name, context)
    mend = None if edit is None else Mend(f"give it the id `{name}`", ((one.place.path, edit),))
    help_ = f"write it as `id: {name}` and `statement: …`, so that it can be relieved, cited and followed"
    return Found(one.place, f"this {what} is a plain text without an id", help_, mend=mend, segment=segment, item=one.text)


def _edit(one: Statement, name: str, context: Context) -> TextEdit | None:
    """The item with keys; none where what was typed is not simply the sentence (a tag, an anchor, lines kept apart)."""
    typed = context.text(one.place)
    sentence = one.text.strip()
    is_quoted = typed[:1] in _QUOTES
    if "\n" in sentence or not (is_quoted or typed[:1] == ">" or typed.split() == sentence.split()):
        return None
    value = typed if is_quoted and "\n" not in typed else quote(sentence)
    column = context.column(one.place)
    source = context.source(one.place.path)
    before = source.text[source.line_start(one.place.start) : one.place.start]
    if _IN_A_BLOCK.match(before):
        return TextEdit(one.place.start, one.place.end, f"id: {name}{context.line_break(one.place.path)}{' ' * (column - 1)}statement: {value}")
    return TextEdit(one.place.start, one.place.end, f"{{id: {name}, statement: {value}}}")
