"""A file that was left out: an empty one, or a link that leads out of the workspace.

So that nobody looks for a segment that was never read.
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS011", __name__, severity="info")
