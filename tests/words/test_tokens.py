"""How statements are cut into words and stems."""

import pytest

from microseg.words.tokens import Token, content_stems, stem, stem_line, tokens


def test_tokens_keep_their_places() -> None:
    text = "Users\u2019 e-mail: 99.9 % \u4f01\u696d"

    assert tokens(text) == (
        Token("Users", "users", 0, 5),
        Token("e", "e", 7, 8),
        Token("mail", "mail", 9, 13),
        Token("99.9", "99.9", 15, 19),
        Token("\u4f01", "\u4f01", 22, 23),
        Token("\u696d", "\u696d", 23, 24),
    )
    assert [token.stem for token in tokens(text)] == ["user", "e", "mail", "99.9", "\u4f01", "\u696d"]


@pytest.mark.parametrize(
    "family",
    [
        "schedule schedules scheduled scheduling",
        "plan plans planned planning",
        "study studies studied studying",
        "box boxes boxed boxing",
        "agree agrees agreed",
        "buy buys bought buying",
        "person people person's",
        "use uses used using",
        "need needs needed",
        "need needs needed needing",
    ],
)
def test_inflections_share_a_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", ["trainer train", "meeting meet", "news new", "bus bu", "status statu", "user use"])
def test_other_words_keep_their_own(pair: str) -> None:
    first, second = pair.split()

    assert stem(first) != stem(second)


def test_the_three_keywords_of_the_article_share_words() -> None:
    keywords = ("Online Courses", "Online Courses For Course Creators", "Online Course Creation For Subject Matter Experts")

    assert [content_stems(keyword) for keyword in keywords] == [
        ("onlin", "cours"),
        ("onlin", "cours", "cours", "creator"),
        ("onlin", "cours", "creation", "subject", "matter", "expert"),
    ]


def test_a_stem_line_holds_function_words_too() -> None:
    assert stem_line("All in one place!") == " all in one plac "
    assert stem_line("...") == "  "
