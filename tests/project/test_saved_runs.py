from pathlib import Path

from microseg.project.saved_runs import SavedRuns, read_saved, saved_runs


def run(day: str) -> str:
    return f'{{"version": 1, "as_of": "{day}", "segments": []}}'


def test_runs_come_newest_first_and_what_is_no_run_says_why(tmp_path: Path):
    folder = tmp_path / "measures"
    folder.mkdir()
    for name, text in {"2026-03-31.json": run("2026-03-31"), "2026-06-30.json": run("2026-06-30"), "broken.json": "{", ".hidden.json": run("2026-01-01"), "notes.txt": "-"}.items():
        (folder / name).write_text(text)
    (tmp_path.parent / "elsewhere.json").write_text(run("2026-09-30"))
    (folder / "link.json").symlink_to(tmp_path.parent / "elsewhere.json")

    found = saved_runs(tmp_path)

    assert [(one.path, one.as_of.isoformat()) for one in found.runs] == [("measures/2026-06-30.json", "2026-06-30"), ("measures/2026-03-31.json", "2026-03-31")]
    assert found.unread == (("measures/broken.json", "it is not JSON"), ("measures/link.json", "it is a link that leads out of the workspace"))


def test_without_the_folder_there_are_none(tmp_path):
    assert saved_runs(tmp_path) == SavedRuns((), ())


def test_a_folder_that_leads_out_is_not_read(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.json").write_text(run("2026-03-31"))
    root = tmp_path / "root"
    root.mkdir()
    (root / "measures").symlink_to(outside)

    assert saved_runs(root) == SavedRuns((), ())


def test_a_file_too_large_or_missing_says_so(tmp_path):
    large = tmp_path / "large.json"
    large.write_bytes(b" " * 8_388_609)

    assert read_saved(tmp_path, large) == "the file has 8,388,609 bytes; at most 8,388,608 are read"
    assert isinstance(read_saved(tmp_path, tmp_path / "none.json"), str)
