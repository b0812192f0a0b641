"""A page that is not made again is the page that would have been made: random workspaces, random edits."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefs.conftest import open_material
from microseg.briefs.pieces import Kept
from microseg.briefs.site import plan_changes, plan_site
from microseg.lint.finding import Finding, Location
from microseg.model.ranking import spots

NAMES = ("a", "b", "c", "d", "e", "f")
names = st.sampled_from(NAMES)
texts = st.sampled_from(["It hurts.", "It hurts more.", "Those who wait.", "مدربو"])
scores = st.sampled_from([None, 3, 9.5, "high"])
pains = st.fixed_dictionaries(
    {"statement": texts},
    optional={"id": st.sampled_from(["p1", "p2", "p3"]), "importance": scores, "evidence": st.lists(st.sampled_from(["e1", "e2"]), max_size=2), "solved_by": st.lists(st.sampled_from(["s1", "s2", "Cure it."]), max_size=2), "felt_by": st.lists(names, max_size=2)},
)
solutions = st.fixed_dictionaries({"statement": texts}, optional={"id": st.sampled_from(["s1", "s2"]), "relieves": st.lists(st.sampled_from(["p1", "p2", "p3"]), max_size=2)})
contents = st.fixed_dictionaries(
    {},
    optional={
        "name": texts, "definition": texts, "pain_points": st.lists(pains, max_size=2), "ideal_solutions": st.lists(solutions, max_size=2), "size": st.fixed_dictionaries({"users": st.integers(1, 50)}),
        "minimum_expected": st.lists(texts, max_size=1), "criteria": st.sampled_from([{"plan.state": "paid"}, {"segment": "a"}, {"segment": "e"}]), "goals": st.just([{"statement": "Faster.", "because_of": ["p1"]}]),
        "related": st.lists(st.fixed_dictionaries({"segment": names}), max_size=1), "owner": st.sampled_from(["team", "sales"]), "focus": st.sampled_from(["now", "never"]), "status": st.sampled_from(["active", "retired"]), "replaced_by": names,
        "bet": st.fixed_dictionaries({"headline": texts}), "reviewed": st.sampled_from(["2026-01-01", "2026-06-01"]),
    },
)  # fmt: skip
evidence = st.lists(st.fixed_dictionaries({"id": st.sampled_from(["e1", "e2"]), "kind": st.just("interview")}, optional={"n": st.integers(1, 3), "title": texts}), max_size=2)
# a above b above c above d; e beside b, f beside c: every tie of a page to others is there
PARENTS = {"a": None, "b": "a", "c": "b", "d": "c", "e": "a", "f": "b"}
places = st.fixed_dictionaries({}, optional={"parent": names, "id": names})
# who stands elsewhere from the beginning: where ids stand twice, or segments go round in a circle, much hangs on where the tree begins
strays = st.dictionaries(st.sampled_from(NAMES), places, max_size=3)
# which pains every product owes, before and after: what was found may change though no file of a page did
owed = st.sets(st.tuples(st.sampled_from(NAMES), st.integers(0, 1)), max_size=3)
edits = st.one_of(
    st.tuples(st.sampled_from(NAMES), contents),
    st.tuples(st.sampled_from(NAMES), places),
    st.tuples(st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("evidence"), evidence),
    st.tuples(st.just("more"), st.lists(st.tuples(names, contents), max_size=2)),
)


def typed(held, proof):
    files = {f"segments/{name}.yaml": {"id": name, "parent": PARENTS[name], **held[name]} for name in NAMES if held.get(name) is not None}
    files["segments/more.yaml"] = {"segments": [{"id": f"more-{number}", "parent": above, **one} for number, (above, one) in enumerate(held["more"])]}
    files["evidence/talks.yaml"] = {"evidence": proof}
    return {path: json.dumps(value, ensure_ascii=False) for path, value in files.items()}


def owing(root, files, owed):
    """The material of files in which lint found these pains, by segment and place, to be what every product owes."""
    material = open_material(root, files, findings=lambda: [Finding("MS201", "minimum-expected", "warning", "sure", "owed", "", Location(*where, 0, 0)) for where in places])
    spot = spots(material.source)
    places = [spot(pain.at.value("statement")) for one in material.workspace.segments for number, pain in enumerate(one.pain_points) if (one.id, number) in owed]
    return material


@pytest.mark.slow
@given(st.tuples(st.fixed_dictionaries(dict.fromkeys(NAMES, contents)), strays), evidence, edits, st.tuples(owed, owed))
@example(({name: {} for name in NAMES}, {"a": {"parent": "d"}, "c": {"parent": "c", "id": "a"}}), [], ("b", {"name": "It hurts."}), (set(), set()))
@settings(max_examples=150, deadline=None)
def test_pages_that_are_kept_are_the_pages_that_would_be_made(tmp_path_factory, tree, proof, edit, lanes):
    (held, stray), (before, after) = tree, lanes
    root, (where, what) = tmp_path_factory.getbasetemp() / "nothing", edit
    held = {**{name: {**one, **stray.get(name, {})} for name, one in held.items()}, "more": []}
    made = plan_changes(owing(root, typed(held, proof), before), {}, formats=("html",))
    files = typed(held, what) if where == "evidence" else typed({**held, where: what if where == "more" or what is None else {**held[where], **what}}, proof)
    changed = owing(root, files, after)
    again = plan_changes(changed, made.keys, formats=("html",), pieces=made.pieces)
    whole = plan_site(owing(root, files, after), formats=("html",))

    assert {path: whole[path] for path in again.files} == again.files
    assert {path: made.files[path] for path in again.kept} == {path: whole[path] for path in again.kept}
    assert set(again.files) | again.kept == set(whole)


@pytest.mark.slow
def test_an_edit_makes_few_pages_again(tmp_path):
    tree = {f"segments/s-{number}.yaml": f"name: S {number}\npain_points: [It hurts {number}.]\n" + (f"parent: s-{(number - 1) // 4}\n" if number else "") for number in range(24)}
    made = plan_changes(open_material(tmp_path, tree), {}, formats=("html",))
    edited = {**tree, "segments/s-20.yaml": tree["segments/s-20.yaml"].replace("It hurts", "It burns")}
    again = plan_changes(open_material(tmp_path, edited), made.keys, formats=("html",))

    assert sorted(path for path in again.files if path.startswith("s-")) == ["s-0.html", "s-20.html", "s-4.html"]


def test_a_cure_that_stands_beside_the_tree_line_counts(tmp_path):
    files = {
        "segments/a.yaml": "id: a\nname: A\npain_points: [{id: p1, statement: It hurts.}]\n",
        "segments/b.yaml": "id: b\nname: B\nparent: a\n",
        "segments/c.yaml": "id: c\nname: C\nparent: a\nideal_solutions: [{statement: Cure it., relieves: p1}]\n",
    }
    made = plan_changes(open_material(tmp_path, files), {})
    again = plan_changes(open_material(tmp_path, {**files, "segments/c.yaml": files["segments/c.yaml"].replace("Cure it", "Heal it")}), made.keys)

    assert b"Heal it" in again.files["b.html"]


def test_a_cure_that_leaves_the_line_above_is_missed_beside_it(tmp_path):
    files = {
        "segments/h.yaml": "id: h\nname: H\npain_points: [{id: p1, statement: It hurts.}]\n",
        "segments/o.yaml": "id: o\nname: O\n",
        "segments/c.yaml": "id: c\nname: C\nparent: h\n",
        "segments/k.yaml": "id: k\nname: K\nparent: h\n",
        "segments/m.yaml": "id: m\nname: M\nparent: k\n",
        "segments/x.yaml": "id: x\nname: X\nparent: m\nideal_solutions: [{id: s1, statement: Blow a horn., relieves: [p1]}]\n",
    }
    moved = {**files, "segments/m.yaml": "id: m\nname: M\nparent: o\n"}
    made = plan_changes(open_material(tmp_path, files), {})
    again = plan_changes(open_material(tmp_path, moved), made.keys)
    fresh = plan_changes(open_material(tmp_path, moved), {})

    assert {name: again.files.get(name, made.files.get(name)) for name in fresh.files} == dict(fresh.files)


def test_what_is_kept_of_segments_is_believed_only_under_its_key_and_if_it_can_be_read(tmp_path):
    files = {"segments/a.yaml": "name: A\nsegments: [{name: B, pain_points: [It hurts.]}]\n"}
    made = plan_changes(open_material(tmp_path, files), {}, formats=("html",))
    key, text = made.pieces.pieces["b"]
    lies = text.replace("It hurts.", "It lies.")

    def overview(held):
        return plan_changes(open_material(tmp_path, files), {}, formats=("html",), pieces=Kept(held)).files["overview.html"]

    assert b"It lies." in overview({"b": (key, lies)})
    assert overview({"b": ("another key", lies)}) == made.files["overview.html"]
    for broken in ("", "{", "[]", "null", text[:-1], text.replace("[", "{", 1), "[1,2,3,4,5,6,7]"):
        assert overview({"b": (key, broken)}) == made.files["overview.html"]
