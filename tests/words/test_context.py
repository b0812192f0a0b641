"""What the workspace adds."""

from microseg.words.context import Context, context_for


def test_plain_texts_become_stems() -> None:
    found = context_for(
        ["Crane operators", "Ports"],
        ["Those who lift containers."],
        traits=["two quick cranes"],
        accept=["learner experience", "..."],
        expected=["Gamification"],
        must_be=["A good UI"],
        at_head=True,
    )

    assert found == Context(
        group=frozenset({"cran", "operator", "port", "lift", "container"}),
        traits=frozenset({"two", "cran"}),
        accept=(" learner experienc ",),
        expected=(" gamification ",),
        must_be=frozenset({" a good ui "}),
        at_head=True,
        shared=False,
    )
