"""A suppression that does not say why.

In half a year nobody will dare to remove it. It does silence its rule meanwhile.

## Flagged
```yaml
name: Corporate trainers
ideal_solutions:
  - statement: A good UI # microseg: ignore[minimum-expected]   # MS904
```

## Fixed
```yaml
name: Corporate trainers
ideal_solutions:
  - statement: A good UI # microseg: ignore[minimum-expected] asked for in a tender
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS904", __name__, severity="warning")
