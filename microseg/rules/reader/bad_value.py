"""A value outside what its field allows: a word of a closed list, a range, a date, an id.

A value that no command understands would be left out of every brief and every measure.

## Flagged
```yaml
name: Course creators
level: top   # MS006
reviewed: 2026-13-01   # MS006
```

## Fixed
```yaml
name: Course creators
level: head
reviewed: 2026-12-01
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS006", __name__, severity="error")
