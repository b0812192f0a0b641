import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microseg.source.text import Decoded, Position, SourceFile, Unseen, blank_unseen, clean, decode, find_unseen, line_end, line_start


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Decoded("", "utf-8", b"", (), None)),
        ("Größe 企業 😀".encode(), Decoded("Größe 企業 😀", "utf-8", b"", (), None)),
        (codecs.BOM_UTF8 + "é".encode(), Decoded("é", "utf-8", codecs.BOM_UTF8, (), None)),
        (codecs.BOM_UTF16_LE + "é😀".encode("utf-16-le"), Decoded("é😀", "utf-16-le", codecs.BOM_UTF16_LE, (), None)),
        (codecs.BOM_UTF16_BE + "é😀".encode("utf-16-be"), Decoded("é😀", "utf-16-be", codecs.BOM_UTF16_BE, (), None)),
        (b"ab\xffcd", Decoded("ab\ufffdcd", "utf-8", b"", (), 2)),
        ("é".encode() + b"\xe9", Decoded("é\ufffd", "utf-8", b"", (), 1)),
        (codecs.BOM_UTF16_LE + b"a\x00b", Decoded("a\ufffd", "utf-16-le", codecs.BOM_UTF16_LE, (), 1)),
        (b"a\x00b", Decoded("a\x00b", "utf-8", b"", (Unseen(1, "\x00"),), None)),
    ],
)
def test_decodes_what_the_bytes_say(data, expected):
    assert decode(data) == expected


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u200b", "\u200e", "\u202e", "\u2066", "\u2069", "\ufeff", "\uffff"])
def test_finds_what_nobody_sees(character):
    assert find_unseen(f"ab{character}cd") == (Unseen(2, character),)


@pytest.mark.parametrize("text", ["tab\tand\nlines\r\n", "next\u0085line", "क्\u200dष", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "👩\u200d💻", "é ü ß"])
def test_leaves_joined_words_and_emoji_alone(text):
    assert find_unseen(text) == ()


@pytest.mark.parametrize("text", ["a\u200db", "\u200dक", "क\u200d", "a\u200cक"])
def test_finds_joiners_that_join_nothing(text):
    assert [one.character for one in find_unseen(text)] == [next(c for c in text if c in "\u200c\u200d")]


def test_blanks_one_for_one():
    text = "a\x00b\u202ec"

    assert blank_unseen(text, find_unseen(text)) == "a\ufffdb\ufffdc"


def test_counts_lines_as_editors_do():
    source = SourceFile("a.yaml", "one\r\ntwo\rthree\n\n😀企業\tx")

    assert source.line_starts.tolist() == [0, 5, 9, 15, 16]
    assert [source.line(number) for number in range(7)] == ["", "one", "two", "three", "", "😀企業\tx", ""]
    assert [source.position(offset) for offset in (-3, 0, 2, 5, 9, 15, 16, 17, 20, 99)] == [
        Position(1, 1), Position(1, 1), Position(1, 3), Position(2, 1), Position(3, 1),
        Position(4, 1), Position(5, 1), Position(5, 2), Position(5, 5), Position(5, 6),
    ]  # fmt: skip
    assert (source.line_start(18), source.line_end(18), source.line_end(1)) == (16, 21, 3)


TEXTS = st.lists(st.sampled_from(["\n", "\r", "\r\n", "\u2028", "a", "企😀", "  b"]), max_size=30).map("".join)


def lines_of(text):
    """The plain definition: where each line begins, and each line without its break."""
    begun, lines = [0], [""]
    for offset, sign in enumerate(text):
        if sign == "\n" or (sign == "\r" and text[offset + 1 : offset + 2] != "\n"):
            begun.append(offset + 1)
            lines.append("")
        elif sign != "\r":
            lines[-1] += sign
    return begun, lines


@given(TEXTS, st.lists(st.integers(-2, 70), max_size=20))
def test_few_questions_and_many_are_answered_alike(text, asked):
    begun, lines = lines_of(text)
    source = SourceFile("a.yaml", text)
    for offset in asked:
        inside = min(max(offset, 0), len(text))
        number = sum(one <= inside for one in begun)

        assert source.position(offset) == Position(number, inside - begun[number - 1] + 1)
        assert source.line_at(inside) == (number, begun[number - 1])
        assert source.line(number) == lines[number - 1]
        assert source.line(number + 1) == (lines[number] if number < len(lines) else "")
        assert source.line_start(inside) == begun[number - 1]
        assert source.line_end(inside) == begun[number - 1] + len(lines[number - 1])


@given(TEXTS, st.integers(0, 70), st.integers(0, 70))
def test_two_offsets_stand_on_one_line_or_not(text, one, other):
    start, end = sorted(min(offset, len(text)) for offset in (one, other))
    begun, _ = lines_of(text)

    assert SourceFile("a.yaml", text).is_one_line(start, end) == (not any(start < line <= end for line in begun))


def test_an_empty_text_has_one_empty_line():
    source = SourceFile("a.yaml", "")

    assert (source.position(0), source.position(5), source.line(1)) == (Position(1, 1), Position(1, 1), "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain 企業 😀", "plain 企業 😀"),
        ("two\r\nlines\tand\u2028more", "two lines and more"),
        ("\x1b[31mred\x07", "\\u{1b}[31mred\\u{7}"),
        ("abc\u202etxt.exe", "abc\\u{202e}txt.exe"),
        ("👩\u200d💻 a\u200db", "👩\u200d💻 a\\u{200d}b"),
        ("\ud800", "\\u{d800}"),
    ],
)
def test_cleans_for_a_terminal(text, expected):
    assert clean(text) == expected


def test_a_text_that_nobody_can_see_is_counted_no_further_than_needed():
    assert len(find_unseen("\x00" * 5_000)) == 1_001


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_one_question_and_many_have_one_answer(line_break):
    text = line_break.join(["one", "", "three", "four"])
    source = SourceFile("a.yaml", text)
    inside = [offset for offset in range(len(text) + 1) if line_break != "\r\n" or text[offset - 1 : offset + 1] != "\r\n"]

    assert [(line_start(text, offset), line_end(text, offset)) for offset in inside] == [(source.line_start(offset), source.line_end(offset)) for offset in inside]
