"""What a run says, as bytes and back."""

import pytest

from microseg.project.outcome import Outcome, packed, text_in, unpacked


@pytest.mark.parametrize("said", [Outcome(("Grün\n", "", "a;b\n\udc80"), ("error", "info"), "vague"), Outcome(("",), (), "", is_empty=True)])
def test_what_was_packed_is_unpacked(said):
    assert unpacked(packed(said)) == said
    assert text_in(packed(said)) == "".join(said.texts).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("data", [b"", b"error;vague\ntext", b";;;x\n", b"\xff;;;1\nx"])
def test_whatever_else_is_refused(data):
    with pytest.raises(ValueError, match=r"."):
        unpacked(data)
