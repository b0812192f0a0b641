import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from microseg.criteria.dimensions import Dimensions
from microseg.model.fields import shape_of
from microseg.model.load import load
from microseg.model.segment import Segment
from microseg.project.facts import read_facts
from microseg.source.edits import apply, overlap
from microseg.source.nodes import Limits, read_document
from microseg.source.quoting import lost_text, quote, repair

# where a sentence can stand, before and after it, and how the bound texts are found
PLACES = {
    "item": ("name: N\npain_points:\n  - ", "\n  - last one\nowner: me\n", lambda one: [pain.statement for pain in one.pain_points]),
    "statement": ("name: N\npain_points:\n  - statement: ", "\n    n: 3\n  - last one\nowner: me\n", lambda one: [pain.statement for pain in one.pain_points]),
    "text list": ("name: N\nwho_they_are:\n  - ", "\n  - last one\nowner: me\n", lambda one: one.who_they_are),
    "value": ("name: N\ndefinition: ", "\nowner: me\n", lambda one: [one.definition]),
    "short form": ("name: N\nbet: ", "\nowner: me\n", lambda one: [one.bet and one.bet.headline]),
    "reference": ("name: N\npain_points:\n  - statement: x\n    solved_by:\n      - ", "\nowner: me\n", lambda one: [solution.written for pain in one.pain_points for solution in pain.solved_by]),
    "nested": ("name: N\nsegments:\n  - name: M\n    pain_points:\n      - ", "\n      - last one\nowner: me\n", lambda one: [pain.statement for child in one.segments for pain in child.pain_points]),
}
SENTENCES = [
    "Waits three days: we lose them", "Our #1 complaint", "#1 complaint", "&co is what they say", "!important to them", '"I hate it" said a trainer', "@home they wait",
    "*all* of them wait", "[Enterprise] admins wait", "{Enterprise} admins wait", ">5 people wait", "|x| is unclear", "'tis hard for them", "`code` is pasted by hand", "%5 of them leave",
    "Waits: then: leaves", "Problem: our #1 complaint: waiting", "Blocked: [urgent] tickets wait", "Waits three days:", "? Why do they wait", "- again they wait", ": they wait", 'said "no": left',
    "企業研修: 待つ", "Größe: 5", "a\u00a0b: c", "\u3000wide: space", "Wait…: 😀 leaves", "*all", "&a", "!x y", "%x", "@x", "|x", ">x", "[a] b", "{a} b", '"a" b', "foo #bar",
]  # fmt: skip
FINE = ["yes", "no", "on", "12:30", "0x10", "010", "1.10", "-5", "1e3", "2026-01-01", "a, b", "a:b", "it's", 'say "no"', "C#", "a#b", "-x", "x ]", "x }", "~x", "=", "nullable", "é", "企業", "x  y", "?x", ":x", "x, [y]", "100 %", "R&D", "A*", "why?", "http://x.org/#y"]


def _facts(text):
    return read_facts("segments/n.yaml", "segments", text.encode(), dimensions=Dimensions(), limits=Limits())


def _texts(facts, place):
    return [_flat(one) for one in PLACES[place][2](load(Segment, facts.packed[0], "segments/n.yaml")) if one] if facts.packed else []


def _flat(text):
    return " ".join(text.split())


def _problems_on_its_line(text, place, facts):
    first = len(PLACES[place][0].splitlines()) - 1
    return [one for one in facts.problems if text.count("\n", 0, one.start) == first]


def _fixed(text):
    for _ in range(5):
        chosen = []
        for problem in sorted(_facts(text).problems, key=lambda one: one.start):
            if problem.code == "MS009" and not any(overlap(edit, other) for edit in problem.edits for other in chosen):
                chosen += problem.edits
        if not chosen:
            break
        text = apply(text, chosen)
    return text


@pytest.mark.parametrize("sentence", FINE)
def test_what_is_typed_is_what_is_read(sentence):
    for place, (before, after, _) in PLACES.items():
        facts = _facts(before + sentence + after)

        assert [one.message for one in facts.problems] == [], place
        assert _flat(sentence) in _texts(facts, place), place


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_lost_sentence_is_said_and_mended(sentence):
    for place, (before, after, _) in PLACES.items():
        text = before + sentence + after
        found = _problems_on_its_line(text, place, _facts(text))

        assert found != [], place
        assert " " not in sentence.partition(":")[0] or not any("unknown key" in one.message for one in found), place
        if any(one.code == "MS009" for one in found) and not sentence.startswith("- "):
            mended = _facts(_fixed(text))
            assert _flat(sentence) in _texts(mended, place), place
            assert [one.code for one in mended.problems if one.code in {"MS001", "MS009"}] == [], place


