"""How the judge's weights are made from the corpus: run offline, never by the tool itself."""
