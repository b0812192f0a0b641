"""The one way in which parts are found: rules, formats, metrics, importers and exporters are modules of a folder."""

import os
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

_SOURCE = ".py"


def modules_of(package: str) -> Iterator[ModuleType]:
    """Every module below a package, in order of name; names that begin with an underscore are left out."""
    for name, is_package in _found_in(package):
        if is_package:
            yield from modules_of(f"{package}.{name}")
        else:
            yield import_module(f"{package}.{name}")


def names_in(package: str) -> list[str]:
    """The names of a package's own modules, without importing them."""
    return [name for name, _ in _found_in(package)]


def _found_in(package: str) -> list[tuple[str, bool]]:
    """The names in a package, sorted, each with whether it is a package itself; pkgutil would tell too, but imports `inspect` for it, which takes its time."""
    found = {}
    for folder in import_module(package).__path__:
        for entry in os.scandir(folder):
            name, is_package = entry.name.removesuffix(_SOURCE), entry.is_dir()
            if name.isidentifier() and not name.startswith("_") and (is_package or entry.name.endswith(_SOURCE)):
                found[name] = is_package
    return sorted(found.items())
