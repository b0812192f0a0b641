"""Briefs and the site: pages made from the model, to share with a team.

Entry points, in the order they are used:

- `material.Material(workspace, dimensions, digest=…, as_of=…, runs=…, revision=…, source=…, findings=…)`: what all pages are made from, saved measures and findings included.
- `view.view_brief(material, segment, audience="")`: a segment as plain data (`page.Brief`); audiences are in `view.AUDIENCES`.
- `whole_view.view_whole(material, pieces)`: all segments as plain data (`whole.Whole`), for the index and the overview.
- `render.render_brief(brief, format=…, options=render.Options(…))`, `render.render_overview(whole, …)`, `render.render_index(whole, …)`: a page as text.
- `site.plan_site(material, formats=…, options=…, audience=…)`: every file of the site as bytes, by path; `site.plan_single(material)`: all of it as one page.
- `site.plan_changes(material, known, …)`: the same without the pages that are known to lie there as they would be made (`inputs.page_keys`), and with what is kept of all segments (`pieces`).
- `after_edit.plan_edit(material, reached, known, kept, …)`: the same where an edit can show but some segments in another way, from what shows those; with `after_edit.begin_edit` another process prepares for it while that is found out.
- `write.write_site(files, out, root=…, check=…, overwrite=…, kept=…)`: writes what changed and says what it did; `write.Stage` takes pages one by one while they are made.
- `remembered.recall(out)`, `remembered.recall_pieces(out)`, `write.find_current(held, known, key)`: ends a build that has nothing to do before it begins.

Only `engine` imports the template engine, and only where a team's own templates are used: the shipped ones are Python in `shipped/`. A team's own templates are handed `brief`
(or `whole`), `options`, `pictures` and `version`; the fields are those of `page.py` and `whole.py`.
"""
