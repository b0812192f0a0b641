"""A page that is not made again is the page that would have been made: random workspaces, random edits."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.conftest import open_material
from microseg.briefs.site import plan_changes, plan_site

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
edits = st.one_of(
    st.tuples(st.sampled_from(NAMES), contents),
    st.tuples(st.sampled_from(NAMES), st.fixed_dictionaries({"parent": names})),
    st.tuples(st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("evidence"), evidence),
    st.tuples(st.just("more"), st.lists(st.tuples(names, contents), max_size=2)),
)


def typed(held, proof):
    files = {f"segments/{name}.yaml": {"id": name, "parent": PARENTS[name], **held[name]} for name in NAMES if held.get(name) is not None}
    files["segments/more.yaml"] = {"segments": [{"id": f"more-{number}", "parent": above, **one} for number, (above, one) in enumerate(held["more"])]}
    files["evidence/talks.yaml"] = {"evidence": proof}
    return {path: json.dumps(value, ensure_ascii=False) for path, value in files.items()}


@pytest.mark.slow
@given(st.fixed_dictionaries(dict.fromkeys(NAMES, contents)), evidence, edits)
@settings(max_examples=120, deadline=None)
def test_pages_that_are_kept_are_the_pages_that_would_be_made(tmp_path_factory, held, proof, edit):
    root, (where, what) = tmp_path_factory.getbasetemp() / "nothing", edit
    held = {**held, "more": []}
    made = plan_changes(open_material(root, typed(held, proof)), {}, formats=("html",))
    changed = open_material(root, typed(held, what) if where == "evidence" else typed({**held, where: what if where == "more" or what is None else {**held[where], **what}}, proof))
    again = plan_changes(changed, made.keys, formats=("html",))
    whole = plan_site(changed, formats=("html",))

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
