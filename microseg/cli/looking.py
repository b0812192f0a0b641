"""How a run of `lint` begins that only looks: its files, what it shows of them, and whether the last run said so already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from microseg.cli.common import choose, root_of, wants_color
from microseg.cli.paths import exists
from microseg.errors import MicrosegError, NothingToDoError, UsageError, short
from microseg.record import NamedTuple
from microseg.resources import BASELINE_FILE

if TYPE_CHECKING:
    from microseg.cli.linting import Asked
    from microseg.project.got import Got
    from microseg.project.outcome import Outcome


class View(NamedTuple):
    """What a run shows: of which paths (all, where none is named), in which formats and whether in colour, with infos, and what stands before paths."""

    paths: list[str]
    formats: list[tuple[str, bool]]
    show_all: bool
    prefix: str


class Start(NamedTuple):
    """Where a run looks, at which files, and with a cache what its outcome is known by there."""

    root: Path
    got: Got
    key: bytes = b""

    def recall(self) -> Outcome | None:
        """What the last run said, if nothing that it follows from has changed since."""
        from microseg.project.outcome import unpacked

        store = self.got.store
        held = None if store is None else store.outcome(self.key)
        if held is None:
            return None
        try:
            said = unpacked(held)
        except ValueError:
            return None
        return None if said.is_empty else said

    def keep(self, said: Outcome) -> None:
        """Let the next run say the same at once."""
        from microseg.project.outcome import packed

        if self.got.store is not None:
            self.got.store.keep_outcome(self.key, packed(said))


def start_of(asked: Asked) -> Start | None:
    """How the run begins; None where it is to change something, or where something is wrong with what was asked, which is told later."""
    if asked.fix or asked.diff or asked.write_baseline or asked.stdin_path:
        return None
    from microseg.project.got import get_files, run_key, with_cache
    from microseg.project.stage_one import FEW

    try:
        root = root_for(asked.directory, [*(asked.paths or []), *(asked.only or [])])
        view = view_of(root, asked)
    except MicrosegError:
        return None
    got = get_files(root)
    if len(got.found) < FEW or asked.no_cache or any(name == "github" for name, _ in view.formats):  # which writes a summary as well
        return Start(root, got)
    from microseg.project.cache import open_store
    from microseg.project.discover import read_bytes

    store = open_store(root)
    baseline = str(asked.baseline), read_bytes(asked.baseline or root / BASELINE_FILE)
    wanted = (tuple(asked.select or ()), tuple(asked.ignore or ()), asked.as_of, asked.no_suppress, baseline, tuple(view))
    if store is None:
        return Start(root, got)
    known = with_cache(got, store)
    return Start(root, known, run_key(store, root, known, wanted))


def view_of(root: Path, asked: Asked) -> View:
    """What is to be shown. Raises UsageError for a path, a format or a colour that cannot be meant."""
    named = [*(asked.paths or []), *(asked.only or [])]
    wanted = [] if asked.stdin_path and named == [Path("-")] else _wanted(root, asked.directory, named)
    return View(wanted, [(name, not target and wants_color(asked.color)) for name, target in formats_of(asked)], asked.show_all, _prefix(root))


def formats_of(asked: Asked) -> list[tuple[str, str]]:
    """Each format with its file, empty for the terminal. Raises UsageError where they do not go together."""
    from microseg.discovery import names_in

    known = names_in("microseg.formats")
    formats = []
    for one in asked.format_ or ["text"]:
        name, sign, target = one.partition("=")
        choose(name, known, what="format")
        if sign and not target:
            raise UsageError(f"--format {name}=: the file is missing", f"for example: --format {name}=out.txt")
        formats.append((name, target))
    if sum(not target for _, target in formats) > 1:
        raise UsageError("two formats would be mixed on the terminal", "send all but one of them into a file: --format json=out.json")
    if asked.diff and formats != [("text", "")]:
        raise UsageError("--diff shows a patch, whatever --format says", "leave out one of the two")
    return formats


def root_for(directory: Path, named: list[Path]) -> Path:
    """The workspace of the folder, or, where that is none, the one that the first named file lies in."""
    first = directory / named[0] if named else directory
    if not named or not exists(first):
        return root_of(directory)
    try:
        return root_of(directory)
    except NothingToDoError:
        return root_of(first if first.is_dir() else first.parent)


def _wanted(root: Path, directory: Path, paths: list[Path]) -> list[str]:
    """These files and folders as the workspace names them. Raises UsageError for a path that is not there."""
    wanted = []
    for path in paths:
        full = (path if path.is_absolute() else directory / path).resolve()
        if not exists(full):
            raise UsageError(f"{short(path)}: there is no such file or folder", "name a file of the workspace, or leave it out")
        if not full.is_relative_to(root):
            raise UsageError(f"{short(path)}: outside the workspace", f"the workspace is {root.name}")
        wanted.append(full.relative_to(root).as_posix())
    return wanted


def _prefix(root: Path) -> str:
    """From the current folder to the workspace, so that a path can be clicked where it is printed."""
    here = Path.cwd()
    if root == here or not root.is_relative_to(here):
        return ""
    return root.relative_to(here).as_posix() + "/"
