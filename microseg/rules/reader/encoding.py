"""Bytes that are not UTF-8, or characters that nobody can see.

Invisible characters can hide what a line says or turn its order round, so that a reviewer reads something else than the tool.

UTF-16 with a byte order mark is read. Joiners inside words of scripts that use them are fine.
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS008", __name__, severity="error")
