"""Rules about keywords, splits and siblings: what they say, and where."""

from microseg.project import Project


def test_the_articles_own_keywords_narrow_word_for_word(lint):
    text = """\
name: Online courses
keyword: Online Courses
segments:
  - name: Course creators
    keyword: Online Courses For Course Creators
    segments:
      - name: Subject matter experts
        keyword: Online Course Creation For Subject Matter Experts
"""

    assert lint(text, "MS106") == []


def test_a_keyword_is_held_against_the_nearest_one_above(lint):
    text = """\
name: Online courses
keyword: online courses for creators
segments:
  - name: Course creators
    segments:
      - name: Experts
        keyword: the creators' online course
"""
    [found] = lint(text, "MS106")

    assert found.message == 'the keyword "the creators\' online course" adds no word to "online courses for creators"'
    assert (found.location.line, found.location.column) == (7, 9)
    assert [(one.location.line, one.message) for one in found.related] == [(2, "the keyword of Online courses")]


def _siblings(*pains):
    return "name: Head\nsplit_by: size\nsegments:\n" + "".join(f"  - name: Child {number}\n    pain_points:\n      - {pain}\n      - Only {number} waits for the {number} o'clock bus.\n" for number, pain in enumerate(pains))


def test_a_shared_need_is_told_once_with_three_related_places(lint):
    same = "New hires are enrolled by hand, days after their first shift."
    text = _siblings(*[same] * 6, "Auditors ask for one name and one date.")

    [found] = lint(text, "MS203")

    assert found.message == "6 of the 7 segments under Head have this pain, so it belongs to Head"
    assert found.location.line == 6
    assert [one.location.line for one in found.related] == [10, 14, 18]


def test_a_need_of_half_the_siblings_is_left_to_them(lint):
    assert lint(_siblings("Forms wait.", "Forms wait.", "Cranes stand still.", "Ships wait at the quay."), "MS203", "MS110") == []


def test_twins_by_solutions_alone(lint):
    text = """\
name: Head
split_by: size
segments:
  - name: One
    pain_points: [{statement: Forms wait for a week., solved_by: Sign the forms on the phone.}]
  - name: Two
    pain_points: [{statement: Cranes stand still for a day., solved_by: "On the phone, a form is signed."}]
  - name: Three
    pain_points: [{statement: Ships wait at the quay., solved_by: Book the berth from the bridge.}]
"""
    [found] = lint(text, "MS110")

    assert found.message == "Two has the same ideal solutions as One"
    assert found.location.line == 6


def test_twins_are_counted_past_three(lint):
    text = "name: Head\nsplit_by: size\nsegments:\n" + "".join(f"  - name: Child {number}\n    pain_points: [Forms wait for a week.]\n" for number in range(6))

    found = lint(text, "MS110", "MS203")

    assert [one.message for one in found][-1] == "Child 5 has the same pain points as Child 0, Child 1, Child 2, and 2 more"
    assert {one.rule for one in found} == {"MS110"}


def _in_focus(name, count):
    return f"name: {name}\nsplit_by: size\nsegments:\n" + "".join(f"  - {{name: {name} {number}, focus: now}}\n" for number in range(count))


def test_focus_is_counted_tree_by_tree_and_five_by_default(lint):
    files = {f"segments/{name}.yaml": _in_focus(name, count) for name, count in (("one", 5), ("two", 6))}

    [found] = lint(files, "MS112")

    assert found.location.path == "segments/two.yaml"
    assert found.message == "6 segments of two are in focus now; at most 5 are meant to be"
    assert len(found.related) == 3


def test_a_retired_sibling_counts_for_nothing(lint):
    text = "name: Head\nsegments:\n  - {name: One}\n  - {name: Two, status: retired}\n"

    assert [(one.rule, one.location.line) for one in lint(text, "MS108", "MS109")] == [("MS109", 1)]


def test_the_source_of_a_size_may_be_a_word(tmp_path):
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "a.yaml").write_text("name: A\nsize: {accounts: 3, source: crm}\nfacts: [{label: NPS, value: 3, source: nowhere}]\n")

    found = Project.open(tmp_path).findings().findings

    assert [(one.rule, one.item) for one in found if one.rule == "MS102"] == [("MS102", "nowhere")]
