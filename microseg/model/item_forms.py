"""Items whose keys stand in an order that was met before, each read by one regular expression made for that order.

Of hundreds of files the items are typed in few forms: the same keys, one below the other, a value on each line. The
first items of a form are read by others (`OddError` says so); from the third on it has an expression of its own. What
is read here is what `microseg.model.bind_ordinary` makes of the same lines; a property test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from microseg.model import bind_scalars
from microseg.model.bind_ordinary import NULLS, OddError, Packed, plan_of, said_plainly
from microseg.model.fields import Kind, ListKind, RefKind, SlugKind, TextKind, shape_of
from microseg.model.places import packed_spans
from microseg.record import NamedTuple

_OFTEN = 3  # so often a form is met before it gets an expression: to make one takes as long as reading a hundred items
_MOST_FORMS = 24
_MOST_SEEN = 1_000
_MOST_KEYS = 40
_MEMO = 1 << 12
_DASH = re.compile(r"[ ]*-[ ]+(?=\S)")
_KEY = re.compile(r"([a-z_]{1,40}:[ ]{1,8})\S.*\n", re.ASCII)
_PLAIN = r"[A-Za-z0-9_(./+$<=;^~](?:.*[^ \n])?"
_WORDS = rf"{_PLAIN}|[^\W\d_A-Za-z](?:.*[^ \n])?"
_SHORT = re.compile(rf"({_WORDS})\n+")
_SLUG = r"(?!null[\n,\]])[a-z0-9]+(?:-[a-z0-9]+)*"
_ID = rf"(?=.{{1,64}}\n){_SLUG}"
_TEXT = rf"{_WORDS}|\"[^\"\\\n]*\"|'[^'\n]*'"
_LISTED = rf"\[{_SLUG}(?:, {_SLUG})*\]|{_SLUG}"


class _Values(dict[str, Any]):
    """What the texts of one kind of value mean. Raises OddError for a text that is a mistake."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, text: str) -> Any:
        value, mistake = bind_scalars.READERS[type(self._kind)](self._kind, text)
        if mistake is not None or text in NULLS:
            raise OddError
        if len(self) < _MEMO:
            self[text] = value
        return value


class _Form(NamedTuple):
    """The expression of a form, and what makes the packed item of where it begins and the texts of its values."""

    match: Callable[[str, int], re.Match[str] | None]
    item: Callable[[int, tuple[str, ...]], Packed]


class ItemForms:
    """The forms in which the items of one class were typed so far."""

    def __init__(self, cls: type) -> None:
        self._cls = cls
        self._seen: dict[tuple[str, ...], int] = {}  # by dash and keys
        self._forms: dict[str, list[_Form]] = {}  # by dash

    def read(self, text: str, at: int) -> tuple[list[Packed], int]:
        """The packed items of the list that begins with the line at `at`, and where the line behind it begins. Raises OddError where others should read."""
        begins = _DASH.match(text, at)
        if begins is None:
            raise OddError
        dash = begins[0]
        forms = self._forms.setdefault(dash, [])
        found: list[Packed] = []
        while text.startswith(dash, at):
            for match, item in forms:
                typed = match(text, at)
                if typed is not None:
                    found.append(item(at, typed.groups()))
                    break
            else:
                typed = self._short(text, at + len(dash), found) or self._learn(text, at, dash)
            at = typed.end()
        if at < len(text) and text[at] in " -":
            raise OddError
        return found, at

    def _short(self, text: str, at: int, found: list[Packed]) -> re.Match[str] | None:
        """The item at `at` where it is a plain text without keys, put to those found."""
        match = _SHORT.match(text, at)
        if match is None or not said_plainly(match[1]):
            return None
        found.append((*match.span(1), _values_of_short(self._cls, match[1]), "", b""))
        return match

    def _learn(self, text: str, at: int, dash: str) -> re.Match[str]:
        """Count the form of an item that has no expression yet, or make one of it; then others read it."""
        keys: list[str] = []
        at += len(dash)
        while len(keys) < _MOST_KEYS and (line := _KEY.match(text, at)) is not None:
            keys.append(line[1])
            at = line.end() + len(dash)
            if not text.startswith(" " * len(dash), line.end()):
                break
        seen = (dash, *keys)
        forms = self._forms[dash]
        if seen in self._seen or len(self._seen) < _MOST_SEEN:
            self._seen[seen] = self._seen.get(seen, 0) + 1
            if self._seen[seen] == _OFTEN and len(forms) < _MOST_FORMS:
                forms += _form(self._cls, dash, tuple(keys))
        raise OddError


def read_texts(text: str, at: int) -> tuple[list[tuple[str, int, int]], int]:
    """The texts of a list, each on a line of its own, with their spans, and where the line behind them begins. Raises OddError where others should read."""
    begins = _DASH.match(text, at)
    if begins is None:
        raise OddError
    found = []
    while text.startswith(begins[0], at):
        one = _SHORT.match(text, at + len(begins[0]))
        if one is None or not said_plainly(one[1]):
            raise OddError
        found.append((one[1], *one.span(1)))
        at = one.end()
    if at < len(text) and text[at] in " -":
        raise OddError
    return found, at


