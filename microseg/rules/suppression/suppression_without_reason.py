"""A suppression that does not say why.

In half a year nobody will dare to remove it. It does silence its rule meanwhile.
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS904", __name__, severity="warning")
