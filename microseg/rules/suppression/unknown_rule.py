"""A rule that does not exist, named in a suppression or in microseg.yaml.

A mistyped rule is switched off nowhere, or stays on where it was meant to be off.
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS902", __name__, severity="error")
