"""A rule that does not exist, named in a suppression or in microseg.yaml.

A mistyped rule is switched off nowhere, or stays on where it was meant to be off.

## Flagged
```yaml
# file: microseg.yaml
lint:
  ignore: [no-ownr]   # MS902
# file: segments/example.yaml
name: Corporate trainers
ideal_solutions:
  - statement: A good UI # microseg: ignore[minimum-expectd] asked for in a tender   # MS902
```

## Fixed
```yaml
# file: microseg.yaml
lint:
  ignore: [no-owner]
# file: segments/example.yaml
name: Corporate trainers
ideal_solutions:
  - statement: A good UI # microseg: ignore[minimum-expected] asked for in a tender
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS902", __name__, severity="error")
