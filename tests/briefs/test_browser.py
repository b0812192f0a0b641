"""Pages in a real browser: no request, no sideways scroll, nothing executed, accessible, usable by keyboard and without scripts."""

import re
import shutil

import pytest

from briefs import odd
from briefs.conftest import SAMPLE, open_material
from microseg.briefs.render import render_index
from microseg.briefs.site import data_files, plan_site
from microseg.briefs.whole_view import pieces_in, view_whole
from microseg.briefs.write import write_site

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pages are not opened in a browser")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: pages are not opened in a browser")]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}, "preload": False}
PAGES = ("corporate-trainers", "online-courses", "trainers-mid-hr", "index", "overview", "_needs")

# texts that have the very colour of what lies behind them, and what is drawn in a colour that the reader did not choose
_FOREIGN = """() => { const seen = [...document.querySelectorAll('body *')].filter(one => one.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}));
  const behind = one => { for (; one; one = one.parentElement) { const held = getComputedStyle(one).backgroundColor; if (!/^rgba.*, 0\\)$/.test(held)) return held } return getComputedStyle(document.body).backgroundColor };
  const probe = document.body.appendChild(document.createElement('i')), painted = name => { probe.style.color = name; return getComputedStyle(probe).color };
  const chosen = new Set(['Canvas', 'CanvasText', 'GrayText', 'Highlight', 'HighlightText', 'LinkText', 'VisitedText', 'ButtonText'].map(painted));
  const words = seen.filter(one => !(one instanceof SVGElement) && [...one.childNodes].some(held => held.nodeType == 3 && held.data.trim())).filter(one => getComputedStyle(one).color == behind(one));
  const drawn = seen.filter(one => one.matches('svg text, svg circle, svg rect, svg path, svg line, svg polyline')).filter(one => { const held = getComputedStyle(one); return [held.fill, held.stroke].some(paint => paint != 'none' && !/^rgba.*, 0\\)$/.test(paint) && !chosen.has(paint)) });
  return [...words, ...drawn].map(one => `${getComputedStyle(one).fill} ${one.outerHTML.slice(0, 90)} in ${one.parentElement.outerHTML.slice(0, 60)}`) }"""
_REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({checkVisibilityCSS: true})).length"""
_FOCUSED = """() => { const one = document.activeElement, held = getComputedStyle(one); window.marked ??= new Map(); if (!window.marked.has(one)) window.marked.set(one, window.marked.size);
  return [window.marked.get(one), one !== document.body && (held.outlineStyle != 'none' && parseFloat(held.outlineWidth) > 0 || held.boxShadow != 'none'), one.outerHTML.slice(0, 120)] }"""


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as running:
        made = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """The sample and all odd workspaces, written to folders."""
    found = {}
    for name in ("sample", *odd.ALL):
        out = tmp_path_factory.mktemp("site")
        material = open_material(SAMPLE) if name == "sample" else open_material(tmp_path_factory.mktemp("empty"), odd.ALL[name]())
        write_site(plan_site(material, formats=("html",)), out)
        found[name] = out
    return found


def data_files_of(material):
    """What a search needs: the front page and its words."""
    pieces = pieces_in(material)
    whole = view_whole(material, pieces)
    return {"index.html": render_index(whole, format="html").encode(), **data_files(whole, pieces, ("html",))}


def opened(browser, path, **given):
    page = browser.new_context(**given).new_page()
    page.outside = []
    page.alerts = []
    page.on("request", lambda request: page.outside.append(request.url) if not request.url.startswith(("file:", "data:")) else None)
    page.on("dialog", lambda dialog: (page.alerts.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: page.alerts.append(str(error)))
    page.goto(path.as_uri())
    return page


def violations(page):
    """What axe has to say against a page, and of which elements."""
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in axe.Axe().run(page, options=RULES).response["violations"]]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_are_accessible_and_fit(browser, sites, name, scheme, width):
    page = opened(browser, sites["sample"] / f"{name}.html", viewport={"width": width, "height": 900}, color_scheme=scheme)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (page.outside, page.alerts) == ([], [])
    page.context.close()


@pytest.mark.parametrize("site", odd.ALL)
def test_odd_pages_fit_and_execute_nothing(browser, sites, site):
    for path in sorted(sites[site].glob("*.html"), key=lambda one: (-one.stat().st_size, one.name))[:6]:
        page = opened(browser, path, viewport={"width": 320, "height": 900})

        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert (page.outside, page.alerts) == ([], []), path
        page.context.close()


@pytest.mark.parametrize("site", odd.ALL)
def test_odd_pages_are_accessible(browser, sites, site):
    page = opened(browser, sites[site] / "index.html", viewport={"width": 390, "height": 900}, color_scheme="dark")
    briefs = sorted((path for path in sites[site].glob("[!_]*.html") if path.name != "index.html"), key=lambda one: (-one.stat().st_size, one.name))
    for path in (sites[site] / "index.html", *briefs[:2]):
        page.goto(path.as_uri())

        assert violations(page) == [], path
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_colours_of_the_readers_own_are_kept(browser, sites, name):
    """Forced colours: what is drawn or written is told from what it lies on by colours that the reader chose."""
    page = opened(browser, sites["sample"] / f"{name}.html", viewport={"width": 1280, "height": 900}, forced_colors="active")

    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(_FOREIGN) == []
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_everything_is_reached_by_the_tabulator_and_shows_it(browser, sites, name):
    page = opened(browser, sites["sample"] / f"{name}.html", viewport={"width": 1280, "height": 900})
    wanted = page.evaluate(_REACHABLE)
    reached = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(_FOCUSED))

    assert [one for one in reached if not one[1]] == []  # each shows that it has the focus
    assert len({one[0] for one in reached}) == wanted  # none twice, so none is left out and nothing holds the focus
    page.context.close()


def test_everything_is_there_without_scripts(browser, sites):
    page = opened(browser, sites["sample"] / "index.html", java_script_enabled=False)

    assert page.locator(".tree a").count() == 12
    assert page.locator("#find").is_hidden()
    page.context.close()


def test_search_and_filters_by_keyboard(browser, sites):
    page = opened(browser, sites["sample"] / "index.html")
    page.keyboard.press("/")
    page.keyboard.type("AUDITOR")

    assert page.locator("#hits a").first.inner_text() == "Corporate trainers"
    page.wait_for_url("**q=AUDITOR*")
    page.keyboard.press("Escape")
    page.locator("#focus").select_option("now")
    assert page.locator("#found").inner_text() == "4 segments"
    assert page.locator(".tree li:visible", has_text="Higher ed").count() <= 2
    page.wait_for_url("**focus=now*")
    again = page.url
    page.goto(again)
    assert page.locator("#found").inner_text() == "4 segments"
    page.context.close()


def test_search_finds_words_in_any_order_and_without_accents(browser, sites):
    page = opened(browser, sites["sample"] / "index.html")
    for typed, first in (("two-days  auditor", "Corporate trainers"), ("K12", "K12"), ("ÁUDITOR", "Corporate trainers")):
        page.locator("#q").fill(typed)
        assert page.locator("#hits a").first.inner_text() == first
    page.locator("#q").fill("no such words at all")
    assert (page.locator("#found").inner_text(), page.locator("#hits a").count()) == ("0 segments", 0)
    page.context.close()


def test_a_thousand_segments_are_searched_in_a_moment(browser, tmp_path):
    files = {f"segments/s-{n}.yaml": f"name: Group number {n}\npain_points: [Somebody waits {n} hours for slip {n * 7} before the {n % 90}th gate opens.]\n" + (f"parent: s-{(n - 1) // 9}\n" if n else "") for n in range(1000)}
    for path, data in data_files_of(open_material(tmp_path, files)).items():
        (tmp_path / path).write_bytes(data)
    page = opened(browser, tmp_path / "index.html")
    taken = page.evaluate(
        "() => ['g', 'gate', 'slip 77', 'hours gate waits', 'nothing'].map(word => { const field = document.getElementById('q'), times = []; for (let n = 0; n < 9; n++) { field.value = word;"
        "const begun = performance.now(); field.dispatchEvent(new Event('input', {bubbles: true})); times.push(performance.now() - begun) } return times.sort((a, b) => a - b)[2] })"
    )

    assert max(taken) < 50, taken  # 10 ms on a machine that does nothing else
    page.context.close()


def test_ten_thousand_segments_are_searched_rightly(browser, tmp_path):
    """Each word leads to all that hold it or what it begins, those alike in the order of their files; and the page goes on answering."""
    files = {f"segments/s-{n}.yaml": f"name: Group {n}\npain_points: [Somebody waits for slip p{n % 700} at gate g{n % 90}.]\n" + (f"parent: s-{(n - 1) // 30}\n" if n else "") for n in range(10_000)}
    for path, data in data_files_of(open_material(tmp_path, files)).items():
        (tmp_path / path).write_bytes(data)
    page = opened(browser, tmp_path / "index.html")
    wanted = {"9876": ("1 segment", "Group 9876"), "p699": ("14 segments", "Group 1399"), "p699 g69": ("2 segments", "Group 699"), "p69": ("155 segments", "Group 1390"), "waits": ("10000 segments", "Group 0"), "wait nowhere": ("0 segments", None)}
    found = {}
    for typed in wanted:
        page.locator("#q").fill(typed)
        first = page.locator("#hits a")
        found[typed] = (page.locator("#found").inner_text(), first.first.inner_text() if first.count() else None)
    page.keyboard.press("Escape")

    assert found == wanted
    assert (page.locator("#found").inner_text(), page.locator("#tree").is_visible(), page.alerts) == ("", True, [])
    page.context.close()


@pytest.mark.parametrize("width", [390, 320])
def test_the_picture_of_all_segments_is_there_on_a_phone(browser, sites, width):
    page = opened(browser, sites["sample"] / "index.html", viewport={"width": width, "height": 900})

    assert page.locator(".narrow svg a").count() >= 9
    assert page.locator(".narrow svg").is_visible()
    assert not page.locator(".wide svg").is_visible()
    page.context.close()


def test_paper_is_white_whatever_the_screen(browser, sites):
    page = opened(browser, sites["sample"] / "corporate-trainers.html", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_branch_fits_on_two_sheets(browser, sites, paper):
    for name in ("corporate-trainers", "subject-matter-experts", "trainers-mid-hr"):
        page = opened(browser, sites["sample"] / f"{name}.html")

        assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format=paper))) <= 2, name
        page.context.close()


def test_the_theme_is_kept(browser, sites):
    page = opened(browser, sites["sample"] / "k12.html")
    page.locator("#theme").click()
    page.locator("#theme").click()

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.context.close()
