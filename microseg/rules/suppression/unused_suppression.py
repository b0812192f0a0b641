"""A suppression that silences nothing.

It will silence the next real finding on that line, and nobody will know.
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS901", __name__, severity="warning")
