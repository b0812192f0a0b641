"""What leaves the workspace for other tools: the tree for documents and mind maps, criteria for databases and products."""
