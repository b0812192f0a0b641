"""A small tree in several states of each of its files, for tests that edit one at random; and how such a test is made ready."""

from microseg.project import project, stage_one

POOL = {
    "segments/a.yaml": [
        "name: Course creators\nkeyword: online courses\npain_points:\n  - id: late\n    statement: Creators wait for their first learner.\n",
        "name: Course creators\nsegments:\n  - name: B\n  - name: Trainers\n    parent: b\n",
        "name: [broken\n",
        "nmae: Creators\npain_points:\n  - Waits: we lose them   # microseg: ignore[lost-text] no\n",
    ],
    "segments/b.yaml": [
        "name: Trainers\nparent: a\nkeyword: online courses for trainers\nideal_solutions:\n  - statement: Enrol them from the list.\n    relieves: [late]\n",
        "id: a\nname: Twin\nparent: b\npain_points:\n  - A good UI   # microseg: ignore[minimum-expected] asked for\n",
        "",
        "name: Trainers\nparent: nowhere\nstatus: active\n",
    ],
    "segments/deep/c.yaml": ["name: Schools\nparent: b\nlevel: head\ncriteria: {plan.state: free}\npain_points:\n  - id: late\n    statement: Easy to use\n    evidence: [int-1]\n", "- name: Listed\n"],
    "evidence/e.yaml": ["evidence:\n  - {id: int-1, kind: interview, date: 2026-03-14}\n", "evidence: none\n"],
    "microseg.yaml": ["version: 1\ndefaults: {status: active}\n", "lint: {ignore: [MS3], severity: {unknown-key: warning}, per_path: {'segments/deep/**': {ignore: [MS102]}}}\n"],
}


def make_ready(patch, folder, tree):
    """Write a tree into `w` of a folder; a workspace of any size has a cache there, and one process works on it."""
    patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    patch.setattr(project, "FEW", 1)
    patch.setattr(stage_one, "FEW", 1)
    patch.setattr(project, "processes", lambda: 1)
    for path, text in tree.items():
        (folder / "w" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "w" / path).write_text(text)
