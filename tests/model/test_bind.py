import pytest

from microseg.criteria.dimensions import Dimensions
from microseg.model.bind_scalars import id_mistake, slugify
from microseg.model.evidence import Evidence
from microseg.model.load import load
from microseg.model.segment import Segment
from microseg.project.facts import read_facts
from microseg.source.nodes import Limits


def _read(text, path="segments/a.yaml", kind="segments"):
    facts = read_facts(path, kind, text.encode(), dimensions=Dimensions(), limits=Limits())
    problems = [(one.code, one.message, text[one.start : one.end], [edit.text for edit in one.edits]) for one in facts.problems]
    return [load(Segment if kind == "segments" else Evidence, one, path) for one in facts.packed], problems


def _segment(text):
    held, problems = _read(text)
    assert problems == []
    return held[0]


def _wrong(line):
    """What is wrong with one line below the name of a segment."""
    held, problems = _read(f"name: A\n{line}\n")
    return held[0], problems


@pytest.mark.parametrize("typed", ["", " ~", " null", " Null", " NULL", "   # note"])
@pytest.mark.parametrize(("field", "absent"), [("level", None), ("owner", None), ("reviewed", None), ("exhaustive", None), ("tags", ()), ("pain_points", ()), ("bet", None), ("size", None), ("criteria", None), ("metrics", ()), ("parent", None), ("segments", ())])
def test_nothing_and_null_mean_absent(field, absent, typed):
    assert getattr(_segment(f"name: A\n{field}:{typed}\n"), field) == absent


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("NO", "NO"), ("on", "on"), ("12:30", "12:30"), ("010", "010"), ("1.10", "1.10"), ("2026-01-01", "2026-01-01"), ("true", "true"), ("'null'", "null"), ('"~"', "~"), ("0x1F", "0x1F"), ("1_000", "1_000"), ("!!str yes", "yes"), ("'a''b'", "a'b"), (">\n  two\n  lines", "two lines\n"), ("|-\n  two\n  lines", "two\nlines"), ("'  '", None), ("|\n", None)],
)
def test_a_text_is_what_was_typed(typed, expected):
    assert _segment(f"name: A\nnotes: {typed}\n").notes == expected


@pytest.mark.parametrize(
    ("line", "value", "code", "message", "edits"),
    [
        ("exhaustive: yes", None, "MS004", "`yes` stands where true or false is due", ["true"]),
        ("exhaustive: On", None, "MS004", "`On` stands where true or false is due", ["true"]),
        ("exhaustive: False", None, "MS004", "`False` stands where true or false is due", ["false"]),
        ("exhaustive: maybe", None, "MS004", "`maybe` stands where true or false is due", []),
        ("reviewed: 2026/3/1", "2026-03-01", "MS006", "`2026/3/1` is not written as a date is", ["2026-03-01"]),
        ("reviewed: 2026-02-30", None, "MS006", "there is no such day: 2026-02-30", []),
        ("reviewed: March", None, "MS006", "`March` is not a date", []),
        ("reviewed: [2026-01-01]", None, "MS004", "a list stands where a date as YYYY-MM-DD is due", []),
        ("level: Mid-Tail", None, "MS006", "`Mid-Tail` is not one of the words this field knows", ["midtail"]),
        ("level: HEAD", None, "MS006", "`HEAD` is not one of the words this field knows", ["head"]),
        ("level: longtial", None, "MS006", "`longtial` is not one of the words this field knows", ["longtail"]),
        ("level: !x head", None, "MS006", "the tag !x means nothing here", []),
        ("id: Not an id", None, "MS006", "`Not an id` is not an id", []),
        ("id: a--b", None, "MS006", "`a--b` is not an id", []),
        ("id: index", None, "MS006", "`index` is a name that the site or the file system needs", []),
        ("tags: one", ("one",), "MS004", "one text stands where a list is due: one", ['["one"]']),
        ("tags: {a: b}", ("{a: b}",), "MS004", "a mapping stands where a list is due", []),
        ("parent: Course Creators", None, "MS006", "`Course Creators` is not an id", []),
    ],
)
def test_a_wrong_value_says_what_is_due(line, value, code, message, edits):
    segment, problems = _wrong(line)
    held = getattr(segment, line.partition(":")[0])

    assert problems[0][:2] == (code, message)
    assert problems[0][3] == edits
    assert (held.isoformat() if hasattr(held, "isoformat") else held) == value


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("{accounts: 1,840}", ("MS003", "unknown key `840`")),
        ('{accounts: "1,840"}', ("MS004", "`1,840` is not a number")),
        ("{accounts: 1e3}", ("MS004", "`1e3` is not a number")),
        ("{accounts: 0x10}", ("MS004", "`0x10` is not a number")),
        ("{accounts: -1}", ("MS006", "-1 is out of range")),
        ("{accounts: 1.5}", ("MS006", "1.5 is not a whole number")),
        ("{share_of_revenue: half}", ("MS006", "`half` does not begin with a number")),
        ("12", ("MS004", "a text (12) stands where a mapping is due")),
        ("[12]", ("MS004", "a list stands where a mapping is due")),
    ],
)
def test_a_wrong_number(typed, expected):
    _, problems = _wrong(f"size: {typed}")

    assert problems[0][:2] == expected


