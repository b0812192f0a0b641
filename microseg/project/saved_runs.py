"""The saved results under measures/, read when a brief or a comparison wants them and never by `lint`."""

from __future__ import annotations

from pathlib import Path

from microseg.model.saved import Run, Saved, open_run
from microseg.project.discover import read_bytes
from microseg.record import NamedTuple
from microseg.source.problem import Problem

FOLDER = "measures"
MOST_RUNS = 1_000


class SavedRuns(NamedTuple):
    """The runs, the newest day first, and for each file that holds none its path and why, in words."""

    runs: tuple[Run, ...]
    unread: tuple[tuple[str, str], ...]


class OpenRuns(NamedTuple):
    """The same, of which only what is asked for is read."""

    runs: tuple[Saved, ...]
    unread: tuple[tuple[str, str], ...]


def saved_runs(root: Path) -> SavedRuns:
    """Every measures/*.json of a workspace; the 1,000 newest by name at most. A link that leads out is not followed."""
    found = open_runs(root)
    return SavedRuns(tuple(one.run() for one in found.runs), found.unread)


def open_runs(root: Path) -> OpenRuns:
    """The same, of which only what is asked for is read."""
    folder = root / FOLDER
    if not folder.is_dir() or not folder.resolve().is_relative_to(root.resolve()):
        return OpenRuns((), ())
    paths = sorted((one for one in folder.glob("*.json") if not one.name.startswith(".")), key=lambda one: one.name, reverse=True)
    found, unread = [], []
    for path in paths[:MOST_RUNS]:
        held = _opened(root, path)
        if isinstance(held, Saved):
            found.append(held)
        else:
            unread.append((f"{FOLDER}/{path.name}", held))
    return OpenRuns(tuple(sorted(found, key=lambda one: (one.as_of, one.path), reverse=True)), tuple(sorted(unread)))


def read_saved(root: Path, path: Path) -> Run | str:
    """One saved result, or in words why it cannot be read."""
    saved = _opened(root, path)
    return saved.run() if isinstance(saved, Saved) else saved


def _opened(root: Path, path: Path) -> Saved | str:
    inside = root.resolve()
    name = path.resolve().relative_to(inside).as_posix() if path.resolve().is_relative_to(inside) else path.name
    if path.is_symlink() and not path.resolve().is_relative_to(inside):
        return "it is a link that leads out of the workspace"
    data = read_bytes(path)
    return data.message if isinstance(data, Problem) else open_run(name, data)
