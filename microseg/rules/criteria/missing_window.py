"""A behavior without the time it is looked at in.

"At least twelve active days" means one thing in a month and another in ten years. Whoever reads the segment, or counts
it, would have to guess, and two people would count two different groups.

## Flagged
```yaml
# file: microseg.yaml
definitions:
  power-user:
    use.active_days: {gte: 12}   # MS602
# file: segments/example.yaml
name: Corporate trainers
criteria: {use: power-user}
```

## Fixed
```yaml
# file: microseg.yaml
definitions:
  power-user:
    use.active_days: {gte: 12, last: 30d}
# file: segments/example.yaml
name: Corporate trainers
criteria: {use: power-user}
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS602", __name__, severity="error")
