"""microseg init: a workspace to start from."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import HERE, Quiet, choose, say
from microseg.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXAMPLES = {"learning": "the article's case: a learning platform, twelve segments, complete", "equipment": "a platform for heavy equipment: three segments with numbers", "minimal": "ten lines"}


def run(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to put it; left out: here.", show_default=False)] = HERE,
    *,
    example: Annotated[str, typer.Option(metavar="NAME", help="learning, equipment or minimal.")] = "minimal",
    quiet: Quiet = False,
) -> None:
    """Start a workspace. Nothing that exists is ever overwritten.

    \b
    microseg init
    microseg init planning --example learning
    """
    choose(example, _EXAMPLES, what="example")
    source = _source(example)
    files = sorted(_files(source))
    taken = next((path for path in files if (folder / path).exists() or (folder / path).is_symlink()), None)
    if taken is not None:
        raise UsageError(f"{folder / taken} exists already, and would be overwritten", "name another folder: microseg init DIR")
    _copy(source, folder, files)
    say(f"wrote {len(files)} files into {folder.resolve().name}: {_EXAMPLES[example]}", quiet=quiet)
    where = "" if folder == HERE else f" -C {folder}"
    if example == "minimal":
        say(f"then: name your product in {folder / 'microseg.yaml'}, and write over segments/schedulers.yaml, which is only an example", quiet=quiet)
    say(f"next: `microseg tree{where}` shows it, `microseg lint{where} --all` says what to do, `microseg add{where} NAME` adds a segment", quiet=quiet)


def _source(example: str) -> Path:
    from microseg.resources import folder

    return folder("sample_workspace") if example == "learning" else folder("templates") / "starters" / example


def _files(source: Path) -> Iterator[Path]:
    for path in source.rglob("*"):
        relative = path.relative_to(source)
        if path.is_file() and relative.parts[0] != "briefs" and not any(part.startswith(".") for part in relative.parts):
            yield relative


def _copy(source: Path, folder: Path, files: list[Path]) -> None:
    from microseg.cli.modeline import with_modeline

    try:
        for path in files:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".yaml":
                target.write_text(with_modeline(path, (source / path).read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
            else:
                shutil.copyfile(source / path, target)
        _write_schemas(folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {(error.strerror or 'unknown reason').lower()}", "name a folder that you may write to") from None


def _write_schemas(folder: Path) -> None:
    from microseg.cli.schema import schema_text

    target = folder / ".microseg"
    target.mkdir(exist_ok=True)
    for name in ("segment", "evidence", "workspace"):
        (target / f"{name}.schema.json").write_text(schema_text(name, indent=None), encoding="utf-8", newline="\n")
