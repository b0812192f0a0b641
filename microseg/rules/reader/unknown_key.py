"""A key that the format does not have.

A mistyped key would otherwise be read as nothing: the field stays empty and nobody notices.

## Flagged
```yaml
name: Course creators
definiton: Those who sell what they know as online courses.   # MS003
```

## Fixed
```yaml
name: Course creators
definition: Those who sell what they know as online courses.
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS003", __name__, severity="error")
