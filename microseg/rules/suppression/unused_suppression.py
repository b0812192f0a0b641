"""A suppression that silences nothing.

It will silence the next real finding on that line, and nobody will know.

## Flagged
```yaml
name: Corporate trainers
owner: learning-team # microseg: ignore[no-owner] to be named next month   # MS901
```

## Fixed
```yaml
name: Corporate trainers
owner: learning-team
```

## Fine
```yaml
name: Corporate trainers # microseg: ignore[no-owner] to be named next month
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS901", __name__, severity="warning")
