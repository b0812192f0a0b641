"""microseg.yaml as the project needs it: settings, dimensions, bounds, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from microseg.config import FILE_NAME, Config, LimitSettings
from microseg.criteria.dimensions import Dimensions
from microseg.criteria.own_dimensions import read_dimensions
from microseg.errors import SettingsError
from microseg.lint.suppress import Suppression
from microseg.model.bind import Binding, record
from microseg.model.bind_ordinary import OddError, bind_ordinary
from microseg.model.load import load
from microseg.project.discover import LARGEST_FILE, MOST_FILES, read_bytes, too_large
from microseg.project.facts import joined, parse
from microseg.record import NamedTuple
from microseg.source.nodes import Limits, Mapping, Scalar
from microseg.source.ordinary import read_ordinary
from microseg.source.problem import Problem
from microseg.source.text import SourceFile, decode_clean

if TYPE_CHECKING:
    from pathlib import Path


class Bounds(NamedTuple):
    """What is read at most."""

    file: Limits = Limits()
    file_bytes: int = LARGEST_FILE
    files: int = MOST_FILES


class Settings(NamedTuple):
    """The settings of a workspace, with everything that was found while reading them."""

    config: Config
    dimensions: Dimensions
    bounds: Bounds
    problems: tuple[Problem, ...]
    suppressions: tuple[Suppression, ...]


def read_settings(root: Path, data: bytes | None) -> Settings:
    """The settings in `data`, or those of the file at the root; none at all are the defaults.

    Raises SettingsError where the file cannot be read or is not YAML: nothing could be judged by it.
    """
    if data is None:
        path = root / FILE_NAME
        if not path.exists():
            return Settings(Config(), Dimensions(), Bounds(), (), ())
        held = read_bytes(path)
        if isinstance(held, Problem):
            raise SettingsError(f"{FILE_NAME}: {held.message}", held.help)
        data = held
    if len(data) > LARGEST_FILE:
        problem = too_large(len(data), LARGEST_FILE)
        raise SettingsError(f"{FILE_NAME}: {problem.message}", problem.help)
    return _ordinary_settings(data) or _settings(data)


def _ordinary_settings(data: bytes) -> Settings | None:
    """Settings in which nothing is out of the ordinary; None for any other."""
    text = decode_clean(data)
    root = None if text is None else read_ordinary(text, Limits())
    if root is None:
        return None
    try:
        config = load(Config, bind_ordinary(root, Config, Dimensions()), FILE_NAME)
    except OddError:
        return None
    return Settings(config, Dimensions(), _bounds(config.limits), (), ())


def _settings(data: bytes) -> Settings:
    """Settings read with care, with what is wrong with them. Raises SettingsError where they are not YAML."""
    parsed = parse(data, Limits())
    _refuse_broken(parsed.text, parsed.problems, parsed.document.broken_at)
    node = parsed.document.root
    if node is None or (isinstance(node, Scalar) and not node.value.strip()):
        return Settings(Config(), Dimensions(), Bounds(), parsed.problems, ())
    held_dimensions = node.get("dimensions") if isinstance(node, Mapping) else None
    dimensions, mistakes = (Dimensions(), ()) if held_dimensions is None else read_dimensions(held_dimensions)
    binding = Binding(parsed.text, dimensions=dimensions, comment_starts=parsed.comment_starts, aliased=parsed.document.aliased)
    packed: Any = record(binding, node, Config)
    config = Config() if packed is None else load(Config, packed, FILE_NAME)
    return Settings(
        config,
        dimensions,
        _bounds(config.limits),
        joined((*parsed.problems, *mistakes), binding.problems),
        parsed.suppressions,
    )


def _refuse_broken(text: str, problems: tuple[Problem, ...], broken_at: int | None) -> None:
    if broken_at is None:
        return
    problem = problems[-1]
    line, column = SourceFile(FILE_NAME, text).position(problem.start)
    raise SettingsError(f"{FILE_NAME}:{line}:{column}: {problem.message}", problem.help)


def _bounds(limits: LimitSettings | None) -> Bounds:
    if limits is None:
        return Bounds()
    file = Limits(depth=limits.depth or Limits().depth, nodes=limits.nodes or Limits().nodes)
    return Bounds(file, limits.file_bytes or LARGEST_FILE, limits.files or MOST_FILES)
