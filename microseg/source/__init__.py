"""Text: files, spans, YAML nodes, comments and edits. Knows nothing of segments."""
