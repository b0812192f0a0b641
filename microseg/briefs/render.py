"""The only door to the template engine: finds a template, hands it plain data, and gives back a page.

A team's own templates come before the shipped ones, which are also reached as `shipped/…` to extend them. Every typed
text is escaped; a team's own templates also run in a sandbox, in a process of their own (isolated.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.compiler import CodeGenerator
from jinja2.nodes import Expr, Getattr
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from microseg import __version__
from microseg.briefs.charts import bullet
from microseg.briefs.escape import escape_html, escape_markdown, flat
from microseg.briefs.flagged import Flagged
from microseg.briefs.map_chart import map_svg
from microseg.briefs.page import Brief, Link, Node
from microseg.briefs.phrases import sentence, spelled, upper_first
from microseg.briefs.tree_bars import tree_bars_svg
from microseg.briefs.tree_chart import tree_svg
from microseg.briefs.tree_text import mermaid, nested, tree_rows
from microseg.briefs.whole import Whole
from microseg.errors import TemplateError, short
from microseg.resources import folder
from microseg.source.nearest import nearest

Format = Literal["md", "html"]
Flavor = Literal["plain", "github"]
Tables = Literal["table", "list"]
LARGEST_PAGE = 8 * 1024 * 1024  # characters; the largest honest page is a hundredth of it
MOST_PICTURES = 3
_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_EMPTY = re.compile(r"\n(?:[ \t]*\n){2,}")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # typed texts come without; a team's own template may hold them
_FOLDS = re.compile(r"\s*\n\s*")


class Options(NamedTuple):
    """How pages are written. `is_linked`: the pages of other segments lie beside this one. `templates`: the team's own folder."""

    templates: Path | None = None
    is_linked: bool = False
    flavor: Flavor = "plain"
    tables: Tables = "table"
    front_matter: bool = False


class Pictures(NamedTuple):
    """The pictures of a brief as SVG, empty where there is nothing to draw; `bullets` by the anchor of their card."""

    tree: Markup
    map: Markup
    bullets: Mapping[str, Markup]


class Page(NamedTuple):
    """One page to make: the template's name and what it is handed."""

    template: str
    variables: Mapping[str, Any]


def render_brief(brief: Brief, *, format: Format, options: Options | None = None) -> str:  # noqa: A002 - the command line's own word
    """A brief as one self-contained page. Raises TemplateError where a team's template is wrong."""
    chosen = options or Options()
    return next(iter(render_pages([brief_page(brief, format, chosen)], chosen.templates)))


def brief_page(brief: Brief, format_: Format, options: Options) -> Page:
    """What the template of a brief is handed: `brief`, `options`, `pictures` and `version`."""
    pictures = None if format_ == "md" else _pictures(brief, options)
    return Page(f"brief.{format_}.j2", {"brief": brief, "options": _options(options), "pictures": pictures, "version": __version__})


def render_overview(whole: Whole, *, format: Format, options: Options | None = None) -> str:  # noqa: A002
    """The whole tree on one page."""
    chosen = options or Options()
    return next(iter(render_pages([whole_page("overview", whole, format, chosen)], chosen.templates)))


def render_index(whole: Whole, *, format: Format, options: Options | None = None) -> str:  # noqa: A002
    """The front page of a site."""
    chosen = options or Options(is_linked=True)
    return next(iter(render_pages([whole_page("index", whole, format, chosen)], chosen.templates)))


def whole_page(name: str, whole: Whole, format_: Format, options: Options, *, flagged: int = 0) -> Page:
    """What the templates of pages about all segments are handed: `whole`, `options`, `pictures`, `flagged` and `version`."""
    drawn = whole.pictures[:MOST_PICTURES] if format_ == "html" and name == "index" else ()
    pictures = [(Markup(tree_svg(one, href=_href(options))), Markup(tree_bars_svg(one, href=_href(options)))) for one in drawn]  # noqa: S704 - charts escape what was typed
    return Page(f"{name}.{format_}.j2", {"whole": whole, "options": _options(options), "pictures": pictures, "flagged": flagged, "version": __version__})


def flagged_page(flagged: tuple[Flagged, ...], whole: Whole, options: Options) -> Page:
    """What the template of flagged places is handed: `flagged`, `whole`, `options` and `version`."""
    return Page("flagged.html.j2", {"flagged": flagged, "whole": whole, "options": _options(options), "version": __version__})


def _href(options: Options) -> Callable[[Link], str]:
    """Where names lead to in pictures."""
    return lambda link: f"{link.id}.html" if options.is_linked and link.id else ""


def _options(options: Options) -> Options:
    """What a template may know of the options: not where it lies."""
    return options._replace(templates=None)