@pytest.mark.parametrize(("typed", "expected"), [("007", 7), ("+5", 5), ("5.", 5), ("5.0", 5), ("'5'", 5), ("0", 0)])
def test_whole_numbers(typed, expected):
    assert _segment(f"name: A\nsize: {{accounts: {typed}}}\n").size.accounts == expected


@pytest.mark.parametrize(("typed", "expected"), [("8.60", "8.6"), ("10", "10"), ("0", "0"), ("High", "high"), ("+3", "3")])
def test_scores(typed, expected):
    assert _segment(f"name: A\npain_points:\n  - {{statement: x, importance: {typed}}}\n").pain_points[0].importance == expected


@pytest.mark.parametrize("typed", ["11", "-1", "very", "1 0"])
def test_wrong_scores(typed):
    _, problems = _wrong(f"pain_points:\n  - {{statement: x, importance: {typed}}}")

    assert [code for code, *_ in problems] in (["MS006"], ["MS004"])


def test_short_forms():
    segment = _segment("name: A\nbet: Sell proof\ngoals: [Faster]\nassumptions: [They pay]\ndecisions: [no marketplace]\nrelated: [b]\nminimum_expected: [A good UI]\nideal_solutions:\n  - {statement: x, for: team leads}\n")

    assert (segment.bet.headline, segment.goals[0].statement, segment.assumptions[0].statement, segment.decisions[0].what) == ("Sell proof", "Faster", "They pay", "no marketplace")
    assert (segment.related[0].segment.written, segment.minimum_expected[0].statement, segment.ideal_solutions[0].for_.text) == ("b", "A good UI", "team leads")


def test_one_reference_without_its_list_is_a_list_of_one():
    segment = _segment("name: A\nmetrics: free-to-paid\npain_points:\n  - {statement: x, evidence: ten calls, solved_by: a-list, felt_by: b}\n")
    pain = segment.pain_points[0]

    assert [(one.written, one.is_id) for one in (*segment.metrics, *pain.evidence, *pain.solved_by, *pain.felt_by)] == [("free-to-paid", True), ("ten calls", False), ("a-list", True), ("b", True)]


