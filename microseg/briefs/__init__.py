"""Briefs and the site: pages made from the model, to share with a team.

Entry points, in the order they are used:

- `material.Material(workspace, dimensions, digest=…, as_of=…)`: what all pages are made from.
- `view.view_brief(material, segment, audience="")`: a segment as plain data (`page.Brief`); audiences are in `view.AUDIENCES`.
- `render.render_brief(brief, format="md" | "html", options=render.Options(…))`: the page as text.
"""
