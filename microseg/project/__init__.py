"""The incremental core, the only way in for lint, briefs, measures and editors: open a workspace, refresh it, ask it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from microseg.project.got import find_root
    from microseg.project.project import Project

__all__ = ["Project", "find_root"]


def __getattr__(name: str) -> Any:
    """The two doors, opened when somebody comes: a run with nothing new needs neither rules nor settings."""
    if name == "Project":
        from microseg.project.project import Project

        return Project
    if name == "find_root":
        from microseg.project.got import find_root

        return find_root
    raise AttributeError(name)
