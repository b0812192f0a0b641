"""Measuring: what a segment's criteria and metrics say about real data, asked in one statement."""
