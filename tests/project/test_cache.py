"""The cache may only save time: whatever is in it, a run says what a run without it says."""

import os
import shutil
from pathlib import Path

import pytest
from edited_trees import POOL
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.cli.linting import Asked, lint
from microseg.cli.looking import start_of
from microseg.lint import engine
from microseg.lint.engine import Options
from microseg.lint.local import in_this_process
from microseg.project import Project, after_edit, cache, facts, pack, project, stage_one
from microseg.project.cache import Store, open_store, thin_out
from microseg.project.pack import MOST_BYTES, Pack

A, B, C, D = (bytes([number]) * 16 for number in range(4))


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A cache for workspaces of any size, in one process, at a folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(project, "FEW", 1)
    monkeypatch.setattr(stage_one, "FEW", 1)
    monkeypatch.setattr(project, "processes", lambda: 1)
    return tmp_path


def _write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


def _outcome(root, options=None):
    """What a run with the cache says, kept for the next one."""
    opened = Project.open(root, cached=True)
    report = opened.findings(options)
    opened.close()
    return report


_STEPS = st.lists(
    st.one_of(
        *(st.tuples(st.just("write"), st.just(path), st.sampled_from(texts)) for path, texts in POOL.items()),
        st.tuples(st.just("remove"), st.sampled_from(sorted(POOL)), st.just("")),
        st.tuples(st.just("damage"), st.integers(0, 1 << 20), st.integers(1, 255)),
        st.tuples(st.just("cut"), st.integers(0, 1 << 20), st.just(0)),
        st.tuples(st.just("forget"), st.just(0), st.just(0)),
        st.tuples(st.just("ask"), st.sampled_from([(), ("MS2",), ("MS3", "MS102")]), st.just(0)),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.slow
@given(steps=_STEPS)
@settings(max_examples=6)
def test_a_run_with_the_cache_says_what_a_run_without_it_says(steps, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("cached")
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        patch.setattr(project, "FEW", 1)
        patch.setattr(project, "processes", lambda: 1)
        root = home / "workspace"
        _write(root, "segments/a.yaml", POOL["segments/a.yaml"][0])
        _outcome(root)
        for how, what, more in steps:
            options = None
            if how == "write":
                _write(root, what, more)
            elif how == "remove":
                (root / what).unlink(missing_ok=True)
            elif how == "ask":
                options = Options(ignore=what)
            else:
                _spoil(home / "cache", how, what, more)

            assert _outcome(root, options) == Project.open(root).findings(options)
        shutil.rmtree(home)


def _spoil(folder, how, place, change):
    """Turn a byte of every file, cut every file short, or take them all away."""
    if how == "forget":
        shutil.rmtree(folder, ignore_errors=True)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = bytearray(path.read_bytes())
        at = place % len(data)
        if how == "damage":
            data[at] ^= change
        path.write_bytes(data[:at] if how == "cut" else data)


def test_an_unchanged_run_reads_no_file_and_asks_no_rule(here, write_tree, monkeypatch, capsys):
    root = write_tree({f"w/{path}": texts[0] for path, texts in POOL.items()}) / "w"
    asked = Asked(directory=root, show_all=True)
    first = lint(asked), capsys.readouterr()
    monkeypatch.setattr(project, "read_settings", None)

    assert (lint(asked), capsys.readouterr()) == first


@pytest.mark.parametrize("edit", ["keyword: d of b\n", "keyword: d for b\nfocus: now\n"], ids=["other words", "another field"])
def test_only_what_has_changed_is_read_and_judged_again(here, write_tree, monkeypatch, edit):
    files = {"w/microseg.yaml": "version: 1\n", **{f"w/segments/{name}.yaml": f"name: {name}\n{parent}" for name, parent in [("a", ""), ("b", "parent: a\n"), ("c", "parent: a\n"), ("d", "parent: b\nkeyword: d for b\n")]}}
    root = write_tree(files) / "w"
    _outcome(root)
    read, judged = [], []
    real, share = facts.read_facts, engine.hear
    monkeypatch.setattr(facts, "read_facts", lambda path, *rest, **more: read.append(path) or real(path, *rest, **more))

    def hear(inputs, options, results, local=in_this_process, **more):
        return share(inputs, options, results, lambda families, work: local(families, lambda some: judged.extend(one.parent and one.parent.id for one in some) or work(some)), **more)

    monkeypatch.setattr(project, "hear", hear)
    monkeypatch.setattr(after_edit, "hear", hear)
    write_tree({"w/segments/d.yaml": f"name: d\nparent: b\n{edit}"})
    said = _outcome(root)

    assert (read, judged) == (["segments/d.yaml"], ["b"])
    assert said == Project.open(root).findings()


_CHANGES = {"day": {"as_of": "2026-01-01"}, "rules": {"ignore": ["MS2"]}, "shown": {"show_all": True}, "colour": {"color": "always"}, "format": {"format_": ["json"]}, "path": {"paths": [Path("segments")]}}


@pytest.mark.parametrize("how", ["settings", "program", "measure", "baseline", *_CHANGES])
def test_what_a_result_follows_from_is_in_its_key(here, write_tree, monkeypatch, how):
    root = write_tree({"w/segments/a.yaml": "name: A\n", "w/microseg.yaml": "version: 1\n"}) / "w"
    before = start_of(Asked(directory=root))
    if how == "settings":
        write_tree({"w/microseg.yaml": "version: 1\ndefaults: {status: active}\n"})
    if how == "measure":
        write_tree({"w/measures/2026-06-30.json": "{}"})
    if how == "baseline":
        write_tree({"w/microseg-baseline.json": "{}"})
    if how == "program":
        monkeypatch.setattr(cache, "_program", lambda: b"another")
    after = start_of(Asked(directory=root, **_CHANGES.get(how, {})))

    assert before is not None
    assert after is not None
    assert b"" != before.key != after.key


def test_a_cache_inside_the_workspace_is_not_used(write_tree, monkeypatch):
    root = write_tree({"segments/a.yaml": "name: A\n"})
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / ".cache"))

    assert open_store(root) is None
    assert not (root / ".cache").exists()


def test_a_cache_that_others_may_write_is_not_used(here):
    store = open_store(here / "w")
    assert store is not None
    folder = next((here / "cache" / "microseg" / "lint").iterdir())
    folder.chmod(0o777)

    assert open_store(here / "w") is None


def test_a_cache_that_cannot_be_written_is_no_cache(write_tree, monkeypatch):
    root = write_tree({"w/segments/a.yaml": "name: A\n", "file": "x"})
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / "file"))

    assert open_store(root / "w") is None


