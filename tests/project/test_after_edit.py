"""After an edit a run speaks of what has to do with it, and says in all what a run from nothing says."""

import shutil

import pytest
from edited_trees import make_ready
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.cli.linting import Asked, lint
from microseg.lint.engine import Options
from microseg.project import Project, after_edit, project
from microseg.project.pack import Pack

TREE = {
    "microseg.yaml": "version: 1\ndefaults: {status: active, unit: user}\n",
    "evidence/e.yaml": "evidence:\n  - {id: int-1, kind: interview, date: 2026-05-01, end_user: true}\n  - {id: int-2, kind: ticket, date: 2026-06-01}\n  - {id: int-3, kind: survey, date: 2025-01-01}\n",
    "segments/head.yaml": (
        "id: head\nname: Harbour planners\nkeyword: planning software\npain_points:\n  - id: slow\n    statement: The berth plan is typed anew for each office.\n    evidence: [int-1]\n"
        "ideal_solutions:\n  - id: one-plan\n    statement: Share one berth plan.\n    relieves: [slow]\n"
    ),
    "segments/north.yaml": (
        "id: north\nname: Northern harbours\nparent: head\nkeyword: planning software for ice\npain_points:\n  - id: ice\n    statement: Ice closes two berths for a week.\n"
        "    evidence: [int-1, int-2]\n  - id: dark\n    statement: Crews read labels in the dark.\n    evidence: [int-2]\nideal_solutions:\n  - id: map\n    statement: See the ice on the map.\n    relieves: [ice]\n"
    ),
    "segments/south.yaml": (
        "id: south\nname: Southern harbours\nparent: head\nkeyword: planning software for heat\npain_points:\n  - id: heat\n    statement: Cranes stop when it is hot.\n    evidence: [int-1]\n"
        "  - A good UI\nideal_solutions:\n  - id: night\n    statement: Plan the cranes by night.\n    relieves: [heat, slow]\n"
    ),
    "segments/leaf.yaml": (
        "id: leaf\nname: Fishing harbours in the north\nparent: north\nkeyword: planning software for ice and fish\npain_points:\n  - id: fish\n    statement: Crates wait on the quay until noon.\n    evidence: [int-1]\n"
        "ideal_solutions:\n  - id: lamp\n    statement: Print labels that glow.\n    relieves: [fish, dark]\nminimum_expected: [A good UI]\n"
    ),
    "segments/small.yaml": "name: Small northern harbours\nparent: north\nkeyword: planning software for ice and boats\npain_points:\n  - id: boats\n    statement: Boats come without a call.\n    evidence: [int-2]\n",
}
# of one file, what is replaced by what
EDITS = [
    ("leaf", "Crates wait on the quay", "Boxes stand on the pier"),
    ("leaf", "until noon", "- easy to use and intuitive -"),
    ("leaf", "Print labels that glow", "An intuitive dashboard"),
    ("leaf", "[fish, dark]", "[fish]"),
    ("leaf", "[fish, dark]", "[fish, dark, nothing]"),
    ("leaf", "[int-1]", "[int-2]"),
    ("leaf", "[int-1]", "[int-3]"),
    ("leaf", "id: fish", "id: dark"),
    ("leaf", "minimum_expected", "focus: now\nminimum_expected"),
    ("leaf", "parent: north", "parent: south"),
    ("leaf", "minimum_expected", "reviewed: 2025-01-01\nminimum_expected"),
    ("leaf", "until noon.", "until noon.  # microseg: ignore[no-solution] known"),
    ("leaf", "id: leaf\n", "\n\nid: leaf\n"),
    ("north", "Ice closes", "Fog closes"),
    ("north", "id: dark", "id: dusk"),
    ("north", "[ice]", "[dark]"),
    ("north", "Northern harbours", "Polar harbours"),
    ("head", "typed anew", "written down again"),
    ("head", "[slow]", "[]"),
    ("south", "[heat, slow]", "[heat]"),
    ("south", "A good UI", "Fast support"),
    ("south", "evidence: [int-1]", "solved_by: [night]"),
    ("small", "keyword: planning software for ice and boats\n", "nmae: Boats\n"),
    ("small", "pain_points", "ideal_solutions:\n  - id: bell\n    statement: Ring a bell.\n    relieves: [boats]\npain_points"),
    ("small", "pain_points", "pain"),
    ("small", "pain_points:\n", "pain_points:\n  - A good UI\n"),
    ("leaf", "pain_points:\n", "pain_points:\n  - A good UI\n  - Boats come late\n  - Good UIs\n"),
    ("small", "Small northern", "Tiny northern"),
    ("north", "id: dark", "id: good-ui"),
    ("north", "id: dark", "id: good-ui-2"),
]


