"""The one way in which parts are found: rules, formats, metrics, importers and exporters are modules of a folder."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType


def modules_of(package: str) -> Iterator[ModuleType]:
    """Every module below a package, in order of name; names that begin with an underscore are left out."""
    parent = import_module(package)
    for found in sorted(pkgutil.iter_modules(parent.__path__), key=lambda one: one.name):
        if found.name.startswith("_"):
            continue
        name = f"{package}.{found.name}"
        if found.ispkg:
            yield from modules_of(name)
        else:
            yield import_module(name)


def names_in(package: str) -> list[str]:
    """The names of a package's own modules, without importing them."""
    parent = import_module(package)
    return sorted(found.name for found in pkgutil.iter_modules(parent.__path__) if not found.name.startswith("_"))
