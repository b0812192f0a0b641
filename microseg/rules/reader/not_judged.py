"""Statements that are not English, and so were not judged.

The judge knows English. It never guesses at another language; the rules about structure hold for all of them.
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS013", __name__, severity="info")
