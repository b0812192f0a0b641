"""A sentence that YAML turned into something else.

People type sentences; YAML takes a colon for a key, ` #` for a comment, a leading `*`, `&`, `!`, `@` or `[` for signs of its own. The sentence is shown as it was typed, and the fix puts it in quotes.

## Flagged
```yaml
name: Course creators
pain_points:
  - Waits three days: we lose them   # MS009
```

## Fixed
```yaml
name: Course creators
pain_points:
  - "Waits three days: we lose them"
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS009", __name__, severity="error")
