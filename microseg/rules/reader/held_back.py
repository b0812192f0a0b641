"""Checks or findings that were left out, as a count.

While a file is unreadable, an id that seems to be missing may stand in it; and a file with more than a thousand findings has one cause.
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS012", __name__, severity="info")