@cache
def _form(cls: type, dash: str, keys: tuple[str, ...]) -> tuple[_Form, ...]:
    """The form with these keys, each with its colon and blanks; none where one is unknown or stands twice, or its value may be more than a line can say."""
    plan = plan_of(cls)
    names = [key.rstrip(": ") for key in keys]
    if not names or len(set(names)) < len(names) or not plan.keys.keys() >= set(names) or not {plan.keys[name][0] for name in names}.issuperset(plan.required):
        return ()
    kinds = {one.name: one.kind for one in shape_of(cls).keys}
    parts = [_pattern_of(kinds[name]) for name in names]
    if "" in parts:
        return ()
    pattern = dash + f"\n{' ' * len(dash)}".join(f"{key}({part})" for key, part in zip(keys, parts, strict=True)) + "\n+"
    return (_Form(re.compile(pattern).match, _maker(cls, dash, keys, [kinds[name] for name in names])),)


def _pattern_of(kind: Kind) -> str:
    """What a value of this kind looks like on one line; empty where it may be more than that."""
    if isinstance(kind, TextKind):
        return _TEXT
    if isinstance(kind, SlugKind):
        return "" if kind.space == "segment" else _ID
    if isinstance(kind, ListKind):
        return _LISTED if isinstance(kind.item, RefKind) and kind.single else ""
    return _PLAIN if type(kind) in bind_scalars.READERS else ""


def _maker(cls: type, dash: str, keys: tuple[str, ...], kinds: list[Kind]) -> Callable[[int, tuple[str, ...]], Packed]:
    """What makes a packed item: a function written for these keys, for a loop over them would take twice as long.

    Where a value stands follows from the lengths of those before it. For `- id: x`, with `statement: y` below it, it is

        def item(at, typed):
            t0, t1, = typed
            at += 4
            k0 = 0
            s0 = k0 + 4
            e0 = s0 + len(t0)
            k1 = e0 + 5
            s1 = k1 + 11
            e1 = s1 + len(t1)
            if t1[0] <= "'" or ": " in t1 or t1[-1] == ":" or t1 in NULLS: t1 = unquoted(t1)
            return (at, at + e1, (t0, t1, None), '01', packed_spans([k0, k0 + 2, s0, e0, k1, k1 + 9, s1, e1], e1))
    """
    plan = plan_of(cls)
    values = ["None" if empty is None else "()" for empty in plan.nothing]
    known: dict[str, Any] = {"NULLS": NULLS, "packed_spans": packed_spans, "references": _references, "unquoted": _unquoted}
    lines = [f"{', '.join(f't{rank}' for rank in range(len(keys)))}, = typed", f"at += {len(dash)}", "k0 = 0"]
    spans, behind, fields = "", "", ""
    for rank, (key, kind) in enumerate(zip(keys, kinds, strict=True)):
        index, code, _ = plan.keys[key.rstrip(": ")]
        said = f"t{rank}"
        if rank:
            lines.append(f"k{rank} = e{rank - 1} + {1 + len(dash)}")
        lines += [f"s{rank} = k{rank} + {len(key)}", f"e{rank} = s{rank} + len({said})"]
        if isinstance(kind, TextKind):
            lines.append(f"""if {said}[0] <= "'" or ": " in {said} or {said}[-1] == ":" or {said} in NULLS: {said} = unquoted({said})""")
        elif isinstance(kind, ListKind):
            lines.append(f"{said}, b{rank} = references({said}, at, s{rank}, {rank})")
            behind += f", *b{rank}"
        elif not isinstance(kind, SlugKind):
            known[f"values{rank}"] = _Values(kind)
            said = f"values{rank}[{said}]"
        values[index] = said
        fields += code
        spans += f"k{rank}, k{rank} + {len(key.rstrip(': '))}, s{rank}, e{rank}, "
    lines.append(f"return (at, at + e{len(keys) - 1}, ({', '.join(values)},), {fields!r}, packed_spans([{spans[:-2]}{behind}], e{len(keys) - 1}))")
    exec("def item(at, typed):\n " + "\n ".join(lines), known)  # noqa: S102  # of names of fields alone, as named tuples are made
    return known["item"]  # type: ignore[no-any-return]


def _unquoted(said: str) -> str:
    """What stands in quotes. Raises OddError for a text that is neither that nor plain."""
    if said[0] not in "\"'" or not said[1:-1].strip():
        raise OddError
    return said[1:-1]


def _references(text: str, begin: int, at: int, rank: int) -> tuple[tuple[Packed, ...], list[int]]:
    """One id, or several in brackets, `at` characters behind where the item begins, and the spans of those: the rank of the field, how many, start and end of each."""
    if text[0] != "[":
        return ((text, True, None, begin + at, begin + at + len(text)),), []
    written = text[1:-1].split(", ")
    spans = [rank, len(written)]
    found = []
    at += 1
    for one in written:
        end = at + len(one)
        found.append((one, True, None, begin + at, begin + end))
        spans += (at, end)
        at = end + 2
    return tuple(found), spans


@lru_cache(_MEMO)
def _values_of_short(cls: type, said: str) -> tuple[Packed, ...]:
    """The values of an item that is a plain text."""
    plan = plan_of(cls)
    if plan.short is None:
        raise OddError
    values = list(plan.nothing)
    index, read = plan.short
    values[index] = read((0, 0, said, True), None)  # type: ignore[arg-type]  # a text needs no dimensions
    return tuple(values)
