"""The tree for other tools: whole outputs, hostile names made harmless, and parsed back by other people's parsers."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator

from microseg.exchange.export import targets

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "export.schema.json"
NAMES = ('a"]:::head\nb', "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "`${x}` #1; %% & --> {y}", "企業研修の担当者と人事", "\u202eevil", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen " * 4)
TREE = """
name: Online courses
keyword: online courses
definition: Those who want something taught.
segments:
  - name: Course creators
    pain_points: [{statement: They wait., solved_by: Send it.}]
    segments: [{name: Trainers, criteria: {plan.state: paid}}, {name: Schools}]
"""


@pytest.fixture
def hostile():
    children = "".join(f"  - {{name: {json.dumps(name, ensure_ascii=False)}, id: n{place}}}\n" for place, name in enumerate(NAMES))
    return {"microseg.yaml": 'version: 1\nproduct: {name: "\\e[31m<b>\\u202e\\0"}\n', "segments/a.yaml": f"name: Head\nsegments:\n{children}"}


def test_mermaid(export):
    assert export("mermaid", {"segments/a.yaml": TREE}).text.splitlines() == [
        "flowchart LR",
        '  s0["Online courses"]:::head',
        '  s1["Course creators"]:::midtail',
        '  s2["Trainers"]:::longtail',
        '  s3["Schools"]:::longtail',
        "  s0 --> s1",
        "  s1 --> s2",
        "  s1 --> s3",
        "  classDef head fill:#1f4e79,stroke:#1f4e79,color:#ffffff",
        "  classDef midtail fill:#cfe2f3,stroke:#1f4e79,color:#102a43",
        "  classDef longtail fill:#ffffff,stroke:#1f4e79,color:#102a43",
    ]


def test_mermaid_labels_cannot_end_themselves(export, hostile):
    lines = export("mermaid", hostile).text.splitlines()

    assert all(re.fullmatch(r'flowchart LR|  s\d+\["[\w ,.\u2013\u2014#;-]*"\]:::\w+|  s\d+ --> s\d+|  classDef .*', line) for line in lines)


def test_opml_is_nested_as_the_tree_is(export, hostile):
    root = ElementTree.fromstring(export("opml", {"segments/a.yaml": TREE}).text)  # noqa: S314 - our own text
    whole = ElementTree.fromstring(export("opml", hostile).text)  # noqa: S314

    assert [one.get("text") for one in root.iter("outline")] == ["Online courses", "Course creators", "Trainers", "Schools"]
    assert [one.get("text") for one in root.findall("body/outline/outline/outline")] == ["Trainers", "Schools"]
    assert root.find("body/outline").get("_note") == "Those who want something taught."
    assert len(list(whole.iter("outline"))) == len(NAMES) + 1


def test_csv_runs_nowhere(export, hostile):
    rows = list(csv.DictReader(io.StringIO(export("csv", hostile).text)))

    assert [row["parent"] for row in rows] == ["", *["a"] * len(NAMES)]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row.values())


def test_json_follows_its_schema(export, hostile):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    for files in ({"segments/a.yaml": TREE}, hostile):
        Draft7Validator(schema).validate(json.loads(export("json", files).text))


def test_svg_is_alone_and_escaped(export, hostile):
    for files in ({"segments/a.yaml": TREE}, hostile):
        text = export("svg", files).text
        root = ElementTree.fromstring(text)  # noqa: S314

        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert not re.search(r"<script|href|url\(|@import|https?://(?!www\.w3\.org/2000/svg)", text)
        assert "prefers-color-scheme:dark" in text


def test_svg_boxes_do_not_overlap(export, hostile):
    drawn = ElementTree.fromstring(export("svg", hostile).text)  # noqa: S314
    boxes = [tuple(float(one.get(name)) for name in ("x", "y", "width", "height")) for one in drawn.iter("{http://www.w3.org/2000/svg}rect") if one.get("x")]

    assert len(boxes) == len(NAMES) + 1
    assert not any(a is not b and a[0] == b[0] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3] for a in boxes for b in boxes)


def test_every_export_is_the_same_twice_and_carries_no_control_character(export, hostile):
    for target in set(targets()) - {"sql"}:
        once, again = export(target, hostile).text, export(target, hostile).text

        assert once == again
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", once)
