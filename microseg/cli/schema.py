"""microseg schema: the JSON Schema of what people type."""

from __future__ import annotations

from typing import Annotated

import typer

from microseg.cli.options import Output, Quiet, choose, write

_NAMES = ("segment", "evidence", "workspace")


def run(
    name: Annotated[str, typer.Argument(metavar="[segment|evidence|workspace]", help="Which file it is for.", show_default=False)] = "segment",
    *,
    output: Output = None,
    quiet: Quiet = False,  # noqa: ARG001 - every command takes it; this one has nothing to say beside the result
) -> None:
    """Print the JSON Schema (draft-07) that editors complete and check by.

    \b
    microseg schema segment
    microseg schema workspace --output workspace.schema.json
    """
    write(schema_text(choose(name, _NAMES, what="schema")), output)


def schema_text(name: str, *, indent: int | None = 1) -> str:
    """A schema as JSON."""
    import json

    from microseg.model.schema import schema_of

    return json.dumps(schema_of(name), ensure_ascii=False, indent=indent) + "\n"
