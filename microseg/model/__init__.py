"""Meaning: what a workspace says, as frozen data, bound from the files' nodes."""
