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

from microseg.lint.judged import around, judged
from microseg.lint.needs import own
from microseg.lint.rule import Context, Family, Found, rule
from microseg.lint.where import quoted
from microseg.words.wording import solution_in_disguise, vague


@rule("MS306", scope="family", severity="warning")
def check(family: Family, context: Context) -> Iterator[Found]:
    """Own pains in English, save those that MS201 or MS305 speaks of already."""
    for segment in family.children:
        for pain in own(segment, "pain"):
            found = vague(pain.text)
            if found is None or solution_in_disguise(pain.text) is not None:
                continue
            verdict = judged(pain.text, around(family, segment, context), context, kind="pain")
            if verdict.label == "specific":
                message = f"{quoted(pain.text)}: {found.reason.partition(';')[0]}"
                help_ = "say who does what, when, and what goes wrong, so that somebody could watch or count it"
                yield Found(pain.place, message, help_, segment=segment, item=pain.text, label=f"`{found.words}` says how it feels", route=pain.route)
