"""A key stands twice in one mapping.

YAML would keep the last one and drop the first without a word.

## Flagged
```yaml
name: Course creators
owner: learning-team
owner: growth-team   # MS002
```

## Fixed
```yaml
name: Course creators
owner: learning-team
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS002", __name__, severity="error")
