"""Statements that are not English, and so were not judged.

The judge knows English and never guesses at another language: a wrong verdict would teach the team to ignore the
right ones. The rules about structure hold for all languages.

## Flagged
```yaml
name: Corporate trainers
pain_points:
  - statement: Die neuen Kollegen werden erst Tage nach der ersten Schicht von Hand in die Kurse eingetragen.   # MS013
    solved_by: Neue Kollegen aus dem Personalsystem vor der ersten Schicht in die Kurse eintragen.
```

## Fixed
```yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    solved_by: Enrol new hires from the HR system before their first shift.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, Note, rule
from microseg.lint.statements import statements_of
from microseg.lint.where import called, few


@rule("MS013", scope="chain", severity="info", needs=("ideal_solutions", "pain_points"))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """One finding a segment, at the first of its own statements that is not English."""
    foreign = [one for one in statements_of(chain.segment, context) if not context.analyse(one.text).english]
    if not foreign:
        return
    related = few(Note(one.place, "nor is this one") for one in foreign[1:])
    count = len(foreign)
    message = f"{count} statement{'s' if count > 1 else ''} of {called(chain.segment)} {'are' if count > 1 else 'is'} not English and not judged"
    yield Found(foreign[0].place, message, "ask yourself: which segment would not want this?", related.notes, segment=chain.segment, route="language")