@pytest.fixture
def root(tmp_path, monkeypatch):
    """The tree, with a cache for workspaces of any size, in one process."""
    make_ready(monkeypatch, tmp_path, TREE)
    return tmp_path / "w"


def _said(root, options=None):
    opened = Project.open(root, cached=True)
    report = opened.findings(options)
    opened.close()
    return report


def _table(root):
    opened = Project.open(root, cached=True)
    said = opened.said(Options())
    opened.close()
    return said.table


def _edit(root, name, old, new):
    path = root / "segments" / f"{name}.yaml"
    path.write_text(path.read_text().replace(old, new))


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS, ids=[f"{name} {new.split()[0] if new.split() else 'nothing'}" for name, _, new in EDITS])
def test_one_edit(root, edit):
    _said(root)
    _edit(root, *edit)

    assert _said(root) == Project.open(root).findings()

    (root / "segments" / f"{edit[0]}.yaml").write_text(TREE[f"segments/{edit[0]}.yaml"])

    assert _said(root) == Project.open(root).findings()


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS, ids=[f"{name} {new.split()[0] if new.split() else 'nothing'}" for name, _, new in EDITS])
def test_what_is_kept_after_an_edit_is_what_a_run_from_nothing_keeps(root, tmp_path, monkeypatch, edit):
    _said(root)
    _edit(root, *edit)
    kept = _table(root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))

    assert kept == _table(root)


