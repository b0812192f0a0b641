"""When two statements say the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.lint.likeness import Index, alike, doubtful, groups, sense, shares_most, stems_in, stems_of
from microseg.words.analyse import analyse


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("New hires are enrolled by hand, days after their first shift.", "By hand, days after the first shift, a new hire is enrolled."),
        ("Recruiters chase panel members by mail", "Panel members are chased by the recruiter by mail."),
        ("A good UI", "a good ui!"),
        ("採用担当者が待つ", "採用担当者が待つ。"),
    ],
)
def test_alike(first, second):
    assert alike(sense(first), sense(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Reminders go out 3 days before the audit visit of the insurer.", "Reminders go out 5 days before the audit visit of the insurer."),
        ("Trainers can change the course list in the spring term.", "Trainers cannot change the course list in the spring term."),
        ("New hires wait", "New hires leave"),
        ("New hires are enrolled by hand.", "Recruits sit without a course until someone remembers."),
        ("採用担当者が三日待つ", "採用担当者が五日待つ"),
    ],
)
def test_not_alike(first, second):
    assert not alike(sense(first), sense(second))


WORDS = st.sampled_from(["crane", "operator", "renew", "certificate", "shift", "gate", "foreman", "unlock", "tablet", "signal", "auditor", "name", "date", "sheet", "print", "sign"])


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=12), st.sampled_from([0, 1, 3, 5]))
def test_the_index_finds_what_comparing_each_with_each_finds(texts, together):
    leaders = []
    expected = []
    for number, text in enumerate(texts):
        same = [other for other in leaders if sense(text).stems == sense(texts[other]).stems]
        found = same or [other for other in leaders if alike(sense(text), sense(texts[other]))]
        expected.append(found[0] if found else number)
        if not found:
            leaders.append(number)

    assert Index(texts, together=together).group_of == tuple(expected)
    assert groups(texts) == tuple(expected)
    assert groups(texts[:6]) == tuple(expected[:6])


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), max_size=8), st.lists(WORDS, min_size=1, max_size=8).map(" ".join), st.sampled_from([0, 1, 3, 5]))
def test_the_index_is_searched_from_outside(texts, sought, together):
    found = Index(texts, together=together).find(sought)

    assert (found is not None) is any(alike(sense(sought), sense(text)) for text in _leaders(texts))
    assert found is None or shares_most(stems_of(sought), map(stems_of, texts))


def _leaders(texts):
    return [text for number, text in enumerate(texts) if groups(texts)[number] == number]


ODD = st.sampled_from(["not", "can't", "3", "30%", "who", "the", "shift-roster", "(gate)", "Name,", "\u2014", "schichtplan"])


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.lists(st.one_of(WORDS, ODD), max_size=9).map(" ".join), max_size=5))
def test_what_says_the_same_is_doubtful_at_first_sight(texts):
    near = doubtful([stems_of(text) for text in texts])
    for number, text in enumerate(texts):
        for other in texts[:number]:
            says_the_same = alike(sense(text), sense(other)) or (sense(text).stems, sense(text).denies) == (sense(other).stems, sense(other).denies)

            assert {number, texts.index(other)} <= set(near) or not says_the_same

    assert groups(texts) == Index(texts).group_of


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.one_of(WORDS, ODD), max_size=9).map(" ".join))
def test_an_analysis_tells_what_the_text_tells(text):
    assert stems_in(text, analyse(text)) == stems_of(text)