def _pictures(brief: Brief, options: Options) -> Pictures:
    bullets = {one.anchor: Markup(bullet(one.target)) for one in brief.cards if one.target is not None}  # noqa: S704 - charts escape
    tree = Markup(tree_svg(brief.place, href=_href(options)))  # noqa: S704 - charts escape what was typed
    return Pictures(tree, Markup(map_svg(brief) if brief.has_map else ""), bullets)  # noqa: S704


def render_pages(pages: Iterable[Page], templates: Path | None) -> Iterator[str]:
    """Pages in order. The shipped templates run here; where the team has templates of its own, all run in a process with limits."""
    if templates is not None and has_templates(templates):
        from microseg.briefs.isolated import render_isolated

        yield from render_isolated(pages, templates)
        return
    for page in pages:
        yield _tidy(environment(None, _format_of(page.template)).get_template(page.template).render(page.variables), page)


def load_templates(format_: Format) -> None:
    """Compile the shipped template of a brief, and what it imports, now rather than with the first page."""
    for name in (f"brief.{format_}.j2", f"shipped/parts.{format_}.j2"):
        environment(None, format_).get_template(name)


def _tidy(text: str, page: Page) -> str:
    """A page without the runs of empty lines that conditions leave behind; it ends with one line end."""
    return _EMPTY.sub("\n\n" if _format_of(page.template) == "md" else "\n", text).strip() + "\n"


def has_templates(templates: Path) -> bool:
    """Does the team's folder hold a template?"""
    return templates.is_dir() and any(path.suffix in {".j2", ".css", ".js"} for path in templates.iterdir())


def render_guarded(page: Page, templates: Path) -> str:
    """One page with a team's own templates; whatever goes wrong in them is a TemplateError with file and line. For the child process."""
    try:
        return _tidy(_CONTROLS.sub("", _within_size(page, templates)), page)
    except (TemplateError, MemoryError):
        raise
    except TemplateSyntaxError as error:
        raise TemplateError(f"{_shown(error.name)}:{error.lineno}: {error.message}", "how templates are written: https://jinja.palletsprojects.com/templates/") from None
    except TemplateNotFound as error:
        raise TemplateError(f"{_place(error, page)}: there is no template {short(error.name)}", "a template lies in templates/, and the shipped ones under shipped/") from None
    except RecursionError:
        raise TemplateError(f"{_shown(page.template)} leads back to itself without end, or is nested too deeply", "look for an `include`, an `extends` or a macro that names itself") from None
    except UnicodeDecodeError:
        raise TemplateError(f"{_shown(page.template)}, or a template that it includes, is not UTF-8", "save it as UTF-8") from None
    except Exception as error:  # noqa: BLE001 - a template can raise anything
        raise TemplateError(f"{_place(error, page)}: {error}", "compare it with the shipped template of the same name") from None


def _within_size(page: Page, templates: Path) -> str:
    """The page, or TemplateError as soon as it grows past all measure."""
    parts: list[str] = []
    size = 0
    for part in environment(templates, _format_of(page.template)).get_template(page.template).generate(page.variables):
        size += len(part)
        if size > LARGEST_PAGE:
            raise TemplateError(f"templates/{page.template} writes more than {LARGEST_PAGE // 1_048_576} million characters", "look for a loop that repeats too often")
        parts.append(part)
    return "".join(parts)


def _place(error: BaseException, page: Page) -> str:
    """The innermost template and line that an error went through."""
    found = ""
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith((".j2", ".css", ".js")):
            found = f"{_shown(Path(name).name)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found or _shown(page.template)


def _shown(name: str | None) -> str:
    return f"templates/{name}" if name else "templates"


def _format_of(template: str) -> Format:
    return "md" if template.endswith(".md.j2") else "html"


class _Missing(StrictUndefined):
    """A name or field that does not exist: says so in words, with the nearest one that does."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        if self._undefined_hint:
            return str(self._undefined_hint)
        if self._undefined_obj is missing:
            return f"nothing here is called `{name}`"
        kind = type(self._undefined_obj)
        fields = getattr(kind, "__slots__", None) or getattr(kind, "_fields", ())
        close = nearest(name, fields) if fields else None
        return f"a {kind.__name__} has no field `{name}`" + (f"; did you mean `{close}`?" if close else "")


class _Folders(BaseLoader):
    """The team's folder first, then the shipped one; `shipped/…` always means the shipped one. Never a file outside of them."""

    def __init__(self, own: Path | None) -> None:
        self._own = own
        self._shipped = folder("templates")

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 - the engine's signature
        """The text of a template, its path, and that it never changes while it is used."""
        name = template.removeprefix("shipped/")
        places = [self._shipped] if name != template or self._own is None else [self._own, self._shipped]
        for place in places:
            path = place / name
            if _is_inside(path, place):
                return _prepared(path), str(path), lambda: True
        raise TemplateNotFound(template)