@pytest.mark.slow
@given(steps=st.lists(st.tuples(st.sampled_from(EDITS), st.booleans(), st.sampled_from([(), ("MS5",)])), min_size=2, max_size=6))
@settings(max_examples=25)
def test_many_edits(steps, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("edited")
        make_ready(patch, folder, TREE)
        root = folder / "w"
        _said(root)
        for (name, old, new), is_undone, ignored in steps:
            _edit(root, *((name, new, old) if is_undone and new else (name, old, new)))
            options = Options(ignore=ignored)

            assert _said(root, options) == Project.open(root).findings(options)
        shutil.rmtree(folder)


_SETTINGS = "version: 1\ndefaults: {status: active, unit: user, owner: x}\n"
_SOURCES = "evidence:\n  - {id: int-1, kind: interview, date: 2026-05-01, end_user: true}\n  - {id: int-2, kind: survey, date: 2026-05-02}\n"
_HEAD = "id: head\nname: Harbour planners\npain_points:\n  - {id: slow, statement: The plan is typed anew., evidence: [int-1]}\n"
# one word in two senses, and a workspace without a day: all of its files, the file that is edited, what is replaced by what
SENSES = {
    "a pain of a goal": (
        {"head": _HEAD, "leaf": "id: leaf\nname: North\nparent: head\nideal_solutions:\n  - {id: one, statement: Share one berth plan., relieves: [slow]}\ngoals:\n  - {statement: Faster plans., because_of: [slow]}\n"},
        ("leaf", "relieves: [slow]", "relieves: []"),
    ),
    "a solution of a finding": (
        {
            "head": f"{_HEAD}ideal_solutions:\n  - {{id: bell, statement: Ring a bell at the gate of each quay}}\n  - {{id: plan, statement: Type it once., relieves: [slow]}}\n",
            "leaf": "id: leaf\nname: North\nparent: head\npain_points:\n  - {id: ice, statement: Ice closes two berths., evidence: [int-1], solved_by: [bell, plan]}\n"
            "findings:\n  - {statement: Half of them wait, evidence: [int-1], leads_to: [bell]}\n",
        },
        ("leaf", "[bell, plan]", "[plan]"),
    ),
    "a source and a metric": ({"head": f"{_HEAD}metrics: [int-2]\n"}, ("head", "[int-1]", "[int-1, int-2]")),
    "between two segments of a file": (
        {
            "head": _HEAD,
            "leaf": "id: leaf\nname: North\nparent: head\nideal_solutions:\n  - {id: one, statement: Share one berth plan., relieves: [slow]}\n",
            "two": "id: two\nname: Two\nsegments:\n  - {id: in, name: In, ideal_solutions: [{id: bs, statement: Ring a bell, relieves: [slow]}]}\n  - {id: out, name: Out, ideal_solutions: [{id: cs, statement: Blow a horn, relieves: []}]}\n",
        },
        ("two", "relieves: [slow]}]}\n  - {id: out, name: Out, ideal_solutions: [{id: cs, statement: Blow a horn, relieves: []", "relieves: []}]}\n  - {id: out, name: Out, ideal_solutions: [{id: cs, statement: Blow a horn, relieves: [slow]"),
    ),
    "the first day": (
        {"head": "id: head\nname: Harbour planners\nassumptions:\n  - {statement: They pay, due: 2025-01-01, state: untested}\n", "leaf": "id: leaf\nname: North\nparent: head\n"},
        ("leaf", "parent: head\n", "parent: head\nreviewed: 2026-05-05\n"),
    ),
}


@pytest.mark.parametrize("name", SENSES)
def test_a_word_is_followed_in_its_sense(root, name):
    files, edit = SENSES[name]
    shutil.rmtree(root / "segments")
    (root / "segments").mkdir()
    (root / "microseg.yaml").write_text(_SETTINGS)
    (root / "evidence/e.yaml").write_text("evidence: []\n" if name == "the first day" else _SOURCES)
    for file, text in files.items():
        (root / "segments" / f"{file}.yaml").write_text(text)
    before = _said(root)
    _edit(root, *edit)

    assert _said(root) == Project.open(root).findings() != before


def test_what_the_cache_has_lost_is_found_out_again(root, monkeypatch):
    _said(root)
    real, lost = Pack.get, []

    def without_small(pack, key):
        found = real(pack, key)
        if found and b"no solution" in found and b"Small northern harbours" in found:
            lost.append(key)
        return None if key in lost else found

    monkeypatch.setattr(Pack, "get", without_small)
    _edit(root, "leaf", "Crates wait on the quay", "Boxes stand on the pier")

    assert _said(root) == Project.open(root).findings()
    assert lost


@pytest.mark.parametrize(
    ("edit", "asked"),
    [
        (("leaf", "Crates wait on the quay", "Boxes stand on the pier"), ["leaf", "small"]),
        (("leaf", "[fish, dark]", "[fish]"), ["leaf", "small"]),
        (("small", "pain_points", "ideal_solutions:\n  - id: bell\n    statement: Ring a bell.\n    relieves: [boats]\npain_points"), ["leaf", "small"]),
        (("south", "heat, slow", "slow, heat"), ["north", "south"]),
        (("leaf", "pain_points:\n", "pain_points:\n  - Boats come late\n"), ["leaf", "small"]),
        (("leaf", "pain_points:\n", "pain_points:\n  - A good UI\n"), None),
        (("leaf", "id: fish", "id: good-ui"), None),
        (("small", "name: Small", "name: Tiny"), ["leaf", "small"]),
        (("leaf", "parent: north", "parent: south"), None),
        (("leaf", "[int-1]", "[int-3]"), None),
        (("leaf", "reviewed: 2026-05-05", "reviewed: 2026-07-01"), None),
    ],
    ids=["wording", "a reference", "an item", "order", "a plain text", "a plain text as another", "the id of a plain text", "a name", "the tree", "an old source", "the newest day"],
)
def test_only_the_families_that_an_edit_touches_are_judged(root, monkeypatch, edit, asked):
    _edit(root, "leaf", "minimum_expected", "reviewed: 2026-05-05\nminimum_expected")
    (root / "evidence/e.yaml").write_text(TREE["evidence/e.yaml"].replace("2025-01-01", "2026-01-01" if edit[2] != "[int-3]" else "2025-01-01"))
    _said(root)
    ways, real = [], after_edit.say_again
    judged, share = [], after_edit.share_families
    monkeypatch.setattr(after_edit, "say_again", lambda *given: ways.append(real(*given)) or ways[-1])

    def shared(families, work, **more):
        return share(families, lambda some: judged.extend(child.id for family in some for child in family.children) or work(some), **more)

    monkeypatch.setattr(after_edit, "share_families", shared)
    _edit(root, *edit)
    said = _said(root)

    assert (judged if ways[0] is not None else None) == asked
    assert said == Project.open(root).findings()


def test_what_is_shown_is_put_together_from_what_was_shown(root, monkeypatch, capsys):
    asked = Asked(directory=root, show_all=True, color="always")
    lint(asked)
    capsys.readouterr()
    _edit(root, "leaf", "until noon", "until an intuitive noon")
    shown = []
    from microseg.formats import text

    real = text.piece
    monkeypatch.setattr(text, "piece", lambda findings, look: shown.append({one.location.path for one in findings}) or real(findings, look))
    code, spliced = lint(asked), capsys.readouterr()
    monkeypatch.setattr(text, "piece", real)

    assert shown == [{"segments/leaf.yaml"}]
    assert (code, spliced) == (lint(Asked(directory=root, show_all=True, color="always", no_cache=True)), capsys.readouterr())
    assert "leaf.yaml" in spliced.out


def test_another_format_of_the_same_files_asks_no_rule(root, monkeypatch, capsys):
    lint(Asked(directory=root))
    whole = lint(Asked(directory=root, format_=["json"], no_cache=True))
    capsys.readouterr()
    expected = lint(Asked(directory=root, format_=["json"], no_cache=True)), capsys.readouterr()
    monkeypatch.setattr(project, "hear", None)
    monkeypatch.setattr(after_edit, "hear", None)

    assert (lint(Asked(directory=root, format_=["json"])), capsys.readouterr()) == expected
    assert whole == expected[0]
