"""Writing the site: byte-identical files stay untouched, stale pages go by the manifest, hand-edited ones are kept and told."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from microseg.errors import OutputError

MANIFEST = "_manifest.json"
_RESERVED = ("segments", "evidence", "templates", "data", "measures")
_MODE = 0o644


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


def find_current(out: Path, key: str) -> Written | None:
    """What the folder holds, if it was made from what `key` stands for and nobody changed a page since; else None.

    Lets a build whose sources are the same as last time end before it begins.
    """
    manifest = _manifest(out)
    made = _files_of(manifest)
    if not key or manifest.get("key") != key or any(_hash_of(_inside(out, path)) != value for path, value in made.items()):
        return None
    return Written((), tuple(sorted(made)), (), ())


def write_site(files: Mapping[str, bytes], out: Path, *, root: Path | None = None, check: bool = False, overwrite: bool = False, key: str = "") -> Written:
    """Make the folder `out` hold exactly these files of ours; what is not ours is never touched.

    `key` stands for everything the files were made from (site.site_key). `check` changes nothing and tells what would happen. `overwrite` also replaces what was edited by hand.
    Raises OutputError where a file cannot be written, or where `out` lies among the sources of `root`.
    """
    if root is not None:
        check_folder(out, root)
    made = _files_of(_manifest(out))
    plan = _plan(files, out, made, overwrite=overwrite)
    if not check:
        try:
            _carry_out(plan, files, out, key=key)
        except OSError as error:
            raise OutputError(f"{out.name}/ cannot be written: {error.strerror or error}", "check the rights of the folder and the space on the disk") from None
    return plan


def _plan(files: Mapping[str, bytes], out: Path, made: Mapping[str, str], *, overwrite: bool) -> Written:
    written: list[str] = []
    unchanged: list[str] = []
    edited: list[str] = []
    for path in sorted(files):
        held = _hash_of(_inside(out, path))
        if held == _hash(files[path]):
            unchanged.append(path)
        elif held is None or held == made.get(path) or overwrite:
            written.append(path)
        else:
            edited.append(path)
    removed, kept = _stale(files, out, made, overwrite=overwrite)
    return Written(tuple(written), tuple(unchanged), tuple(removed), tuple(sorted([*edited, *kept])))


def _stale(files: Mapping[str, bytes], out: Path, made: Mapping[str, str], *, overwrite: bool) -> tuple[list[str], list[str]]:
    """Pages of ours that are planned no more: those to remove, and those that somebody edited since."""
    removed: list[str] = []
    kept: list[str] = []
    for path in sorted(made):
        held = None if path in files else _hash_of(_inside(out, path))
        if held is not None:
            (removed if held == made[path] or overwrite else kept).append(path)
    return removed, kept


def _carry_out(plan: Written, files: Mapping[str, bytes], out: Path, *, key: str) -> None:
    """The pages first, the manifest last, so that a run that is cut off leaves no page that nobody knows to be ours."""
    out.mkdir(parents=True, exist_ok=True)
    for path in plan.written:
        _write(_inside(out, path), files[path])
    for path in plan.removed:
        _inside(out, path).unlink(missing_ok=True)
    old = _files_of(_manifest(out))
    hashes = {path: old.get(path, "") if path in plan.edited_by_hand else _hash(files[path]) for path in (*plan.written, *plan.unchanged, *plan.edited_by_hand)}
    manifest = (json.dumps({"version": 1, "key": "" if plan.edited_by_hand else key, "files": dict(sorted(hashes.items()))}, indent=0) + "\n").encode()
    if _hash_of(out / MANIFEST) != _hash(manifest):
        _write(out / MANIFEST, manifest)


def _write(path: Path, data: bytes) -> None:
    """A file that is either the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".microseg-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, _MODE)  # noqa: PTH101 - the name of a temporary file
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _manifest(out: Path) -> dict[str, Any]:
    """What was noted when the folder was written last; empty where there is no manifest that can be read."""
    try:
        data = json.loads((out / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _files_of(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Path and hash of every file that was made here."""
    found = manifest.get("files")
    return {path: value for path, value in found.items() if isinstance(value, str) and _is_ours(path)} if isinstance(found, dict) else {}


def _is_ours(path: str) -> bool:
    """May a manifest name this path? One that leads out of the folder was tampered with."""
    pure = PurePosixPath(path)
    return bool(path) and not pure.is_absolute() and ".." not in pure.parts and "\\" not in path and ":" not in path


def _inside(out: Path, path: str) -> Path:
    return out / PurePosixPath(path)


def _hash_of(path: Path) -> str | None:
    """The hash of a file; None where there is none."""
    try:
        return _hash(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None


def _hash(data: bytes) -> str:
    """A hash that does not change where git turns line ends into those of Windows."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n") if b"\r\n" in data else data).hexdigest()
