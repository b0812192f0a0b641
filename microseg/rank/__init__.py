"""What to build for whom: pains inside a segment, solutions across them, segments by who is gone after; every term shown, none guessed."""
