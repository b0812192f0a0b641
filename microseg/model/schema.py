"""The JSON Schema (draft-07) of what people type, from the same fields that binding reads.

It describes the input, and what it rejects the linter rejects too. Scalars may be typed with or without quotes, so a
text field also takes what an editor's YAML makes of a number, a date or `no`.
"""

from __future__ import annotations

from typing import Any

from microseg.config import Config
from microseg.criteria.schema import criteria_schema
from microseg.model.bind_scalars import describe
from microseg.model.evidence import EvidenceFile
from microseg.model.fields import (
    AnyKind,
    BooleanKind,
    ChoiceKind,
    CriteriaKind,
    DateKind,
    DurationKind,
    Key,
    Kind,
    ListKind,
    MapKind,
    NestedKind,
    NumberKind,
    QuantityKind,
    RecordKind,
    RefKind,
    ScoreKind,
    SlugKind,
    TextKind,
    shape_of,
)
from microseg.model.segment import Segment

Schema = dict[str, Any]

_ROOTS: dict[str, tuple[type, str]] = {
    "segment": (Segment, "A file under segments/: one segment, with others nested in it if you like."),
    "evidence": (EvidenceFile, "A file under evidence/: where claims come from."),
    "workspace": (Config, "microseg.yaml: the settings of a workspace."),
}
_ANY_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_NULL: Schema = {"type": "null"}


def schema_of(name: str) -> Schema:
    """The schema of a `segment`, `evidence` or `workspace` file."""
    record, title = _ROOTS[name]
    definitions: dict[str, Schema] = {}
    root = _record(record, definitions)
    if name == "segment":
        root = {"anyOf": [root, _forest()]}
    used = criteria_schema() if "criteria" in definitions else {}
    definitions.pop("criteria", None)
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **root, "definitions": dict(sorted({**definitions, **used}.items()))}


def _forest() -> Schema:
    """A file that holds nothing but a list of segments."""
    segments = {"type": "array", "items": {"$ref": "#/definitions/Segment"}}
    return {"type": "object", "properties": {"segments": segments}, "required": ["segments"], "additionalProperties": False}


def _record(record: type, definitions: dict[str, Schema]) -> Schema:
    """A reference to the definition of a record, which is made if it is not there yet."""
    name = record.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name].update(_mapping(record, definitions))
    return {"$ref": f"#/definitions/{name}"}


def _mapping(record: type, definitions: dict[str, Schema]) -> Schema:
    shape = shape_of(record)
    properties = {one.name: _property(one, record, definitions) for one in shape.keys}
    required = [one.name for one in shape.keys if one.required]
    whole: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        whole["required"] = required
    summary = (record.__doc__ or "").strip().splitlines()[0]
    if shape.short is None:
        return {"description": summary, **whole}
    return {"description": summary, "anyOf": [_ANY_TEXT, whole]}


def _property(one: Key, record: type, definitions: dict[str, Schema]) -> Schema:
    """A field with its help; anything but a required one may also be left empty."""
    held = _kind(one.kind, record, definitions)
    if not one.required:
        held = _or_null(held)
    if "$ref" in held:
        held = {"allOf": [held]}
    return {"description": one.doc, **held}


def _or_null(held: Schema) -> Schema:
    if not held:
        return held
    if "anyOf" in held and set(held) == {"anyOf"}:
        return {"anyOf": [*held["anyOf"], _NULL]}
    return {"anyOf": [held, _NULL]}


def _kind(kind: Kind, record: type, definitions: dict[str, Schema]) -> Schema:
    if isinstance(kind, RecordKind):
        return _record(kind.record, definitions)
    if isinstance(kind, NestedKind):
        return _record(record, definitions)
    if isinstance(kind, ListKind):
        items = _or_null(_kind(kind.item, record, definitions))
        many: Schema = {"type": "array", "items": items}
        return {"anyOf": [many, items]} if kind.single else many
    if isinstance(kind, MapKind):
        names = {"propertyNames": {"pattern": _SLUG}} if kind.slugs else {}
        return {"type": "object", "additionalProperties": _kind(kind.value, record, definitions), **names}
    if isinstance(kind, RefKind):
        inline = [_record(kind.inline, definitions)] if kind.inline is not None else []
        return {"anyOf": [_ANY_TEXT, *inline]} if inline else dict(_ANY_TEXT)
    if isinstance(kind, CriteriaKind):
        definitions["criteria"] = {}
        return {"$ref": "#/definitions/criteria"}
    return _scalar(kind)


_SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
_NUMBER = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$"


def _scalar(kind: Kind) -> Schema:
    if isinstance(kind, SlugKind):
        # an editor's YAML may read an id such as 2026 as a number
        return {"anyOf": [{"type": "string", "pattern": _SLUG, "maxLength": 64}, {"type": "number"}]}
    if isinstance(kind, ChoiceKind):
        return _choice(kind)
    if isinstance(kind, NumberKind):
        return {"anyOf": [_number(kind), {"type": "string", "pattern": _NUMBER}]}
    if isinstance(kind, ScoreKind):
        return {"description": describe(kind), "anyOf": [{"type": "number", "minimum": 0, "maximum": 10}, {"enum": ["low", "medium", "high"]}, {"type": "string", "pattern": f"^([Ll]ow|LOW|[Mm]edium|MEDIUM|[Hh]igh|HIGH)$|{_NUMBER}"}]}
    if isinstance(kind, BooleanKind):
        return {"enum": [True, False, "true", "false"]}
    plain: dict[type, Schema] = {
        DateKind: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        DurationKind: {"type": "string", "pattern": "^[1-9][0-9]{0,5}(h|d|w|mo|y)$"},
        QuantityKind: {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\s*[+-]?([0-9]|\.[0-9])"}]},
        TextKind: dict(_ANY_TEXT),
        AnyKind: {},
    }
    return plain[type(kind)]


def _choice(kind: ChoiceKind) -> Schema:
    if kind.docs:
        return {"oneOf": [{"const": value, "description": doc} for value, doc in zip(kind.values, kind.docs, strict=True)]}
    return {"enum": list(kind.values)}


def _number(kind: NumberKind) -> Schema:
    held: Schema = {"type": "integer" if kind.whole else "number"}
    if kind.only:
        return {"enum": [float(one) if "." in one else int(one) for one in kind.only]}
    if kind.low is not None:
        held["minimum"] = kind.low
    if kind.high is not None:
        held["maximum"] = kind.high
    return held
