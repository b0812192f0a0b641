"""A required key is missing, or an id cannot be derived.

Without a name there is nothing to show, and two things with one id cannot be told apart.

An `id` that is left out follows from the file's name or, for a nested segment, from its name. Where nothing can follow from it, or the result is taken, the rule asks for one.

## Flagged
```yaml
keyword: online courses   # MS005
```

## Fixed
```yaml
name: Course creators
keyword: online courses
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS005", __name__, severity="error")
