"""A value of another kind than its field holds: a text where a list is due, `yes` where `true` is.

YAML guesses what a value is; the format does not, the field decides. So a guess that went wrong is shown with its mend.

## Flagged
```yaml
name: Course creators
exhaustive: yes   # MS004
channels: HR conferences   # MS004
```

## Fixed
```yaml
name: Course creators
exhaustive: true
channels: [HR conferences]
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS004", __name__, severity="error")
