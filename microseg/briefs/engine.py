"""The only door to the template engine: finds a template, hands it plain data, and gives back a page.

A team's own templates come before the shipped ones, which are also reached as `shipped/…` to extend them. Every typed
text is escaped; a team's own templates also run in a sandbox, in a process of their own (isolated.py). The shipped ones
alone are Python already (shipped/) and need no engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.compiler import CodeGenerator
from jinja2.lexer import Lexer
from jinja2.nodes import Node
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from microseg.briefs import filters
from microseg.briefs.filters import HTML, MARKDOWN, Escaped, Raw
from microseg.briefs.phrases import sentence, spelled, upper_first
from microseg.briefs.render import tidy
from microseg.briefs.tree_text import nested, tree_rows
from microseg.errors import TemplateError, short
from microseg.resources import folder
from microseg.source.nearest import nearest

if TYPE_CHECKING:
    from jinja2.nodes import Expr

    from microseg.briefs.render import Format, Page

LARGEST_PAGE = 8 * 1024 * 1024  # characters; the largest honest page is a hundredth of it
_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # typed texts come without; a team's own template may hold them
_FOLDS = re.compile(r"\s*\n\s*")


def render_guarded(page: Page, templates: Path) -> str:
    """One page with a team's own templates; whatever goes wrong in them is a TemplateError with file and line. For the child process."""
    try:
        return tidy(_CONTROLS.sub("", _within_size(page, templates)), page)
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
        raise TemplateError(f"{_place(error, page)}: {_said(error)}", "compare it with the shipped template of the same name") from None


def render_shipped(page: Page) -> str:
    """One page with the shipped templates as they lie in their folder, by the engine itself."""
    return environment(None, page.format).get_template(page.template).render(_marked(page))


def _within_size(page: Page, templates: Path) -> str:
    """The page, or TemplateError as soon as it grows past all measure."""
    parts: list[str] = []
    size = 0
    for part in environment(templates, page.format).get_template(page.template).generate(_marked(page)):
        size += len(part)
        if size > LARGEST_PAGE:
            raise TemplateError(f"templates/{page.template} writes more than {LARGEST_PAGE // 1_048_576} million characters", "look for a loop that repeats too often")
        parts.append(part)
    return "".join(parts)


def _marked(page: Page) -> dict[str, Any]:
    """What a page is handed, with its pictures as the engine's own kind of markup."""
    return {name: _with_markup(value) if name == "pictures" else value for name, value in page.variables.items()}


def _with_markup(value: Any) -> Any:
    if isinstance(value, Raw):
        return Markup(value)  # noqa: S704 - charts escape what was typed
    if isinstance(value, dict):
        return {key: _with_markup(one) for key, one in value.items()}
    if isinstance(value, tuple):
        held = [_with_markup(one) for one in value]
        return type(value)._make(held) if hasattr(value, "_make") else tuple(held)
    return [_with_markup(one) for one in value] if isinstance(value, list) else value


def _said(error: BaseException) -> str:
    """What went wrong, in words of ours where Python speaks of its own settings."""
    return "a number has more digits than can be written (4,300)" if "set_int_max_str_digits" in str(error) else str(error)


def _place(error: BaseException, page: Page) -> str:
    """The innermost template and line that an error went through, be it while the template was read or while it ran."""
    found = ""
    trace = error.__traceback__
    while trace is not None:
        name, held = trace.tb_frame.f_code.co_filename, trace.tb_frame.f_locals
        if name.endswith((".j2", ".css", ".js")):
            found = f"{_shown(Path(name).name)}:{trace.tb_lineno}"
        elif isinstance(held.get("self"), CodeGenerator) and isinstance(held.get("node"), Node):
            found = f"{_shown(held['self'].name)}:{held['node'].lineno}"
        elif isinstance(held.get("self"), Lexer):
            found = f"{_shown(held.get('name') or page.template)}:{held.get('lineno', 1)}"
        trace = trace.tb_next
    return found or _shown(page.template)


def _shown(name: str | None) -> str:
    return f"templates/{name}" if name else "templates"


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
        fields = getattr(kind, "__match_args__", ())
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


def _finalizer(escaped: Escaped) -> Callable[[Any], str]:
    """What every `{{ … }}` goes through: typed text is escaped, text that a template or a picture made is not."""
    return lambda value: value if type(value) is Markup else escaped[value if type(value) is str else str(value)]


@lru_cache(maxsize=8)
def environment(templates: Path | None, format_: Format) -> Environment:
    """Where templates of one format run: a sandbox for a team's own."""
    kind = Environment if templates is None else ImmutableSandboxedEnvironment
    made = kind(
        loader=_Folders(templates),
        autoescape=True,
        undefined=_Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        finalize=_finalizer(MARKDOWN if format_ == "md" else HTML),
    )
    made.code_generator_class = _Escaping
    made.filters.update(_filters(format_), spelled=spelled, sentence=sentence, upper_first=upper_first, rows=tree_rows, nested=nested)
    return made


def _filters(format_: Format) -> dict[str, Callable[..., Markup]]:
    """Those that give markup, each as the engine knows it."""
    linked = filters.linked_markdown if format_ == "md" else filters.linked_html
    named: dict[str, Callable[..., Raw]] = {
        "linked": linked, "quoted_for_yaml": filters.quoted_for_yaml, "code": filters.code, "fenced": filters.fenced, "inside": filters.inside,
        "target": filters.target, "indent_list": filters.indent_list, "mermaid": filters.drawn_mermaid,
    }  # fmt: skip
    return {name: _marking(made) for name, made in named.items()}


def _marking(make: Callable[..., Raw]) -> Callable[..., Markup]:
    return lambda *given: Markup(make(*given))  # noqa: S704 - what it makes has been escaped
