"""An entry of the baseline that no finding matches.

What it stood for has been mended, moved or renamed by hand. Left in, it would hide the same mistake if it came back.

`microseg lint --write-baseline` writes the file again. `microseg rename` keeps it true.
"""

from microseg.lint.rule import reader_rule

check = reader_rule("MS905", __name__, severity="warning")
