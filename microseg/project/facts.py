"""Stage one: one file's bytes become facts, plain tuples that hold all that the whole workspace is judged by."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from microseg.lint.suppress import Suppression, read_suppressions
from microseg.model.bind import Binding, record
from microseg.model.bind_ordinary import OddError, bind_ordinary
from microseg.model.evidence import Evidence, EvidenceFile
from microseg.model.load import load
from microseg.model.segment import Segment
from microseg.record import NamedTuple
from microseg.source.comments import find_comments
from microseg.source.nodes import Document, Limits, Mapping, Node, Scalar, Sequence, find_duplicate_keys, read_document
from microseg.source.ordinary import read_ordinary
from microseg.source.problem import Problem
from microseg.source.quoting import repair
from microseg.source.text import MOST_UNSEEN, Decoded, blank_unseen, decode, decode_clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microseg.criteria.dimensions import Dimensions
    from microseg.model.bind_text import TextBinder
    from microseg.project.discover import FileKind

_MOST_UNSEEN = 20


class FileFacts(NamedTuple):
    """What one file says. `packed` are its segments or sources as `microseg.model.bind` leaves them."""

    path: str
    kind: FileKind
    problems: tuple[Problem, ...] = ()
    packed: tuple[Any, ...] = ()
    single: bool = False  # one segment at the top of the file, whose id may be the file's name
    suppressions: tuple[Suppression, ...] = ()
    unreadable: bool = False


Read = Callable[[str, "FileKind", bytes], FileFacts]


class Held(NamedTuple):
    """What is kept of a file: its facts with the segments or sources made of them."""

    path: str
    kind: FileKind
    problems: tuple[Problem, ...] = ()
    segments: tuple[Segment, ...] = ()
    single: bool = False
    evidence: tuple[Evidence, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    unreadable: bool = False


def held(facts: FileFacts) -> Held:
    """Facts as they are kept; the packed ones can be forgotten then."""
    path, kind, problems, packed, single, suppressions, unreadable = facts
    if kind == "segments":
        return Held(path, kind, problems, tuple([load(Segment, one, path) for one in packed]), single, (), suppressions, unreadable)
    return Held(path, kind, problems, (), single, tuple([load(Evidence, one, path) for one in packed]), suppressions, unreadable)


class Parsed(NamedTuple):
    """A text read as YAML: the document, everything wrong so far, and where comments begin."""

    text: str
    document: Document
    problems: tuple[Problem, ...]
    suppressions: tuple[Suppression, ...]
    comment_starts: list[int]


def parse(data: bytes, limits: Limits) -> Parsed:
    """Bytes to nodes: encoding, syntax, sentences that YAML ate, duplicate keys, comments."""
    decoded = decode(data)
    problems = _encoding_problems(decoded)
    if len(decoded.unseen) > MOST_UNSEEN:
        return Parsed(decoded.text, Document(None, (), (), 0, frozenset()), problems, (), [])
    text = blank_unseen(decoded.text, decoded.unseen)
    document = read_document(text, limits)
    if document.broken_at is not None:
        mended = repair(text, document, limits)
        document = mended.document
        problems += mended.problems
    comments = tuple(find_comments(text, document.scalars)) if document.root is not None else ()
    problems += (*document.problems, *find_duplicate_keys(document.root))
    return Parsed(text, document, problems, read_suppressions(text, document.root, comments), [one.start for one in comments])


def reader(dimensions: Dimensions, limits: Limits, *, many: bool) -> Read:
    """What reads the files of a workspace: a path, its kind and its bytes become facts. Of `many` files it gets to know the forms in which they are typed."""
    binder = None
    if many:
        from microseg.model.bind_text import TextBinder

        binder = TextBinder(Segment, dimensions, limits)
    return partial(read_facts, dimensions=dimensions, limits=limits, binder=binder)


def read_facts(path: str, kind: FileKind, data: bytes, *, dimensions: Dimensions, limits: Limits, binder: TextBinder | None = None) -> FileFacts:
    """The facts of one file; never raises for what it holds. What a `binder` knows changes only the time that it takes."""
    text = decode_clean(data)
    if text is not None and binder is not None and kind == "segments":
        packed = binder.bind(text)
        if packed is not None:
            return FileFacts(path, kind, (), (packed,), single=True)
    found = None if text is None else _ordinary_facts(path, kind, text, dimensions, limits)
    return found or _facts(path, kind, data, dimensions, limits)


def _ordinary_facts(path: str, kind: FileKind, text: str, dimensions: Dimensions, limits: Limits) -> FileFacts | None:
    """The facts of an ordinary file in which nothing is wrong; None for any other."""
    root = read_ordinary(text, limits)
    if root is None:
        return None
    try:
        if kind == "evidence":
            return FileFacts(path, kind, (), bind_ordinary(root, EvidenceFile, dimensions)[2][0])
        if root[2].keys() != {"segments"}:
            return FileFacts(path, kind, (), (bind_ordinary(root, Segment, dimensions),), single=True)
        listed = root[2]["segments"][2][2]
        return FileFacts(path, kind, (), tuple([bind_ordinary(item, Segment, dimensions) for item in listed])) if type(listed) is list else None
    except OddError:
        return None


def _facts(path: str, kind: FileKind, data: bytes, dimensions: Dimensions, limits: Limits) -> FileFacts:
    """The facts of any file, read with care: all that is wrong with it, and what it says all the same."""
    parsed = parse(data, limits)
    root = parsed.document.root
    if root is None or _is_empty(root):
        unreadable = parsed.document.broken_at is not None
        empty = () if unreadable else (Problem("MS011", "the file is empty", 0, 0, "write a segment into it, or delete it" if kind == "segments" else "write `evidence:` and a list, or delete it"),)
        return FileFacts(path, kind, (*parsed.problems, *empty), unreadable=unreadable)
    binding = Binding(parsed.text, dimensions=dimensions, comment_starts=parsed.comment_starts, aliased=parsed.document.aliased)
    packed, single = _bind_segments(binding, root) if kind == "segments" else (_bind_evidence(binding, root), False)
    return FileFacts(path, kind, joined(parsed.problems, binding.problems), packed, single, parsed.suppressions)


def joined(parsed: tuple[Problem, ...], bound: Iterable[Problem]) -> tuple[Problem, ...]:
    """What parsing and binding found. Of a sentence that both found lost, the whole is told, not the part."""
    bound = tuple(bound)
    wholes = [one for one in bound if one.code == "MS009"]
    return (*(one for one in parsed if one.code != "MS009" or not any(other.start <= one.start and one.end <= other.end for other in wholes)), *bound)


def _is_empty(root: Node) -> bool:
    return isinstance(root, Scalar) and root.style == "" and root.value.strip() == ""


def _encoding_problems(decoded: Decoded) -> tuple[Problem, ...]:
    found = []
    if decoded.bad_byte is not None:
        found.append(Problem("MS008", "the text is not UTF-8 from here on", decoded.bad_byte, decoded.bad_byte + 1, "save the file as UTF-8"))
    for offset, character in decoded.unseen[:_MOST_UNSEEN]:
        message = f"a character that nobody can see stands here (U+{ord(character):04X})"
        found.append(Problem("MS008", message, offset, offset + 1, "delete it; it can hide or turn round what the line says"))
    rest = len(decoded.unseen) - _MOST_UNSEEN
    if len(decoded.unseen) > MOST_UNSEEN:
        return (Problem("MS008", f"more than {MOST_UNSEEN:,} characters that nobody can see: this is no text file, and is not read", 0, 1, "save the file as plain text"),)
    if rest > 0:
        offset = decoded.unseen[_MOST_UNSEEN].offset
        found.append(Problem("MS008", f"{rest} more characters that nobody can see", offset, offset + 1, "save the file as plain text"))
    return tuple(found)


def _bind_segments(binding: Binding, root: Node) -> tuple[tuple[Any, ...], bool]:
    """The segments of a file: one at the top, or a list of them under `segments:` with nothing beside it."""
    if isinstance(root, Mapping) and len(root.keys) == 1 and root.get("segments") is not None:
        return _bind_list(binding, root.values[0]), False
    if isinstance(root, Sequence):
        message = "a list of segments stands at the top of the file"
        binding.add("MS004", message, _first_character(root), "write `segments:` above it, and indent the list")
        return _bind_list(binding, root), False
    packed = record(binding, root, Segment)
    return (() if packed is None else (packed,)), True


def _first_character(node: Node) -> Node:
    return Scalar("", "", node.start, min(node.start + 1, node.end))


def _bind_list(binding: Binding, node: Node) -> tuple[Any, ...]:
    if not isinstance(node, Sequence):
        binding.add("MS004", "`segments:` holds no list", node, "begin each segment with `- name: …`")
        return ()
    return tuple(packed for packed in (record(binding, item, Segment) for item in node.items) if packed is not None)


def _bind_evidence(binding: Binding, root: Node) -> tuple[Any, ...]:
    """The sources of a file: under `evidence:`, or, with a mend, as a list at the top."""
    if isinstance(root, Sequence):
        binding.add("MS004", "a list of sources stands at the top of the file", _first_character(root), "write `evidence:` above it, and indent the list")
        return tuple(packed for packed in (record(binding, item, Evidence) for item in root.items) if packed is not None)
    packed = record(binding, root, EvidenceFile)
    return () if packed is None else tuple(packed[2][0])
