"""A suppression that is not written as one, or that names a whole family.

It looks as if it worked. Each rule is silenced by its own name, so that a reader sees what was decided.
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS903", __name__, severity="error")
