"""A build after edits leaves what a build from nothing makes, however little of the workspace it read."""

import json
import shutil
from pathlib import Path

import pytest
from edited_trees import make_ready
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.briefs import after_edit
from microseg.cli.building import Order, Ways, build_site
from microseg.lint.engine import Options
from microseg.model.criteria_hash import criteria_hashes
from microseg.project import Project, edited

# a head above three groups, each with its own below it; ids lead up, down and across; sizes, owners, criteria and notes of all kinds
TREE = {
    "microseg.yaml": "version: 1\nproduct: {name: Quay}\ndefaults: {status: active, unit: user}\n",
    "evidence/e.yaml": "evidence:\n  - {id: int-1, kind: interview, n: 4, date: 2026-05-01, end_user: true}\n  - {id: int-2, kind: ticket, n: 30, says: 9, date: 2026-06-01}\n  - {id: int-3, kind: survey, n: 90, date: 2026-01-01}\n",
    "segments/head.yaml": (
        "id: head\nname: Harbour planners\nowner: planning\nsize: {users: 900}\nsplit_by: firmo.industry\npain_points:\n  - {id: slow, statement: The berth plan is typed anew., importance: 8, satisfaction: 2, evidence: [int-1], felt_by: [north]}\n"
        "  - {id: late, statement: Nobody sees who is late., evidence: [int-2]}\nideal_solutions:\n  - {id: one-plan, statement: Share one berth plan., relieves: [slow]}\nminimum_expected: [Stable software]\n"
    ),
    "segments/north.yaml": (
        "id: north\nname: Northern harbours\nparent: head\nsize: {users: 300}\nwhat_they_do: [Plan for ice]\nnot_for: [Those who skate]\npain_points:\n  - {id: ice, statement: Ice closes two berths., importance: 9, satisfaction: 1, evidence: [int-1, int-2], felt_by: [leaf-1, leaf-3]}\n"
        "  - {id: dark, statement: Crews read labels in the dark., solved_by: [lamp]}\nideal_solutions:\n  - {id: map, statement: See the ice on the map., relieves: [ice]}\ncriteria: {firmo.industry: {in: [fi]}}\n"
    ),
    "segments/south.yaml": (
        "id: south\nname: Southern harbours\nparent: head\nsize: {users: 200}\nfocus: now\npain_points:\n  - {id: heat, statement: Cranes stop when it is hot., evidence: [int-3]}\nideal_solutions:\n  - {id: night, statement: Plan the cranes by night., relieves: [heat, late]}\n"
        "assumptions:\n  - {statement: They work by night., test: Ask ten of them., due: 2026-03-01}\nbet: {headline: Cranes that never stop.}\n"
    ),
    "segments/isles.yaml": "id: isles\nname: Islands\nparent: head\ncriteria: {not: {segment: north}}\nsegments:\n  - {id: rock, name: Rocks, pain_points: [{statement: It is lonely.}], related: [{segment: leaf-2, how: similar}]}\n  - {id: reef, name: Reefs, criteria: {segment: south}}\n",
    **{
        f"segments/leaf-{number}.yaml": (
            f"id: leaf-{number}\nname: Quay {number}\nparent: {parent}\nsize: {{users: {20 * number}}}\ntags: [small, t{number % 3}]\npain_points:\n  - {{id: fish-{number}, statement: Crates wait {number} hours on the quay., quote: We wait., importance: {number % 9 + 1}, satisfaction: 3, evidence: [int-1]}}\n"
            f"ideal_solutions:\n  - {{id: {'lamp' if number == 2 else f'lamp-{number}'}, statement: Print label {number} that glows., relieves: [fish-{number}]}}\ngoals:\n  - {{statement: Half the wait {number}., baseline: {number}0 %, target: 5 %, because_of: [fish-{number}, ice], by: 2026-02-01}}\n"
        )
        for number, parent in enumerate(["north"] * 5 + ["south"] * 4 + ["leaf-1"] * 3, 1)
    },
}
TREE["segments/leaf-3.yaml"] = TREE["segments/leaf-3.yaml"].replace("id: leaf-3\n", "")  # the file's name is the id
ANY = [f"leaf-{number}" for number in range(1, 13)]
# in which files, what is replaced by what; then whether the rest of the workspace is needed to show it
REWORDED = [
    *[(name, "Crates wait", "Boxes stand") for name in ("leaf-1", "leaf-2", "leaf-7", "leaf-12")],
    ("leaf-3", "We wait.", "We stand and wait."), ("leaf-4", "importance: 5", "importance: 9"), ("leaf-5", "Half the wait", "Half the queue"), ("leaf-6", "that glows", "- easy to use and intuitive -"),
    ("leaf-8", "Crates wait 8 hours on the quay.", "A good UI"), ("leaf-8", "id: leaf-8\n", "\n\n# nothing\nid: leaf-8\n"), ("leaf-9", "target: 5 %", "target: 3 %"), ("isles", "It is lonely.", "It is very lonely."),
    ("leaf-5", "pain_points:\n", "pain_points:\n  - {id: new, statement: The tide turns unseen., importance: 9, satisfaction: 1, evidence: [int-3]}\n"),
    ("leaf-9", "ideal_solutions:\n", "ideal_solutions:\n  - {id: bell, statement: A bell rings when the tide turns., relieves: [fish-9]}\n"),
]  # fmt: skip
# the same where nothing was measured: measures name those who share members, and tell whether others were measured
NAMED = [
    *[(name, f"name: {old}", f"name: {new}") for name, old, new in (("leaf-3", "Quay 3", "Pier 3"), ("leaf-2", "Quay 2", "Pier 2"), ("leaf-12", "Quay 12", "Pier 12"), ("isles", "Islands", "Cliffs"), ("isles", "Reefs", "Long reefs"))],
    *[(name, f"users: {old}", f"users: {new}") for name, old, new in (("leaf-2", "40", "400"), ("leaf-12", "240", "1"), ("leaf-7", "140", "2000"))], ("leaf-9", "size: {users: 180}\n", "notes: Small.\n"), ("isles", "name: Islands\n", "name: Islands\nsize: {users: 250}\n"), ("isles", "name: Rocks,", "name: Rocks, size: {accounts: 3},"),
    ("isles", "{segment: south}", "{segment: leaf-2}"), ("leaf-6", "pain_points:\n", "pain_points:\n  - They count crates twice.\n"), ("leaf-10", "tags: [small", "tags: [tiny"), ("leaf-4", "by: 2026", "by: 2025"), ("leaf-7", "tags: [small", "criteria: {firmo.industry: {in: [se]}}\ntags: [small"), ("leaf-11", "name: Quay 11\n", "name: Quay 11\nowner: loading\nchannels: [radio]\n"),
]  # fmt: skip
OTHERS = [
    ("north", "name: Northern", "name: Polar"), ("south", "name: Southern", "name: Hot"), ("head", "name: Harbour", "name: Port"), ("head", "users: 900", "users: 9"), ("south", "users: 200", "users: 2"), ("north", "size: {users: 300}\n", "notes: Cold.\n"), ("north", "{in: [fi]}", "{in: [fi, se]}"), ("north", "Plan for ice]", "Plan for ice, Wait for spring]"), ("south", "bet: {headline", "channels: [radio]\nbet: {headline"),
    ("north", "Ice closes", "Fog closes"), ("north", "Plan for ice", "Plan for fog"), ("north", "See the ice", "Smell the ice"), ("head", "typed anew", "written down again"), ("head", "Stable software", "Stable, quick software"), ("head", "owner: planning", "owner: sales"),
    ("south", "Cranes that never stop.", "Cranes that sleep."), ("south", "test: Ask ten of them.", "test: Ask twenty of them."), ("south", "[heat, late]", "[heat]"), ("south", "focus: now", "focus: never"), ("leaf-2", "users: 40", "users: 4000"),
    ("leaf-1", "parent: north", "parent: south"), ("leaf-2", "id: lamp,", "id: lantern,"), ("leaf-11", "relieves: [fish-11]", "relieves: [fish-11, slow]"), ("leaf-5", "pain_points:", "pain_pionts:"),
    ("north", "id: dark", "id: ice"), ("leaf-12", "ice]", "heat]"), ("south", "pain_points:\n", "pain_points:\n  - {id: wind, statement: The wind stops cranes.}\n"), ("leaf-9", "ideal_solutions:\n", "ideal_solutions:\n  - {id: bell, statement: A bell rings., relieves: [slow]}\n"), ("leaf-10", "pain_points:\n", "pain_points:\n  - {id: lamp, statement: Lamps fail.}\n"), ("leaf-7", "name: Quay 7", "name: ["),
]  # fmt: skip


