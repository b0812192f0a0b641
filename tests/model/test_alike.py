"""Two states of a record that differ in wording and numbers alone."""

import pytest

from microseg.criteria.dimensions import Dimensions
from microseg.model.alike import alike
from microseg.project.facts import held, read_facts
from microseg.source.nodes import Limits

TEXT = (
    "id: crews\nname: Crews\nkeyword: software for crews\npain_points:\n  - id: dark\n    statement: Labels cannot be read.\n    importance: 7\n    evidence: [int-1]\n"
    "  - Ropes are wet.\nsize: {value: 40, as_of: 2026-05-01}\ncriteria: {plan.state: free}\n"
)


def _segment(text):
    return held(read_facts("a.yaml", "segments", text.encode(), dimensions=Dimensions(), limits=Limits())).segments[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [("cannot be read", "are too small"), ("for crews", "for all crews"), ("importance: 7", "importance: high"), ("id: crews\n", "\n# a note\nid:   crews\n"), ("value: 40", "value: 41"), ("    importance: 7\n    evidence: [int-1]\n", "    evidence: [int-1]\n    importance: 7\n")],
)
def test_other_words_and_numbers_are_alike(old, new):
    assert TEXT.replace(old, new) != TEXT
    assert alike(_segment(TEXT), _segment(TEXT.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: dark", "id: dusk"),
        ("name: Crews", "name: Captains"),
        ("[int-1]", "[int-2]"),
        ("[int-1]", "[int-1, int-2]"),
        ("    importance: 7\n", ""),
        ("Ropes are wet.", "Ropes are stiff."),
        ("  - Ropes are wet.\n", "  - statement: Ropes are wet.\n"),
        ("2026-05-01", "2026-06-01"),
        ("state: free", "state: paid"),
        ("criteria", "focus: now\ncriteria"),
    ],
)
def test_whatever_else_differs_is_not_alike(old, new):
    assert not alike(_segment(TEXT), _segment(TEXT.replace(old, new)))
