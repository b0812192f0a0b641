"""The incremental core, the only way in for lint, briefs, measures and editors: open a workspace, refresh it, ask it."""

from microseg.project.project import Project, find_root

__all__ = ["Project", "find_root"]
