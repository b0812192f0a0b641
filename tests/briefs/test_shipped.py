"""The shipped templates as Python: what the template engine would write, and never older than the templates."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefs import odd
from briefs.conftest import SAMPLE, open_material
from microseg.briefs import engine, render
from microseg.briefs.engine import environment
from microseg.briefs.render import Options, is_as_shipped, render_brief
from microseg.briefs.shipped import SOURCES
from microseg.briefs.site import plan_site
from microseg.briefs.view import AUDIENCES, view_brief
from microseg.lint.finding import Finding, Location

ROOT = Path(__file__).parents[2]
FINDING = Finding("MS201", "minimum-expected", "warning", "sure", "what <every> product owes", "say when it matters", Location("segments/k12.yaml", 3, 5, 3, 9), segment="k12")


@pytest.mark.slow
def test_the_python_is_made_from_the_templates():
    told = subprocess.run([sys.executable, "-m", "tools.compile_templates", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (told.stdout, told.stderr) == ("up to date\n", "")


@pytest.fixture
def templates(tmp_path, monkeypatch):
    """The shipped templates in a folder where a test may change them."""
    copied = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", copied)
    for module in (render, engine):
        monkeypatch.setattr(module, "folder", lambda _: copied)
    is_as_shipped.cache_clear()
    environment.cache_clear()
    yield copied
    is_as_shipped.cache_clear()
    environment.cache_clear()


def test_a_changed_template_is_never_served_as_it_was(sample, templates):
    brief = view_brief(sample, sample.workspace.by_id["k12"])
    before = render_brief(brief, format="html")
    assert is_as_shipped()
    (templates / "parts.html.j2").write_text((templates / "parts.html.j2").read_text().replace('class="here"', 'class="now-here"'))
    is_as_shipped.cache_clear()

    assert not is_as_shipped()
    assert render_brief(brief, format="html") == before.replace('<li class="here">', '<li class="now-here">') != before


def test_every_template_and_what_it_includes_counts():
    assert sorted(SOURCES) == sorted(path.name for path in (ROOT / "templates").iterdir() if path.is_file())


def both(monkeypatch, material, **asked):
    quick = plan_site(material, **asked)
    with monkeypatch.context() as patched:
        patched.setattr(render, "is_as_shipped", lambda: False)
        by_engine = plan_site(material, **asked)
    return quick, by_engine


@pytest.mark.slow
@pytest.mark.parametrize("name", odd.ALL)
def test_odd_workspaces_come_out_as_by_the_engine(tmp_path, monkeypatch, name):
    quick, by_engine = both(monkeypatch, open_material(tmp_path, odd.ALL[name](), findings=lambda: [FINDING]))

    assert quick == by_engine


@pytest.mark.slow
@pytest.mark.parametrize("asked", [*({"audience": one} for one in AUDIENCES), {"options": Options(tables="list", flavor="github", front_matter=True)}])
def test_the_sample_comes_out_as_by_the_engine(monkeypatch, asked):
    quick, by_engine = both(monkeypatch, open_material(SAMPLE, findings=lambda: [FINDING]), **asked)

    assert quick == by_engine


@pytest.mark.slow
def test_a_build_with_the_shipped_templates_starts_no_engine(tmp_path):
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "a.yaml").write_text("name: A\n")
    program = (
        "import sys\nfrom microseg.cli.building import Order, Ways, build_site\nfrom microseg.project import Project\nfrom pathlib import Path\n"
        "here = Path('.').resolve()\nbuild_site(Project.open(here), Order(here, None, (), None, single_file=False, stamp=False), Ways(keep_going=True))\n"
        "print(sorted({'jinja2', 'markupsafe', 'yaml'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert (told.stdout, (tmp_path / "briefs" / "a.html").exists()) == ("[]\n", True)