@pytest.fixture
def nothing_is_little(monkeypatch):
    """Small files are treated as large ones are."""
    monkeypatch.setattr(pack, "LITTLE", 0)


def _pack(path, entries):
    new = Pack(path)
    for key, entry in entries.items():
        new.put(key, entry)
    new.close()


@pytest.mark.usefixtures("nothing_is_little")
def test_a_pack_keeps_what_was_used_or_is_new(tmp_path):
    _pack(tmp_path / "p", {A: b"one", B: b"two"})
    again = Pack(tmp_path / "p")
    assert (again.get(A), again.get(C)) == (b"one", None)
    again.put(C, b"three" * 99)
    again.close()
    third = Pack(tmp_path / "p")

    assert [third.get(key) for key in (A, B, C)] == [b"one", None, b"three" * 99]
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


@pytest.mark.usefixtures("nothing_is_little")
def test_the_little_that_a_run_adds_lies_aside_until_it_is_much(tmp_path):
    _pack(tmp_path / "p", {A: b"one" * 999, B: b"two"})
    large = (tmp_path / "p").read_bytes()
    for key, entry in {C: b"three", D: b"four"}.items():
        again = Pack(tmp_path / "p")
        again.put(key, entry)
        again.close(whole=False)

    assert [Pack(tmp_path / "p").get(key) for key in (A, B, C, D)] == [b"one" * 999, b"two", b"three", b"four"]
    assert (tmp_path / "p").read_bytes() == large
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p", "p.aside"]

    again = Pack(tmp_path / "p")
    assert not again.is_heavy
    again.put(B, b"2" * 999)
    again.close(whole=False)
    last = Pack(tmp_path / "p")

    assert last.is_heavy
    assert [last.get(key) for key in (C, D)] == [b"three", b"four"]
    last.put(A, b"1" * 999)
    last.close()
    assert [Pack(tmp_path / "p").get(key) for key in (A, B, C, D)] == [b"1" * 999, None, b"three", b"four"]
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_a_damaged_entry_is_a_miss(tmp_path):
    _pack(tmp_path / "p", {A: b"one", B: b"two"})
    whole = (tmp_path / "p").read_bytes()
    for at in range(0, len(whole), 2):
        (tmp_path / "p").write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        held = Pack(tmp_path / "p")

        assert held.get(A) in {None, b"one"}
        assert held.get(B) in {None, b"two"}
        assert None in {held.get(A), held.get(B)}


def test_what_a_killed_run_has_left_is_swept_away(here):
    folder = here / "cache" / "microseg" / "lint"
    open_store(here / "w")
    place = next(folder.iterdir())
    (place / "facts.999999999.passing").write_bytes(b"half")
    (place / f"facts.{os.getpid()}.passing").write_bytes(b"being written")
    open_store(here / "w")

    assert [path.name for path in place.iterdir()] == [f"facts.{os.getpid()}.passing"]


def test_all_caches_together_are_bounded(tmp_path):
    for number in range(4):
        (tmp_path / f"w{number}").mkdir()
        (tmp_path / f"w{number}" / "facts").write_bytes(b"x" * 100)
        os.utime(tmp_path / f"w{number}" / "facts", (number, number))
    thin_out(tmp_path, 250)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["w2", "w3"]
    assert MOST_BYTES < 1 << 30


def test_of_whole_runs_a_few_are_kept(tmp_path):
    store = Store(tmp_path, b"program")
    for number in range(12):
        store.keep_outcome(bytes([number]) * 16, b"said")
        os.utime(tmp_path / f"{(bytes([number]) * 16).hex()}.run", (number, number))

    assert [store.outcome(bytes([number]) * 16) for number in (0, 3, 11)] == [None, None, b"said"]
    assert len(list(tmp_path.iterdir())) == 8