def test_an_item_that_nobody_has_filled_in_is_left_out():
    assert _segment('name: A\npain_points:\n  - statement: ""\n    solved_by:\n  -\n  - ~\n  - real\n').pain_points[0].statement == "real"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: A\nkeywrod: b\n", [("MS003", "unknown key `keywrod`", "keywrod", ["keyword"])]),
        ("nmae: A\n", [("MS003", "unknown key `nmae`", "nmae", ["name"])]),
        ("name: A\nxyzzy: b\n", [("MS003", "unknown key `xyzzy`", "xyzzy", [])]),
        ("name: A\npain_points:\n  - {statement: x, statment: y}\n", [("MS003", "unknown key `statment`", "statment", [])]),
        ("owner: b\n", [("MS005", "`name:` is missing", "owner", [])]),
        ("name:\nowner: b\n", [("MS005", "`name:` is empty", "name", [])]),
        ("name: A\npain_points:\n  - {id: x}\n", [("MS005", "`statement:` is missing", "id", [])]),
        ("name: A\n? [a]\n: b\n", [("MS004", "a key is due here, a text", "[a]", [])]),
        ("name: A\npain_points:\n  - [a, b]\n", [("MS004", "a list stands where a text is due", "[a, b]", [])]),
        ("name: A\nfacts: [x]\n", [("MS004", "a text (x) stands where a mapping is due", "x", [])]),
        ("words\n", [("MS004", "a text (words) stands where a mapping is due", "words", [])]),
        ("- name: A\n", [("MS004", "a list of segments stands at the top of the file", "-", [])]),
        ("segments: A\n", [("MS004", "`segments:` holds no list", "A", [])]),
    ],
)
def test_what_does_not_fit_is_said_once(text, expected):
    assert _read(text)[1] == expected


def test_only_the_first_mistakes_of_a_file_get_a_suggestion():
    _, problems = _read("name: A\npain_points:\n" + "  - {statement: x, quot: y}\n" * 30)

    assert [edits for _, _, _, edits in problems] == [["quote"]] * 20 + [[]] * 10


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("{type: conversion, from: {plan.state: free}, to: {plan.state: paid}, within: 60d}", []),
        ("{type: conversion, from: {plan.state: free}}", [("MS005", "a metric of type conversion needs `to`, `within`")]),
        ("{type: nps, window: 90d, min_n: 30, feature: x}", [("MS003", "a metric of type nps has no field `feature`")]),
        ("{type: nsp}", [("MS006", "`nsp` is not one of the words this field knows")]),
        ("{good: up}", [("MS005", "`type:` is missing")]),
        ("{type: count, within: soon}", [("MS006", "`soon` is not a length of time"), ("MS003", "a metric of type count has no field `within`")]),
    ],
)
def test_a_metric_has_the_fields_of_its_type(metric, expected):
    _, problems = _wrong(f"metrics: [{metric}]")

    assert [(code, message) for code, message, _, _ in problems] == expected


def test_evidence_files():
    held, problems = _read("evidence:\n  - {kind: ticket, n: 40, says: 37}\n  - {id: a, kind: interview}\n", "evidence/e.yaml", "evidence")

    assert problems == []
    assert [(one.id, one.kind, one.n, one.says) for one in held] == [(None, "ticket", 40, 37), ("a", "interview", None, None)]


def test_a_record_knows_where_it_stands():
    text = "name: A\npain_points:\n  - id: x\n    statement: They wait.   # note\n    evidence: [a, b]\n  - plain\n"
    first, second = _segment(text).pain_points

    def shown(place):
        return text[place.start : place.end]

    assert [shown(first.at.key("statement")), shown(first.at.value("statement")), shown(first.at.field("id")), shown(first.at.item("evidence", 1)), shown(first.at.whole)] == ["statement", "They wait.", "id: x", "b", "id: x\n    statement: They wait.   # note\n    evidence: [a, b]"]
    assert (first.at.has("quote"), shown(first.at.first_key), second.at.is_plain_text, shown(second.at.value("statement"))) == (False, "id", True, "plain")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Corporate trainers", "corporate-trainers"), ("  L&D — Größe 50+ ", "l-and-d-grosse-50"), ("Ærø øl", "aero-ol"), ("企業研修", ""), ("a" * 80, "a" * 64), ("--x--", "x"), ("İstanbul", "istanbul"), ("", "")],
)
def test_slugs(name, expected):
    made = slugify(name)

    assert made == expected
    assert not made or id_mistake(made, "pain") == ""
