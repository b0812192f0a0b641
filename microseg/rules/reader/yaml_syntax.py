"""The text is not YAML.

Nothing in a file that cannot be read is checked, so this comes first. Other files go on being checked.

A file holds one document; `---` in the middle of it is such a mistake, and so is a tab used to indent.

## Flagged
```yaml
name: Course creators
  keyword: online courses   # MS001
```

```yaml
name: Course creators
---   # MS001
name: Corporate trainers
```

## Fixed
```yaml
name: Course creators
keyword: online courses
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS001", __name__, severity="error")