# which segments were measured: in one tree a head and one far below it only, so that all sizes that were typed are estimates
MEASURED = {"none": (), "two": ("head", "leaf-12"), "most": ("head", "north", "south", "isles", "reef", "leaf-1", "leaf-2", "leaf-3", "leaf-7", "leaf-10", "leaf-12")}


@pytest.fixture
def root(tmp_path, monkeypatch):
    _make_ready(monkeypatch, tmp_path)
    return tmp_path / "w"


def _make_ready(patch, folder, among=2):
    """A part of the tree may be as large as it likes, and pages about all segments are made `among` so many processes."""
    make_ready(patch, folder, TREE)
    patch.setattr(edited, "_PART", 1)
    patch.setattr(after_edit, "_MANY", 1)
    patch.setattr(after_edit, "processes", lambda: among)


def _measure(root, names, day="2026-06-30", grown=0):
    """Save a measure of these segments, most of which share members with others near and far."""
    hashes = criteria_hashes(Project.open(root).workspace)
    segments = [
        {"id": name, "unit": "user", "size": 900 // number + grown, "unknown": number, "criteria_hash": hashes[name], "metrics": {"speed": {"value": number / 8, "n": 40, "unit": "share", "parent": 0.25}}}
        for number, name in enumerate(names, 1)
    ]
    overlaps = [{"a": one, "b": other, "both": 5 + number} for number, (one, other) in enumerate(zip(names, [*names[3:], *names[:3]], strict=True)) if one != other]
    coverage = [{"parent": name, "none": 1, "one": 2, "several": 3, "unknown": 4} for name in names]
    (root / "measures").mkdir(exist_ok=True)
    (root / "measures" / f"{day}.json").write_text(json.dumps({"version": 1, "as_of": day, "segments": segments, "overlaps": overlaps, "coverage": coverage}))


def _built(root, *, out=None, cached=True, formats=()):
    """What a build leaves in its folder, by path."""
    found = build_site(Project.open(root, cached=cached), Order(root, out, formats, None, single_file=False, stamp=False), Ways(keep_going=True))
    assert found is not None
    return {path.name: path.read_bytes() for path in sorted(found[1].iterdir())}


def _from_nothing(root):
    return _built(root, out=Path(f"{root}-made"), cached=False)


def _edit(root, name, old, new):
    path = root / "segments" / f"{name}.yaml"
    path.write_text(path.read_text().replace(old, new))


@pytest.mark.slow
@pytest.mark.parametrize(("edit", "measured"), [pytest.param(edit, how, id=f"{edit[0]} {edit[2].split()[0]}-{how}") for edit in REWORDED + NAMED + OTHERS for how in (["none", "most"] if edit in NAMED else MEASURED)])
def test_one_edit(root, edit, measured, monkeypatch):
    monkeypatch.setattr(after_edit, "processes", lambda: 1 if measured == "two" else 2)
    for grown, day in enumerate(("2026-03-31", "2026-06-30") if MEASURED[measured] else ()):
        _measure(root, MEASURED[measured], day, grown)
    plans = []
    plan = after_edit.plan_edit
    monkeypatch.setattr(after_edit, "plan_edit", lambda *given, **named: plans.append(plan(*given, **named)) or plans[-1])
    _built(root)
    for _ in range(2):
        _edit(root, *edit)

        assert _built(root) == _from_nothing(root)

        edit = edit[0], edit[2], edit[1]
    if edit in REWORDED or (edit in NAMED and measured == "none"):
        assert [len(one.kept) > 0 for one in plans] == [True, True]  # the rest was not read


@pytest.mark.slow
@given(steps=st.lists(st.tuples(st.sampled_from(REWORDED + NAMED + NAMED + OTHERS), st.booleans(), st.sampled_from(["", "", "", "lint", "lost", "touched", "check", "two", "most"])), min_size=2, max_size=7), among=st.sampled_from([1, 2]))
@settings(max_examples=25, deadline=None)
def test_many_edits(steps, among, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("edited")
        _make_ready(patch, folder, among)
        root = folder / "w"
        _built(root)
        for (name, old, new), is_undone, between in steps:
            _edit(root, *((name, new, old) if is_undone else (name, old, new)))
            _happens(between, root, folder)

            assert _built(root) == _from_nothing(root)
        shutil.rmtree(folder)


def _happens(what, root, folder):
    """Something between two builds."""
    if what == "lint":
        opened = Project.open(root, cached=True)
        opened.findings()
        opened.close()
    elif what == "lost":
        (root / "briefs" / "north.html").unlink(missing_ok=True)
    elif what == "touched":
        (root / "evidence" / "e.yaml").write_text(TREE["evidence/e.yaml"].replace("n: 30", f"n: {len(list(folder.iterdir())) + 31}"))
    elif what in MEASURED:
        _measure(root, [name for name in MEASURED[what] if name in {one.id for one in Project.open(root).workspace.segments}], grown=len(list(folder.iterdir())))
    elif what == "check":
        build_site(Project.open(root, cached=True), Order(root, None, (), None, single_file=False, stamp=False), Ways(check=True, keep_going=True))


@pytest.mark.slow
@pytest.mark.parametrize("lost", ["*.pieces", "*.json"])
def test_a_build_that_was_cut_off_before_all_was_kept_is_believed_in_nothing(root, lost):
    """What is kept of segments and what is kept of pages are two files: one of this build goes with none of another."""
    _built(root)
    (kept,) = (root.parent / "cache" / "microseg" / "sites").glob(lost)
    old = kept.read_bytes()
    _edit(root, "leaf-1", "Crates wait", "Boxes stand")
    _built(root)
    kept.write_bytes(old)
    _edit(root, "leaf-1", "Boxes stand", "Crates wait")

    assert _built(root) == _from_nothing(root)


@pytest.mark.slow
@pytest.mark.parametrize("among", [1, 2])
def test_where_it_is_lost_what_was_found_all_is_read(root, among, monkeypatch):
    """Pages about all segments show what lint said of files that nobody edited, too."""
    monkeypatch.setattr(after_edit, "processes", lambda: among)
    _built(root)
    _edit(root, "leaf-1", "Crates wait", "Boxes stand")
    monkeypatch.setattr(edited, "found_at", _lost)

    assert _built(root) == _from_nothing(root)


def _lost(marks, store):
    raise ValueError


@pytest.mark.slow
def test_another_format_is_no_edit(root):
    _built(root)
    _edit(root, "leaf-1", "Crates wait", "Boxes stand")
    _built(root, formats=("md",))
    _edit(root, "leaf-2", "Crates wait", "Boxes stand")

    assert _built(root) == _from_nothing(root)


@pytest.mark.slow
def test_a_change_that_reaches_much_is_left_to_those_who_read_all(root, monkeypatch):
    monkeypatch.setattr(edited, "_PART", 3)
    _built(root)
    _edit(root, "leaf-9", "Crates wait", "Boxes stand")
    opened = Project.open(root, cached=True)
    said, _ = opened.judged(Options())

    assert opened.edited(said, edited.marks_of(said.rows)) is not None
    assert opened.edited(said, {row.path: "0" * 32 + " " + row.said for row in said.rows}) is None
    assert opened.edited(said, {}) is None
    opened.close()


@pytest.mark.slow
def test_a_saved_measure_that_cannot_be_read_is_told_once(root, capsys):
    (root / "measures").mkdir()
    (root / "measures" / "2026-01-01.json").write_text("{}")
    _built(root)
    capsys.readouterr()
    _edit(root, *REWORDED[0])

    assert _built(root) == _from_nothing(root)
    assert capsys.readouterr().err.count("measures/2026-01-01.json is left out") == 2  # by each of the two builds
