"""A pain without a situation.

Two people who read "Reporting is a nightmare" picture two different things and build two different features. A pain
that one could stand next to and watch, with who, what and when, can be counted, checked and relieved.

## Flagged
```yaml
name: Corporate trainers
pain_points:
  - statement: Reporting is a nightmare.   # MS306
```

## Fixed
```yaml
name: Corporate trainers
pain_points:
  - statement: An auditor picks one name and one date, and two people spend two days matching sign-in sheets.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.judged import around, around_item, judged
from microseg.lint.pain_wording import faulty_pains
from microseg.lint.rule import Context, Family, Found, rule
from microseg.lint.where import quoted


@rule("MS306", scope="family", severity="warning", needs=("pain_points",))
def check(family: Family, context: Context) -> Iterator[Found]:
    """Own pains in English, save those that MS201 or MS305 speaks of already."""
    for segment in family.children:
        for pain, fault in faulty_pains(segment, context):
            if fault.kind != "vague":
                continue
            where = around_item(pain.text, "pain", around(family, segment, context), family, context)
            if judged(pain.text, where, context, kind="pain").confidence != "sure":
                help_ = "say who does what, when, and what goes wrong, so that somebody could watch or count it"
                label = f"`{fault.words}` says how it feels" if fault.words else ""
                yield Found(pain.place, f"{quoted(pain.text)}: {fault.reason}", help_, segment=segment, item=pain.text, label=label, route=pain.route)
