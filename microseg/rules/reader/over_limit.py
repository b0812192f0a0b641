"""A file past the bounds: size, nesting, number of values, aliases.

The bounds stop a file that is made to choke its reader, and no file that people write comes near them.

The bounds: 8 MiB a file, 64 levels, 200,000 values, 1,000 aliases, 100,000 files. `limits:` in microseg.yaml may lower them.

## Flagged
```yaml
name: &a [*a]   # MS007
```

## Fixed
```yaml
name: Course creators
```
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS007", __name__, severity="error")