def _says_something_else(sentence, place):
    """What YAML reads as people who know it mean it: nothing at all, a comment, a text in quotes, a record."""
    typed = sentence.strip(" \t")
    if not sentence.strip() or typed in {"~", "null", "Null", "NULL", "|", ">", "?"} or typed.startswith("!!"):
        return True
    if re.search(r"(?:^|\s)#(?!\w)", typed):
        return True
    if typed[0] in "'\"":
        try:
            held = yaml.compose(f"- {typed}").value
        except yaml.YAMLError:
            return False
        return isinstance(held[0], yaml.ScalarNode) and held[0].style in {"'", '"'}
    return place in {"item", "nested"} and re.match(r"[?]?\s*(statement|id|n|quote|about)\s*(:|$)", typed) is not None


_WORDS = ["a", "we ", "Waits", " they", "x1", "12", ":", ": ", " #", "#", "'", '"', "&", "*", "!", "|", ">", "%", "@", "`", "-", "- ", "? ", "[", "]", "{", "}", ", ", "  ", "\\", "~", "<<", "é", "企業", "😀", "\u00a0", "\u3000", "\t", "…", "---", "null"]
_SENTENCES = st.one_of(
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8).map("".join),
    st.text(st.characters(blacklist_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co"]), min_size=1, max_size=20),
)


@given(_SENTENCES, st.sampled_from(sorted(PLACES)))
def test_no_sentence_is_ever_lost_or_changed_in_silence(sentence, place):
    if _says_something_else(sentence, place):
        return
    before, after, _ = PLACES[place]
    text = before + sentence + after
    facts = _facts(text)

    assert _problems_on_its_line(text, place, facts) != [] or _flat(sentence) in _texts(facts, place), text


@given(st.lists(_SENTENCES, min_size=2, max_size=3))
def test_no_sentence_hides_its_neighbours(sentences):
    """Either the file cannot be read, and says so within the list, or each line is right or has its finding."""
    sentences = [one for one in sentences if not _says_something_else(one, "text list") and not one.strip(" \t").startswith("?")]
    text = "name: N\nwho_they_are:\n" + "".join(f"  - {one}\n" for one in sentences) + "owner: me\n"
    facts = _facts(text)
    lines = {text.count("\n", 0, one.start) - 2 for one in facts.problems}
    if any(one.code == "MS001" for one in facts.problems):
        assert lines & set(range(len(sentences))), text
        return
    held = [_flat(one) for one in load(Segment, facts.packed[0], "").who_they_are]

    assert [one for index, one in enumerate(sentences) if index not in lines and _flat(one) not in held] == [], text


def test_several_in_a_file_are_all_found_where_they_stand():
    text = "name: N\npain_points:\n  - @home: they wait\n  - fine\n  - 'tis: hard\n  - statement: \"a\" b\n  - *all* wait\n  - Waits: they leave\n"

    found = sorted((text.count("\n", 0, one.start) + 1, one.code, text[one.start : one.end]) for one in _facts(text).problems)

    assert found == [(3, "MS009", "@home: they wait"), (5, "MS009", "'tis: hard"), (6, "MS009", '"a" b'), (7, "MS009", "*all* wait"), (8, "MS009", "Waits: they leave")]
    assert _fixed(text) == "name: N\npain_points:\n  - \"@home: they wait\"\n  - fine\n  - \"'tis: hard\"\n  - statement: '\"a\" b'\n  - \"*all* wait\"\n  - \"Waits: they leave\"\n"


def test_places_after_a_repair_are_those_of_the_file():
    text = "name: N\nowner: @us\nfocus: soon\nlevle: head\nnotes: |\n  kept\n"
    facts = _facts(text)

    assert [(one.code, text[one.start : one.end]) for one in facts.problems] == [("MS009", "@us"), ("MS006", "soon"), ("MS003", "levle")]
    assert facts.packed[0][:2] == (0, len(text) - 1)


def test_an_item_of_a_bracketed_list_is_quoted_alone():
    text = "name: N\nchannels: [HR conferences, our #1 site, @home]\nowner: me\n"

    assert _fixed(text) == 'name: N\nchannels: [HR conferences, "our #1 site", "@home"]\nowner: me\n'


def test_a_forgotten_bracket_is_not_mended_by_a_guess():
    text = "name: N\nchannels: [HR conferences, LMS sites\nowner: me\n"

    assert [(one.code, one.message, text[one.start]) for one in _facts(text).problems] == [("MS001", "a `[` or `{` is opened and not closed", "[")]


def test_a_forgotten_closing_quote_is_added():
    assert _fixed('name: "Corporate trainers\nowner: me\n') == 'name: "Corporate trainers"\nowner: me\n'


def test_a_sentence_over_several_lines_is_quoted_as_a_whole():
    text = "name: N\npain_points:\n  - Waits three days\n    and then: leaves\n  - other\n"

    assert _fixed(text) == 'name: N\npain_points:\n  - "Waits three days and then: leaves"\n  - other\n'


def test_a_slip_of_indentation_is_not_taken_for_a_sentence():
    text = "name: N\npain_points:\n  - statement: Foo\n     n: 3\n"

    assert [one.code for one in _facts(text).problems] == ["MS001"]


def test_a_sentence_beside_an_id_becomes_its_statement():
    text = "name: N\npain_points:\n  - id: late\n    Waits three days: we lose them\n"

    assert _fixed(text) == 'name: N\npain_points:\n  - id: late\n    statement: "Waits three days: we lose them"\n'


def test_a_suppression_behind_a_text_is_no_part_of_it():
    text = "name: N\npain_points:\n  - A good UI #microseg: ignore[minimum-expected] asked for\n"

    assert _facts(text).problems == ()


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_lines_may_end_in_any_way(line_end):
    text = "name: N\npain_points:\n  - @home\n  - Waits: x\n  - #1 need\nowner: me\n".replace("\n", line_end)

    assert [text[one.start : one.end] for one in _facts(text).problems] == ["@home", "Waits: x", "#1 need"]


@pytest.mark.parametrize(("sentence", "expected"), [("a: b", '"a: b"'), ('say "x": y', "'say \"x\": y'"), ("a\\b 'c' \"d\"", "'a\\b ''c'' \"d\"'"), ("two\n  lines", '"two lines"'), ('"open', '"open"')])
def test_quotes(sentence, expected):
    assert quote(sentence) == expected
    assert yaml.safe_load(expected) == _flat(sentence).lstrip('"') if sentence == '"open' else yaml.safe_load(expected) == _flat(sentence)


def test_lost_text_shows_the_sentence_on_one_line():
    problem = lost_text("two\n   lines", 4, 15)

    assert (problem.code, problem.message, problem.start, problem.end) == ("MS009", "YAML does not read this sentence as text: two lines", 4, 15)
    assert problem.edits == ((4, 15, '"two lines"'),)


@pytest.mark.slow
def test_repairing_a_large_file_is_bounded():
    text = "who_they_are:\n" + "  - a sentence that is fine\n" * 4_000 + "  - @x\n" * 200
    document = read_document(text)

    assert len(repair(text, document, Limits()).problems) < 50


@pytest.mark.parametrize("text", ["name: N\n---\nname: M\n", "name: N\nword\nowner: me\n", "name: N\ntags:\n  - a\n - b\n", "name: N\n\towner: me\n"])
def test_what_is_no_sentence_is_not_repaired(text):
    assert [one.code for one in _facts(text).problems] == ["MS001"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("notes: The owner told us\n  one thing: no paper #ever, or\n  they leave\n", "The owner told us one thing: no paper #ever, or they leave"),
        ('notes: "Sorry" says the desk: we are\n  full, and \'next week\' maybe\n', "\"Sorry\" says the desk: we are full, and 'next week' maybe"),
        ("notes: #1 complaint is the queue\n  which is 40 people long\n", "#1 complaint is the queue which is 40 people long"),
        ("notes: The desk waits # 3 times\n", "The desk waits # 3 times"),
        ("notes: [Saturday] the room is full\n", "[Saturday] the room is full"),
        ("notes: We wait: and wait\n  until Friday\nowner: us\n", "We wait: and wait until Friday"),
    ],
)
def test_a_sentence_over_several_lines_comes_back_whole(typed, meant):
    facts = read_facts("segments/a.yaml", "segments", f"name: A\n{typed}".encode(), dimensions=Dimensions(), limits=Limits())
    mended = apply(f"name: A\n{typed}", [edit for problem in facts.problems for edit in problem.edits])
    again = read_facts("segments/a.yaml", "segments", mended.encode(), dimensions=Dimensions(), limits=Limits())

    notes = shape_of(Segment).attributes.index("notes")
    assert [problem.code for problem in facts.problems] == ["MS009"]
    assert facts.packed[0][2][notes] == meant
    assert (again.problems, again.packed[0][2][notes]) == ((), meant)


@pytest.mark.parametrize("typed", ["channels: [a, b]   # two of them\n", "notes: plain words  # a comment of mine\n", "notes: plain words # see the wiki\n", "owner: us  # 3 people\n"])
def test_a_comment_stays_a_comment(typed):
    facts = read_facts("segments/a.yaml", "segments", f"name: A\n{typed}".encode(), dimensions=Dimensions(), limits=Limits())

    assert facts.problems == ()


@pytest.mark.parametrize(("typed", "hinted"), [("Wall # closes at noon", True), ("Wall  # closes at noon", False), ("Wall # microseg: ignore[vague] so", False), ('"Wall" # closes', False)])
def test_a_comment_close_behind_a_sentence_is_a_hint(typed, hinted):
    facts = read_facts("segments/a.yaml", "segments", f"name: A\npain_points:\n  - {typed}\n".encode(), dimensions=Dimensions(), limits=Limits())

    assert [(problem.code, problem.severity, problem.safe) for problem in facts.problems] == ([("MS009", "info", False)] if hinted else [])
