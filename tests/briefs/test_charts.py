"""Pictures: well-formed, inside their frame, names folded, marks apart."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import odd
from briefs.conftest import open_material
from microseg.briefs.charts import bullet, fold, num, width
from microseg.briefs.map_chart import dodge, map_svg
from microseg.briefs.page import Target
from microseg.briefs.tree_chart import tree_svg
from microseg.briefs.tree_text import mermaid, tree_rows
from microseg.briefs.view import view_brief


@pytest.mark.slow
@pytest.mark.parametrize("name", odd.ALL)
def test_all_pictures_are_well_formed(tmp_path, name):
    material = open_material(tmp_path, odd.ALL[name]())
    for segment in material.workspace.segments[:5]:
        brief = view_brief(material, segment)

        for picture in (tree_svg(brief.place, href=lambda link: f"{link.id}.html"), map_svg(brief)):
            assert ET.fromstring(picture).tag == "svg"  # noqa: S314 - our own picture
            assert "nan" not in picture


@pytest.mark.slow
@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_names_are_folded_to_the_width_and_nothing_is_lost_in_silence(text):
    lines = fold(text, 15, 150, lines=2)

    assert len(lines) <= 2
    assert all(width(line, 15) <= 150 or len(line) <= 2 for line in lines)
    assert lines[-1].endswith("…") or "".join("".join(lines).split()) == "".join(text.split())


def test_marks_are_pushed_apart_and_stay_near_their_place():
    places = [(300.0, 200.0)] * 5 + [(50.0, 50.0)]
    found = dodge(places)

    assert all(((a - c) ** 2 + (b - d) ** 2) ** 0.5 > 20 for i, (a, b) in enumerate(found) for c, d in found[i + 1 :])
    assert all(abs(a - x) <= 30 and abs(b - y) <= 30 for (a, b), (x, y) in zip(found, places, strict=True))
    assert dodge(places) == found


def test_bullets():
    assert "−6 now" in bullet(Target("NPS", "−6", "15", -6, 15)).replace("\N{MINUS SIGN}", "−")  # noqa: RUF001
    assert bullet(Target("NPS", "6", "15 %", None, None)) == ""
    assert bullet(Target("NPS", "6", "6", 6, 6)) == ""


def test_short_numbers():
    assert [num(value) for value in (1.04, 1.0, -0.01, 12.55)] == ["1", "1", "0", "12.6"]


def test_the_tree_as_text(tmp_path):
    material = open_material(tmp_path, odd.deep(3))
    tree = view_brief(material, material.workspace.by_id["level-2"]).place.tree

    assert [(depth, node.link.id) for depth, node, _ in tree_rows(tree)] == [(0, "level-1"), (1, "level-2"), (2, "level-3"), (2, "beside-2"), (1, "beside-1")]
    assert mermaid(tree).splitlines() == [
        "flowchart LR",
        '    n0["Group at level 1"]',
        '    n0 --> n1(["Group at level 2, 50#37;"])',
        '    n1 --> n2["Group at level 3, 25#37;"]',
        '    n1 --> n3["Beside level 2, 9#37;"]',
        '    n0 --> n4["Beside level 1, 9#37;"]',
    ]


def test_pictures_of_siblings_differ_in_what_is_lit_and_where_names_lead(tmp_path):
    files = {f"segments/s{n}.yaml": f"name: Group {n}\nsize: {{users: {90 - n}}}\n" + ("parent: s0\n" if n else "") for n in range(4)}
    material = open_material(tmp_path, files)
    pictures = [tree_svg(view_brief(material, material.workspace.by_id[f"s{n}"]).place, href=lambda link: f"{link.id}.html") for n in (1, 2, 3)]
    places = [[(one.get("x"), one.get("y")) for one in ET.fromstring(picture).iter("{*}text")] for picture in pictures]  # noqa: S314 - our own picture

    assert places[0] == places[1] == places[2]
    assert [[f'href="s{n}.html"' in picture for n in range(4)] for picture in pictures] == [[True, False, True, True], [True, True, False, True], [True, True, True, False]]
    for number, picture in zip((1, 2, 3), pictures, strict=True):
        assert [text for text in ("Group 1", "Group 2", "Group 3") if f">{text} <" in picture.partition('class="on here"')[2].partition("</text>")[0]] == [f"Group {number}"]


def test_a_long_name_is_folded_onto_a_third_line_before_it_is_cut(tmp_path):
    names = ["Trainers", "Corporate trainers", "Corporate trainers who teach alone in mid-size companies"]
    files = {f"segments/s{n}.yaml": f"name: {name}\n" + (f"parent: s{n - 1}\n" if n else "") for n, name in enumerate(names)}
    material = open_material(tmp_path, {**files, "segments/s3.yaml": "name: Those without a developer\nparent: s2\n"})
    picture = tree_svg(view_brief(material, material.workspace.by_id["s2"]).place, href=lambda _: "")

    said = " ".join(" ".join(ET.fromstring(picture).itertext()).split())  # noqa: S314 - our own picture
    assert "Corporate trainers who teach alone in mid-size companies" in said
    assert "…" not in said
