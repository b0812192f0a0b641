"""Many briefs: whoever makes them, and however many at once, they are the same."""

import pytest

from briefs.conftest import open_material
from microseg.briefs import making
from microseg.briefs.render import Options, render_brief
from microseg.briefs.view import view_brief

MANY = {f"segments/s-{n}.yaml": f"name: Group {n} مدربو\npain_points: [It hurts {n}.]\n" + (f"parent: s-{(n - 1) // 5}\n" if n else "") for n in range(130)}


@pytest.mark.slow
@pytest.mark.parametrize("among", [1, 2, 3])
def test_several_processes_make_the_same_pages(tmp_path, monkeypatch, among):
    monkeypatch.setattr(making, "_ALONE", 1_000)
    order = making.Order(("md", "html"), Options(is_linked=True), kept=("s-3.md",), known=("s-5",))
    alone = making.make_briefs(open_material(tmp_path, MANY), order)
    monkeypatch.setattr(making, "_ALONE", 10)
    monkeypatch.setattr(making, "processes", lambda: among)

    together = making.make_briefs(open_material(tmp_path, MANY), order)
    assert (list(together.pages), len(together.pages), len(together.pieces)) == (list(alone.pages), 2 * 130 - 1, 130 - 1)
    assert together == alone


def test_many_made_step_by_step_are_the_pages_made_one_by_one(tmp_path):
    count = 2 * making._AT_ONCE + 3
    material = open_material(tmp_path, dict(list(MANY.items())[:count]))
    options = Options(is_linked=True)
    made = making.make_briefs(material, making.Order(("md", "html"), options, kept=("s-7.html", "s-30.md"))).pages

    assert len(made) == 2 * count - 2
    for path, page in made.items():
        name, _, format_ = path.rpartition(".")
        assert page.decode() == render_brief(view_brief(material, material.workspace.by_id[name]), format=format_, options=options)


@pytest.mark.parametrize("pages", [{}, {"a.md": b""}, {"a.md": b"x", "b.html": "é".encode() * 1000}])
def test_what_is_sent_arrives(pages):
    made = making.Made(pages, {"a": b"[]"})
    sent = making._encoded(0, made)

    assert making._decoded(0, sent) == made
    for cut in {len(sent) - 1, 3, 0}:
        with pytest.raises(ValueError, match="cut off"):
            making._decoded(0, sent[:cut])
