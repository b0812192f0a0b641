"""Writing the site: byte-identical files stay untouched, stale pages go by the manifest, hand-edited ones are kept and told."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
import time
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Self

from microseg.briefs.remembered import NOTHING, Remembered
from microseg.errors import OutputError, cannot_write

MANIFEST = "_manifest.json"
_RESERVED = ("segments", "evidence", "templates", "data", "measures")
_OURS = "microseg"
_NO_PATH = re.compile(r"[\\:\0]")
_ASIDE = re.compile(r"\.microseg-\d+(?:\.json)?\Z")
_LEFT_OVER = 3600  # seconds: no build takes as long
_COARSE = 1_000_000  # nanoseconds


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
    """What the output folder holds: `made`, path and hash of every file when it was made, and `hashes`, what those are now (None: gone, "": no plain file).

    `stamps` say when and how large each was before it was looked at. `is_empty`: nothing lies there, so no page need be asked for.
    """

    made: Mapping[str, str]
    hashes: Mapping[str, str | None]
    stamps: Mapping[str, str] = MappingProxyType({})
    is_empty: bool = False

    def now(self, path: str, out: Path) -> str | None:
        """The hash of what stands at a path of the folder, looked at only where that is not known."""
        if path in self.hashes:
            return self.hashes[path]
        return None if self.is_empty else _hash_of(_inside(out, path))


class Outcome(NamedTuple):
    """What was written, the hash of every file that is now as it should be, and its stamp."""

    written: Written
    good: dict[str, str]
    stamps: dict[str, str]


def read_folder(out: Path, known: Remembered = NOTHING) -> Held:
    """Look at the folder. Files whose stamp is `known` are not read again. Raises OutputError where a manifest lies there that is not ours."""
    made, coming = _manifest(out)
    looked = {path: _look(_inside(out, path), known.files.get(path), known.stamps.get(path)) for path in {*made, *coming, *filter(_is_ours, known.files)}}
    made |= {path: hash_ for path, hash_ in coming.items() if looked[path][0] == hash_}
    return Held(made, {path: hash_ for path, (hash_, _) in looked.items()}, {path: stamp for path, (_, stamp) in looked.items() if stamp}, _is_empty(out))


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
    files: Mapping[str, bytes], out: Path, *, root: Path | None = None, check: bool = False, overwrite: bool = False, kept: Iterable[str] = ()
) -> Outcome:
    """Make the folder `out` hold exactly these files of ours and those `kept`; what is not ours is never touched.

    `check` changes nothing and tells what would happen. `overwrite` also replaces what was edited by hand.
    Raises OutputError where a file cannot be written, or where `out` lies among the sources of `root`.
    """
    with Stage(out, root=root, check=check, overwrite=overwrite) as stage:
        return stage.finish({path: stage.put(path, data) for path, data in files.items()}, kept)


class Stage:
    """New pages, put aside while they are made, so that a build that fails leaves the old site whole and none is held in memory."""

    def __init__(self, out: Path, *, root: Path | None = None, check: bool = False, overwrite: bool = False, known: Remembered = NOTHING) -> None:
        """As for `write_site`; `known` is what was made there last."""
        if root is not None:
            check_folder(out, root)
        self.out = out
        self._check = check
        self._overwrite = overwrite
        self._known = known
        self._aside = os.path.join(out, f".microseg-{os.getpid()}")  # noqa: PTH118 - joined two thousand times; a Path takes three times as long

    @cached_property
    def held(self) -> Held:
        """What the folder held when it was first asked. Raises OutputError as `read_folder`."""
        return read_folder(self.out, self._known)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """What was put aside and not brought in is thrown away."""
        if not self._check:
            _take_away(Path(self._aside))
            _sweep(self.out)

    def put(self, path: str, data: bytes) -> bytes:
        """Take in a page, in whichever process; gives its hash. Raises OutputError."""
        hash_ = _hash(data)
        return self._put(path, data, hash_) if self._is_due(path, hash_) else hash_.encode()

    def put_unseen(self, path: str, data: bytes) -> bytes:
        """The same without a look at what the folder holds, for pages that hardly ever stay as they are."""
        return self._put(path, data, _hash(data))

    def _put(self, path: str, data: bytes, hash_: str) -> bytes:
        if not self._check:
            try:
                self._put_aside(path, data)
            except OSError as error:
                raise self._refusal(error) from None
        return hash_.encode()

    def finish(self, hashes: Mapping[str, bytes], kept: Iterable[str] = ()) -> Outcome:
        """Bring in the pages of these hashes, which were all `put`, leave those that are kept, and remove what is left over. Raises OutputError."""
        wanted = {path: hash_.decode() for path, hash_ in hashes.items()} | {path: self.held.made[path] for path in kept}
        plan = _plan(wanted, self.out, self.held._replace(is_empty=_is_empty(self.out)), overwrite=self._overwrite)
        good = {path: wanted[path] for path in sorted(wanted) if path not in plan.edited_by_hand}
        stamps = {path: stamp for path in plan.unchanged if (stamp := self.held.stamps.get(path))}
        if not self._check:
            try:
                stamps |= self._carry_out(plan, {path: good.get(path) or self.held.made.get(path, "") for path in (*good, *plan.edited_by_hand)})
            except OSError as error:
                raise self._refusal(error) from None
        return Outcome(plan, good, stamps)

    def _is_due(self, path: str, hash_: str) -> bool:
        """Is the page to be written?"""
        now = self.held.now(path, self.out)
        return now != hash_ and (now is None or now == self.held.made.get(path) or self._overwrite)

    def _put_aside(self, path: str, data: bytes) -> None:
        place = os.path.join(self._aside, path.replace("/", "%"))  # noqa: PTH118 - as above
        try:
            _write(place, data)
        except FileNotFoundError:
            os.makedirs(self._aside, exist_ok=True)  # noqa: PTH103 - as above
            _write(place, data)

    def _carry_out(self, plan: Written, made: Mapping[str, str]) -> dict[str, str]:
        """What is to come is noted first, so that a run that is cut off leaves no page that nobody knows to be ours. Gives the stamps of what was written."""
        self.out.mkdir(parents=True, exist_ok=True)
        stamps = {}
        if plan.written:
            self._note(self.held.made, {path: made[path] for path in plan.written})
        for path in plan.written:
            place = _inside(self.out, path)
            os.replace(os.path.join(self._aside, path.replace("/", "%")), place)  # noqa: PTH105, PTH118 - as above
            stamps[path] = _stamp(os.stat(place))  # noqa: PTH116 - as above
        for path in plan.removed:
            Path(_inside(self.out, path)).unlink(missing_ok=True)
        self._note(made)
        return stamps

    def _note(self, made: Mapping[str, str], coming: Mapping[str, str] = MappingProxyType({})) -> None:
        """Write the manifest: what is ours, and what is about to be brought in."""
        parts = {"made_by": f'"{_OURS}"', "version": "1", "files": _lines(made), **({"coming": _lines(coming)} if coming else {})}
        text = ",\n".join(f'"{name}": {part}' for name, part in parts.items())
        manifest = f"{{\n{text}\n}}\n".encode()
        if _hash_of(_inside(self.out, MANIFEST)) != _hash(manifest):
            passing = self.out / f".microseg-{os.getpid()}.json"
            try:
                _write(str(passing), manifest)
                passing.replace(self.out / MANIFEST)
            finally:
                passing.unlink(missing_ok=True)

    def _refusal(self, error: OSError) -> OutputError:
        return cannot_write(self.out, error, "check the rights of the folder and the space on the disk")


def _lines(hashes: Mapping[str, str]) -> str:
    """Paths and hashes as JSON, in order, a line each: asked to indent, the encoder takes ten times as long."""
    return f"{{\n{json.dumps(dict(sorted(hashes.items())), separators=(',' + chr(10), ': '))[1:-1]}\n}}" if hashes else "{}"


def _sweep(out: Path) -> None:
    """Take away what builds that were killed have put aside."""
    with contextlib.suppress(OSError):
        for left in out.glob(".microseg-*"):
            if _ASIDE.match(left.name) and not left.is_symlink() and left.lstat().st_mtime < time.time() - _LEFT_OVER:
                _take_away(left)


def _take_away(left: Path) -> None:
    """Remove a file, or a folder of files; or leave it to a later build."""
    with contextlib.suppress(OSError):
        if not left.is_dir():
            left.unlink(missing_ok=True)
            return
        for page in left.iterdir():
            page.unlink()
        left.rmdir()


def _is_empty(out: Path) -> bool:
    """Does nothing lie in the folder but what builds have put aside?"""
    try:
        with os.scandir(out) as lying:
            return all(_ASIDE.match(one.name) for one in lying)
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _plan(hashes: Mapping[str, str], out: Path, held: Held, *, overwrite: bool) -> Written:
    written: list[str] = []
    unchanged: list[str] = []
    edited: list[str] = []
    for path in sorted(hashes):
        now = held.now(path, out)
        if now == hashes[path]:
            unchanged.append(path)
        elif now is None or now == held.made.get(path) or overwrite:
            written.append(path)
        else:
            edited.append(path)
    gone = [path for path in sorted(held.made) if path not in hashes and held.hashes[path] is not None]
    removed = [path for path in gone if held.hashes[path] == held.made[path] or overwrite]
    return Written(tuple(written), tuple(unchanged), tuple(removed), tuple(sorted({*edited, *gone} - {*removed})))


def _write(path: str, data: bytes) -> None:
    """A file aside. Where it cannot be written whole, nothing is left of it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - two thousand times
        raise
    finally:
        os.close(handle)


