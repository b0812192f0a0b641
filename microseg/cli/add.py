"""microseg add: a segment file with the fields to think through."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import HERE, Directory, Quiet, choose, complete_segment, find_segment, from_there, open_project, say
from microseg.cli.paths import is_taken
from microseg.errors import UsageError, cannot_write, short

if TYPE_CHECKING:
    from microseg.model.workspace import Workspace

_LEVELS = ("head", "midtail", "longtail")


def run(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What you call the group: 'Corporate trainers'.", show_default=False)],
    *,
    id_: Annotated[str, typer.Option("--id", metavar="ID", help="The stable id; left out: from the name.")] = "",
    parent: Annotated[str, typer.Option(metavar="ID", help="The segment it is a part of.", autocompletion=complete_segment)] = "",
    level: Annotated[str, typer.Option(metavar="LEVEL", help="head, midtail or longtail; left out: from its place in the tree.")] = "",
    directory: Directory = HERE,
    quiet: Quiet = False,
) -> None:
    """Write a file for a new segment, with the seven things to think through. Never overwrites.

    \b
    microseg add "Online courses"
    microseg add "Corporate trainers" --parent online-courses
    """
    from microseg.cli.modeline import schema_of, with_modeline, write_missing_schemas
    from microseg.model.bind_scalars import slugify

    _check_name(name)
    if level:
        choose(level, _LEVELS, what="level")
    project = open_project(directory)
    above = find_segment(project.workspace, parent).id or "" if parent else ""
    chosen = _check_id(id_ or slugify(name), project.workspace, typed=bool(id_))
    relative = Path("segments") / f"{chosen}.yaml"
    target = project.root / relative
    if is_taken(target):
        raise UsageError(f"{relative} exists already", "choose another id with --id")
    text = with_modeline(relative, _draft(name.strip(), chosen, above, level, from_name=chosen == relative.stem))
    write_missing_schemas(project.root, (schema_of(relative),))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise cannot_write(relative, error, "check the folder and its permissions") from None
    say(f"wrote {relative.as_posix()}", quiet=quiet)
    say(f"next: fill it in, then `microseg lint{from_there(directory)} --all` says what is missing", quiet=quiet)


def _check_name(name: str) -> None:
    """Raises UsageError for a name that says nothing, or that holds what nobody can see: lint would refuse the file."""
    from microseg.source.text import clean, find_unseen

    if not name.strip():
        raise UsageError("a segment needs a name", 'for example: microseg add "Corporate trainers"')
    if find_unseen(name) or any("\ud800" <= character <= "\udfff" for character in name):
        raise UsageError(f"{short(clean(name))}: the name holds a character that nobody can see", "type the name again, without it")


def _check_id(chosen: str, workspace: Workspace, *, typed: bool) -> str:
    from microseg.model.bind_scalars import id_mistake
    from microseg.source.text import clean

    if not chosen:
        raise UsageError("no id can be made of this name", "give one with --id: lower-case letters, digits and single dashes")
    mistake = id_mistake(chosen)
    if mistake:
        raise UsageError(f"{'--id: ' if typed else ''}{mistake}", "give another one with --id")
    if chosen in workspace.by_id:
        raise UsageError(f"the id `{chosen}` is taken by {short(clean(workspace.by_id[chosen].name or chosen))}", "give another one with --id")
    return chosen


def _draft(name: str, chosen: str, parent: str, level: str, *, from_name: bool) -> str:
    """The seven keys of a first draft, each with a question in a comment."""
    from microseg.source.quoting import quote

    lines = [f"name: {quote(name)}"]
    if not from_name:
        lines.insert(0, f"id: {chosen}")
    if level:
        lines.append(f"level: {level}")
    if parent:
        lines.append(f"parent: {parent}")
    lines += [
        'keyword: ""            # what they would search for; it narrows the phrase of the segment above',
        'definition: ""         # "Those who …": a group, told by what its members share, not a person',
        "focus: later           # now | later | never: do we go after them?",
        "pain_points:           # what hurts: who waits, redoes, loses or works around what, and what it costs",
        '  - statement: ""',
        '    solved_by: ""      # what would relieve this pain for them',
        "minimum_expected: []   # what every product owes, such as [A good UI]: needed, no selling point",
        'owner: ""              # the team that answers for it',
        "# put a sentence in quotes if it holds a colon, a hash, or begins with a sign",
    ]
    return "\n".join(lines) + "\n"