def _is_inside(path: Path, place: Path) -> bool:
    """Is this a file of the folder itself, and no link that leads out of it?"""
    try:
        return ".." not in path.parts and path.is_file() and path.resolve().is_relative_to(place.resolve()) and "starters" not in path.relative_to(place).parts
    except OSError:  # a name that no file can have
        return False


def _prepared(path: Path) -> str:
    """A template's text; styles and scripts without comments and indentation, and never read as template code."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        return "{% raw %}" + _FOLDS.sub("", _COMMENTS.sub("", text)).replace(";}", "}") + "{% endraw %}"
    if path.suffix == ".js":
        return "{% raw %}" + _FOLDS.sub("\n", _COMMENTS.sub("", text)).strip() + "{% endraw %}"
    return text


class _Escaping(CodeGenerator):
    """Compiles `{{ … }}` to a call of `finalize` alone, which escapes: the engine's own escaping would go over everything a second time."""

    def _output_child_pre(self, node: Expr, frame: Any, finalize: Any) -> None:  # noqa: ARG002 - the engine's signature
        self.write(finalize.src)

    def _output_child_post(self, node: Expr, frame: Any, finalize: Any) -> None:  # noqa: ARG002 - the engine's signature
        self.write(")")


class _Direct(_Escaping):
    """For the shipped templates, which only name fields that exist: `one.name` is compiled to just that."""

    def visit_Getattr(self, node: Getattr, frame: Any) -> None:  # noqa: N802 - the engine's name
        """The field of whatever stands before the point."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


def _escaper(escape_text: Callable[[str], str]) -> Callable[[Any], str]:
    """What every `{{ … }}` goes through: typed text is escaped, text that a template or a picture made is not. The same text is met on many pages."""
    known = lru_cache(maxsize=16_384)(escape_text)

    def finalize(value: Any) -> str:
        if type(value) is str:
            return known(value)
        return value if type(value) is Markup else known(str(value))

    return finalize


@lru_cache(maxsize=8)
def environment(templates: Path | None, format_: Format) -> Environment:
    """Where templates of one format run: a sandbox for a team's own, which costs four times as much as the shipped ones need."""
    kind = Environment if templates is None else ImmutableSandboxedEnvironment
    made = kind(
        loader=_Folders(templates),
        autoescape=True,
        undefined=_Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        finalize=_escaper(escape_markdown if format_ == "md" else escape_html),
    )
    made.code_generator_class = _Direct if templates is None else _Escaping
    made.filters.update(linked=_linked_md if format_ == "md" else _linked_html, spelled=spelled, sentence=sentence, upper_first=upper_first, quoted_for_yaml=_for_yaml, code=_as_code, fenced=_as_fenced, inside=_inside, target=_as_target, rows=tree_rows, nested=nested, indent_list=_indent, mermaid=_mermaid)
    return made


def _linked_html(link: Link, options: Options) -> Markup:
    """A segment by its name, leading to its page where that lies beside this one."""
    name = escape_html(link.name)
    return Markup(f'<a href="{escape_html(link.id)}.html">{name}</a>' if options.is_linked and link.id else name)  # noqa: S704 - escaped


def _linked_md(link: Link, options: Options) -> Markup:
    """The same in Markdown."""
    name = escape_markdown(link.name)
    return Markup(f"[{name}]({escape_markdown(link.id)}.md)" if options.is_linked and link.id else name)  # noqa: S704 - escaped


def _for_yaml(text: str) -> Markup:
    """A text as a YAML string in front matter."""
    return Markup(json.dumps(flat(text), ensure_ascii=False))  # noqa: S704 - JSON strings are YAML strings


def _as_code(text: str) -> Markup:
    """A path between backticks, where nothing is escaped and only a backtick could end it."""
    return Markup(flat(text).replace("`", "'"))  # noqa: S704 - inside a code span


def _as_fenced(text: str) -> Markup:
    """A line between two fences, which only a fence of its own could end."""
    return Markup("".join(max(char, " ") for char in text).replace("```", "` ` `"))  # noqa: S704 - inside a fence


def _inside(text: str) -> Markup:
    """A typed text in the middle of a line, with the blanks around it."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    escaped = escape_markdown(text)
    if escaped.endswith("!") and not after:
        escaped = escaped[:-1] + "\\!"  # before a link it would make a picture of it
    return Markup(before + escaped + after if text.strip() else before)  # noqa: S704 - escaped


def _as_target(link: str) -> Markup:
    """A safe link as the target of a Markdown link, where only brackets could end it."""
    return Markup(flat(link).replace("(", "%28").replace(")", "%29"))  # noqa: S704 - proof.safe_link let it pass


def _indent(depth: int) -> Markup:
    """The blanks before an item of a nested list: four a level, which all Markdown readers agree on."""
    return Markup("    " * depth)  # noqa: S704 - blanks


def _mermaid(root: Node) -> Markup:
    """The tree as a Mermaid diagram; its own escaping makes typed text harmless there."""
    return Markup(mermaid(root))  # noqa: S704
