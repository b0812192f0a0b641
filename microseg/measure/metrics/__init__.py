"""The metric types, a module each: its docstring is its page in docs/metrics.md, its name the `type:` that people write."""