def _manifest(out: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Path and hash of every file that was made here, and of those that a run was about to bring in; empty where there is no manifest, or where ours is broken."""
    text = _text_of(out / MANIFEST)
    try:
        data = json.loads(text or "null")
    except (ValueError, RecursionError):
        data = None if f'"made_by": "{_OURS}"'.encode() in text else text
    if data is None:
        return {}, {}
    if not isinstance(data, dict) or data.get("made_by") != _OURS:
        raise OutputError(f"{out.name}/{MANIFEST} was not written by microseg, and would be overwritten", "name another folder with --out, or move that file away")
    return _hashes_in(data.get("files")), _hashes_in(data.get("coming"))


def _hashes_in(files: object) -> dict[str, str]:
    return {path: value for path, value in files.items() if isinstance(path, str) and isinstance(value, str) and _is_ours(path)} if isinstance(files, dict) else {}


def _text_of(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise cannot_write(path, error, "check the rights of the folder") from None


def _is_ours(path: str) -> bool:
    """May a manifest name this path? One that leads out of the folder was tampered with."""
    return bool(path) and path[0] != "/" and ".." not in path.split("/") and not _NO_PATH.search(path)


def _inside(out: Path, path: str) -> str:
    return os.path.join(out, *path.split("/"))  # noqa: PTH118 - two thousand times


def _hash_of(path: str) -> str | None:
    """The hash of a file; None where there is none, empty where something else stands there."""
    return _look(path, None, None)[0]


def _look(path: str, hash_: str | None, stamp: str | None) -> tuple[str | None, str]:
    """The hash of a file and its stamp: `hash_` where that is what goes with its stamp, else by reading it."""
    try:
        about = os.stat(path)  # noqa: PTH116 - two thousand times
        if not stat.S_ISREG(about.st_mode):
            return "", ""
        now = _stamp(about)
        if hash_ and now and now == stamp:
            return hash_, now
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            return _hash(file.readall()), now
    except (FileNotFoundError, NotADirectoryError):
        return None, ""
    except OSError:
        return "", ""


def _stamp(about: os.stat_result) -> str:
    """What changes with every write to a file; empty where the file system's clock is too coarse to tell two writes apart."""
    if not about.st_mtime_ns % _COARSE:
        return ""
    return f"{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns} {about.st_ino}"


def _hash(data: bytes) -> str:
    """A hash that does not change where git turns line ends into those of Windows."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n") if b"\r" in data else data).hexdigest()[:32]  # one byte is found at once
