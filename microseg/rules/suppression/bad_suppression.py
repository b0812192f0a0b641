"""A suppression that is not written as one, or that names a whole family.

It looks as if it worked. Each rule is silenced by its own name, so that a reader sees what was decided.

## Flagged
```yaml
name: Corporate trainers
ideal_solutions:
  - statement: A good UI # microseg: ignore[MS2] asked for in a tender   # MS903
  - statement: Bug-free software # microseg: ignore minimum-expected   # MS903
```

## Fixed
```yaml
name: Corporate trainers
ideal_solutions:
  - statement: A good UI # microseg: ignore[minimum-expected] asked for in a tender
  - statement: Bug-free software # microseg: ignore[minimum-expected] the last supplier lost records
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS903", __name__, severity="error")
