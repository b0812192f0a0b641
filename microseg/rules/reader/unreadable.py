"""A file that cannot be read: a folder or a pipe with a file's name, or no permission.

What cannot be read cannot be checked, and a clean report would be a lie.
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS010", __name__, severity="error")
