"""The tree from head to longtail."""
