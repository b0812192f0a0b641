"""microseg init: a workspace to start from."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import HERE, Quiet, choose, from_there, say
from microseg.cli.paths import in_the_way, is_taken
from microseg.errors import UsageError, cannot_write, short
from microseg.source.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXAMPLES = {"learning": "the article's case: a learning platform, twelve segments, complete", "equipment": "a platform for heavy equipment: three segments with numbers", "minimal": "ten lines"}


def run(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to put it; left out: here.", show_default=False)] = HERE,
    *,
    example: Annotated[str, typer.Option(metavar="NAME", help="learning, equipment or minimal.")] = "minimal",
    templates: Annotated[bool, typer.Option("--templates", help="Only the templates of the pages, into DIR/templates, to make them your own.")] = False,
    quiet: Quiet = False,
) -> None:
    """Start a workspace. Nothing that exists is ever overwritten.

    \b
    microseg init
    microseg init planning --example learning
    microseg init --templates
    """
    if templates:
        _start_templates(folder, quiet=quiet)
        return
    choose(example, _EXAMPLES, what="example")
    source = _source(example)
    files = sorted(_files(source))
    _refuse_taken(folder, files)
    _copy(source, folder, files)
    say(f"wrote {len(files)} files into {clean(folder.resolve().name) or folder}: {_EXAMPLES[example]}", quiet=quiet)
    where = from_there(folder)
    if example == "minimal":
        say(f"then: name your product in {clean(str(folder / 'microseg.yaml'))}, and write over segments/schedulers.yaml, which is only an example", quiet=quiet)
    say(f"next: `microseg tree{where}` shows it, `microseg lint{where} --all` says what to do, `microseg add{where} NAME` adds a segment", quiet=quiet)


def _refuse_taken(folder: Path, files: list[Path]) -> None:
    """Raises UsageError before anything is written: for a file that exists, and for one that stands where a folder is due."""
    from microseg.cli.modeline import schema_files

    schemas = schema_files()
    for path in (*files, *schemas):
        target = folder / path
        _refuse_obstacle(target)
        if is_taken(target) and not _holds(target, schemas.get(path)):
            raise UsageError(f"{short(target)} exists already, and would be overwritten", "name another folder: microseg init DIR")


def _refuse_obstacle(target: Path) -> None:
    obstacle = in_the_way(target)
    if obstacle is not None:
        raise UsageError(f"{short(obstacle)} is in the way: a folder is needed there", "name another folder: microseg init DIR")


def _start_templates(folder: Path, *, quiet: bool) -> None:
    """Copy the shipped templates; each that is there already stays as it is."""
    from microseg.briefs.phrases import counted
    from microseg.resources import folder as shipped

    taken: list[str] = []
    written: list[str] = []
    sources = sorted(path for path in shipped("templates").iterdir() if path.is_file())
    for source in sources:
        target = folder / "templates" / source.name
        _refuse_obstacle(target)
        (taken if is_taken(target) else written).append(source.name)
    try:
        for name in written:
            (folder / "templates").mkdir(parents=True, exist_ok=True)
            shutil.copyfile(shipped("templates") / name, folder / "templates" / name)
    except OSError as error:
        raise cannot_write(folder / "templates", error, "name a folder that you may write to") from None
    kept = f"; {len(taken)} already there and kept" if taken else ""
    say(f"wrote {counted(len(written), 'template')} into {short(folder / 'templates')}{kept}", quiet=quiet)
    say("next: keep those that you change and delete the others, so that they go on improving with microseg; docs/templates.md says what a page is handed", quiet=quiet)


def _holds(path: Path, text: str | None) -> bool:
    """Does a file hold exactly this text already?"""
    return text is not None and path.is_file() and path.read_bytes() == text.encode()


def _source(example: str) -> Path:
    from microseg.resources import folder

    return folder("sample_workspace") if example == "learning" else folder("templates") / "starters" / example


def _files(source: Path) -> Iterator[Path]:
    for path in source.rglob("*"):
        relative = path.relative_to(source)
        if path.is_file() and relative.parts[0] != "briefs" and not any(part.startswith(".") for part in relative.parts):
            yield relative


def _copy(source: Path, folder: Path, files: list[Path]) -> None:
    from microseg.cli.modeline import schema_files, with_modeline, write_missing_schemas

    try:
        for path in files:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".yaml":
                target.write_text(with_modeline(path, (source / path).read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
            else:
                shutil.copyfile(source / path, target)
        write_missing_schemas(folder, schema_files())
    except OSError as error:
        raise cannot_write(folder, error, "name a folder that you may write to") from None
