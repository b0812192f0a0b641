"""Whatever people type, the judges answer, twice the same, and point at words that are there."""

from hypothesis import given
from hypothesis import strategies as st

from microseg.words.analyse import analyse
from microseg.words.context import context_for
from microseg.words.explain import explain
from microseg.words.language import is_english, is_plainly_english
from microseg.words.learnt import may_smell_of_person, smells_of_person
from microseg.words.look import content_in, sight_of
from microseg.words.person import occupation_only, persona, signs, stereotype, useless_detail
from microseg.words.shape import grammar_in
from microseg.words.tokens import content_stems, lowered_words, stem, token_span, token_words, tokens
from microseg.words.verdict import verdict
from microseg.words.wording import solution_in_disguise, vague

_WORDS = st.sampled_from(["a", "good", "UI", "easy", "to", "use", "crane", "operators", "99.9%", "Mary,", "34-year-old", "\u2014", "n'est", "log-in", "don\u2019t", "\u4f01\u696d", "van", "per", "und", "Rechnungen", "the"])
_TEXTS = st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=12).map(" ".join))


@given(_TEXTS)
def test_verdicts_and_explanations_agree(text: str) -> None:
    context = context_for(["Crane operators"], expected=["easy"], accept=["good crane"])
    found = verdict(analyse(text), context, kind="pain")
    explained = explain(text, context, kind="pain")

    assert found == verdict(analyse(text), context, kind="pain") == explained.verdict
    assert 0 <= found.score <= 1
    assert [text[word.start : word.end] for word in explained.words] == [word.text for word in explained.words]
    assert (explained.move != "") is (found.label == "mer")


@given(_TEXTS)
def test_words_and_places_are_those_of_the_tokens(text: str) -> None:
    found = tokens(text)

    assert token_words(text) == [token.lower for token in found]
    assert [token_span(text, number) for number in range(len(found))] == [(token.start, token.end) for token in found]


@given(_TEXTS)
def test_one_person_is_never_missed_at_first_sight(text: str) -> None:
    _, words, _, numbers = sight_of(text)
    held = signs(text)

    assert may_smell_of_person(numbers, len(words), held) >= smells_of_person(numbers, len(words), held)


@given(_TEXTS)
def test_a_giveaway_stands_in_its_text(text: str) -> None:
    judges = (persona, stereotype, occupation_only, useless_detail, solution_in_disguise, vague)

    assert all(text[found.start : found.end] == found.words for judge in judges if (found := judge(text)))


@given(_TEXTS)
def test_what_is_plainly_english_is_english(text: str) -> None:
    grammar, foreign = grammar_in(sight_of(text).numbers)

    assert is_english(text) or not is_plainly_english(text, grammar, foreign)


@given(_TEXTS)
def test_a_sight_holds_the_words_and_their_stems(text: str) -> None:
    found = sight_of(text)

    assert list(found.words) == lowered_words(text)
    assert found.stems == tuple(map(stem, found.words))


@given(_TEXTS, _TEXTS)
def test_content_is_the_same_however_it_is_looked_for(one: str, other: str) -> None:
    assert content_in([one, other]) == {*content_stems(one), *content_stems(other)}


@given(_TEXTS)
def test_tokens_stand_in_order(text: str) -> None:
    found = tokens(text)

    assert all(text[token.start : token.end] == token.text for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)
