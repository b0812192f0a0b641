"""Writing the site: byte-identical files stay untouched, stale pages go by the manifest, hand-edited ones are kept and told."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from microseg.briefs.remembered import NOTHING, Remembered
from microseg.errors import OutputError, cannot_write

MANIFEST = "_manifest.json"
_RESERVED = ("segments", "evidence", "templates", "data", "measures")
_OURS = "microseg"


class Written(NamedTuple):
    """What happened, or with `check` what would happen, to each file, as paths below the output folder, in order.

    `edited_by_hand` were changed since they were made and are left as they are, unless `overwrite` was asked for.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    edited_by_hand: tuple[str, ...]

    @property
    def is_stale(self) -> bool:
        """Does the folder differ from what the sources say?"""
        return bool(self.written or self.removed or self.edited_by_hand)


def check_folder(out: Path, root: Path) -> None:
    """Raises OutputError where the output folder would lie among the sources."""
    inside = out.resolve()
    for name in _RESERVED:
        source = root.resolve() / name
        if inside == source or source in inside.parents:
            raise OutputError(f"{name}/ holds sources, so pages cannot be written there", "name another folder with --out, or `out:` under `briefs:` in microseg.yaml")
    if inside == root.resolve():
        raise OutputError("pages cannot be written straight into the workspace", "name a folder in it: --out briefs")


class Held(NamedTuple):
    """What the output folder holds: `made`, path and hash of every file when it was made, and `hashes`, what those are now (None: gone, "": no plain file)."""

    made: Mapping[str, str]
    hashes: Mapping[str, str | None]


def read_folder(out: Path, known: Remembered = NOTHING) -> Held:
    """Look at the folder. Raises OutputError where a manifest lies there that is not ours."""
    made = _manifest(out)
    return Held(made, {path: _hash_of(_inside(out, path)) for path in {*made, *filter(_is_ours, known.files)}})


def find_current(held: Held, known: Remembered, key: str) -> Written | None:
    """What the folder holds, if it was made from what `key` stands for and nobody changed a page since; else None.

    Lets a build whose sources are the same as last time end before it begins.
    """
    if not key or known.key != key or dict(known.files) != dict(held.made) or dict(held.hashes) != dict(known.files):
        return None
    return Written((), tuple(sorted(known.files)), (), ())


def intact_pages(held: Held, known: Remembered) -> dict[str, str]:
    """Path and key of the pages that lie there as they were made here."""
    return {path: key for path, key in known.pages.items() if known.files.get(path) and held.hashes.get(path) == held.made.get(path) == known.files[path]}


def write_site(
    files: Mapping[str, bytes], out: Path, *, root: Path | None = None, check: bool = False, overwrite: bool = False, kept: Iterable[str] = (), held: Held | None = None
) -> tuple[Written, dict[str, str]]:
    """Make the folder `out` hold exactly these files of ours and those `kept`; what is not ours is never touched.

    `check` changes nothing and tells what would happen. `overwrite` also replaces what was edited by hand. Also gives the hash of every file that is now as it should be.
    Raises OutputError where a file cannot be written, or where `out` lies among the sources of `root`.
    """
    if root is not None:
        check_folder(out, root)
    held = held or read_folder(out)
    hashes = {path: _hash(data) for path, data in files.items()} | {path: held.made[path] for path in kept}
    plan = _plan(hashes, out, held, overwrite=overwrite)
    good = {path: hashes[path] for path in sorted(hashes) if path not in plan.edited_by_hand}
    if not check:
        try:
            _carry_out(plan, files, out, {path: good.get(path) or held.made.get(path, "") for path in (*good, *plan.edited_by_hand)})
        except OSError as error:
            raise cannot_write(out, error, "check the rights of the folder and the space on the disk") from None
    return plan, good


def _plan(hashes: Mapping[str, str], out: Path, held: Held, *, overwrite: bool) -> Written:
    written: list[str] = []
    unchanged: list[str] = []
    edited: list[str] = []
    for path in sorted(hashes):
        now = held.hashes[path] if path in held.hashes else _hash_of(_inside(out, path))
        if now == hashes[path]:
            unchanged.append(path)
        elif now is None or now == held.made.get(path) or overwrite:
            written.append(path)
        else:
            edited.append(path)
    gone = [path for path in sorted(held.made) if path not in hashes and held.hashes[path] is not None]
    removed = [path for path in gone if held.hashes[path] == held.made[path] or overwrite]
    return Written(tuple(written), tuple(unchanged), tuple(removed), tuple(sorted({*edited, *gone} - {*removed})))


def _carry_out(plan: Written, files: Mapping[str, bytes], out: Path, made: Mapping[str, str]) -> None:
    """The pages first, the manifest last, so that a run that is cut off leaves no page that nobody knows to be ours."""
    out.mkdir(parents=True, exist_ok=True)
    for path in plan.written:
        _write(_inside(out, path), files[path])
    for path in plan.removed:
        Path(_inside(out, path)).unlink(missing_ok=True)
    manifest = (json.dumps({"made_by": _OURS, "version": 1, "files": dict(sorted(made.items()))}, indent=0) + "\n").encode()
    if _hash_of(_inside(out, MANIFEST)) != _hash(manifest):
        _write(_inside(out, MANIFEST), manifest)


def _write(path: str, data: bytes) -> None:
    """A file that is either the old one or the new one, never half of it."""
    passing = os.path.join(os.path.dirname(path), f".microseg-{os.getpid()}")  # noqa: PTH118, PTH120 - two thousand times; a Path takes three times as long
    try:
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0), 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(passing, path)  # noqa: PTH105 - as above
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(passing)  # noqa: PTH108 - as above
        raise


def _manifest(out: Path) -> dict[str, str]:
    """Path and hash of every file that was made here; empty where there is no manifest, or where ours is broken."""
    text = _text_of(out / MANIFEST)
    try:
        data = json.loads(text or "null")
    except (ValueError, RecursionError):
        data = None if f'"made_by": "{_OURS}"'.encode() in text else text
    if data is None:
        return {}
    if not isinstance(data, dict) or data.get("made_by") != _OURS:
        raise OutputError(f"{out.name}/{MANIFEST} was not written by microseg, and would be overwritten", "name another folder with --out, or move that file away")
    files = data.get("files")
    return {path: value for path, value in files.items() if isinstance(value, str) and _is_ours(path)} if isinstance(files, dict) else {}


def _text_of(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise cannot_write(path, error, "check the rights of the folder") from None


def _is_ours(path: str) -> bool:
    """May a manifest name this path? One that leads out of the folder was tampered with."""
    pure = PurePosixPath(path)
    return bool(path) and not pure.is_absolute() and ".." not in pure.parts and not any(char in path for char in "\\:\0")


def _inside(out: Path, path: str) -> str:
    return os.path.join(out, *path.split("/"))  # noqa: PTH118 - two thousand times


def _hash_of(path: str) -> str | None:
    """The hash of a file; None where there is none, empty where something else stands there."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - two thousand times
            return ""
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            return _hash(file.readall())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return ""


def _hash(data: bytes) -> str:
    """A hash that does not change where git turns line ends into those of Windows."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n") if b"\r\n" in data else data).hexdigest()[:32]
