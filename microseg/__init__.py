"""microseg: plan segments from head to longtail, in files that a team can review."""

__version__ = "0.1.0"
