"""The bytes of a workspace, got before anything is read, and so quickly that a run with nothing new need know no more."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from microseg.errors import NothingToDoError
from microseg.project.discover import Found, discover, measured_days, read_bytes
from microseg.record import NamedTuple
from microseg.resources import SETTINGS_FILE
from microseg.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microseg.project.cache import Store


class Got(NamedTuple):
    """All files as they were found, within the widest bounds; the bytes of each by its path, or why there are none; with a cache that, and a hash of each, the settings' too; the SHA-256 of those that somebody has asked for."""

    found: list[Found]
    data: Mapping[str, bytes | Problem]
    digests: Mapping[str, bytes] = MappingProxyType({})
    store: Store | None = None
    hashes: Mapping[str, str] = MappingProxyType({})


def find_root(start: Path) -> Path:
    """The workspace that a folder lies in: the nearest microseg.yaml above, not past the root of a git repository.

    A folder with segments/ and no settings is a workspace too. Raises NothingToDoError where there is none.
    """
    folder = start.resolve()
    for place in (folder, *folder.parents):
        if (place / SETTINGS_FILE).exists():
            return place
        if (place / ".git").exists():
            break
    if (folder / "segments").is_dir():
        return folder
    raise NothingToDoError(
        f"there is no workspace here: no {SETTINGS_FILE} in {folder.name or folder} or above",
        "start one with `microseg init`, or name its folder with -C",
    )


def get_files(root: Path) -> Got:
    """The files of the workspace at `root`."""
    found = discover(root)
    data: dict[str, bytes | Problem] = {SETTINGS_FILE: settings_in(root)}
    for one in found:
        data[one.path] = one.problem or read_bytes(f"{root}/{one.path}")
    return Got(found, data)


def with_cache(got: Got, store: Store) -> Got:
    """The same, so that what the cache has of them can be looked up."""
    from microseg.project.keys import digests_of

    return got._replace(store=store, digests=digests_of({path: held for path, held in got.data.items() if isinstance(held, bytes)}))


def settings_in(root: Path) -> bytes:
    """The bytes of the settings; none where they cannot be had."""
    data = read_bytes(root / SETTINGS_FILE) if (root / SETTINGS_FILE).exists() else b""
    return b"" if isinstance(data, Problem) else data


def run_key(store: Store, root: Path, got: Got, asked: object) -> bytes:
    """The key of everything that a run says: it follows from all files, from the days that saved measures are named after, and from what was `asked` (plain values)."""
    parts = [repr((asked, [day.isoformat() for day in measured_days(root)])).encode("utf-8", "surrogatepass")]
    for path in sorted(got.data):
        held = got.data[path]
        parts += (path.encode("utf-8", "surrogatepass"), repr(held).encode("utf-8", "surrogatepass") if isinstance(held, Problem) else got.digests[path])
    return store.key(parts)
