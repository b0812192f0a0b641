"""Briefs and the site: pages made from the model, to share with a team.

Entry points, in the order they are used:

- `material.Material(workspace, dimensions, digest=…, as_of=…)`: what all pages are made from.
- `view.view_brief(material, segment, audience="")`: a segment as plain data (`page.Brief`); audiences are in `view.AUDIENCES`.
- `whole_view.view_whole(material)`: all segments as plain data (`whole.Whole`), for the index and the overview.
- `render.render_brief(brief, format=…, options=render.Options(…))`, `render.render_overview(whole, …)`, `render.render_index(whole, …)`: a page as text.
- `site.plan_site(material, formats=…, options=…, audience=…, findings=…)`: every file of the site as bytes, by path; `site.plan_single(material)`: all of it as one page.
- `site.site_key(…)`, `write.find_current(out, key)`: ends a build that has nothing to do before it begins.
- `write.write_site(files, out, root=…, check=…, overwrite=…, key=…)`: writes what changed and says what it did.

Only `render` imports the template engine: import it, and `site`, where pages are made. A team's own templates are handed `brief`
(or `whole`), `options`, `pictures` and `version`; the fields are those of `page.py` and `whole.py`.
"""
