"""The preview: what it shows is what would be built; a change shows at once, a broken file leaves what was shown; nobody else is answered."""

import http.client
import json
import shutil
import threading
from pathlib import Path

import pytest
from briefs.conftest import SAMPLE, open_material

from microseg.briefs.flagged import flagged_view
from microseg.briefs.site import plan_site
from microseg.preview.live import Live
from microseg.preview.renderer import Renderer
from microseg.preview.server import make_server
from microseg.preview.shown import Shown

PAGE = "name: Course creators\nstatus: active\ndefinition: Those who sell what they know.\npain_points: [Nobody finds the lessons again.]\n"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "segments").mkdir()
    (tmp_path / "microseg.yaml").write_text("version: 1\n")
    (tmp_path / "segments/creators.yaml").write_text(PAGE)
    return tmp_path


@pytest.fixture
def live(root):
    made = Live(root, None)
    made.check()
    yield made
    made.close()


@pytest.fixture
def server(live):
    made = make_server(live, "127.0.0.1", 0)
    thread = threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def ask(server, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body.decode(), answer


def save(path: Path, text: str) -> None:
    """As an editor does: the same second, and so the size or the inode tells."""
    path.with_suffix(".new").write_text(text)
    path.with_suffix(".new").replace(path)


@pytest.mark.slow
def test_what_is_shown_is_what_would_be_built():
    material = open_material(SAMPLE)
    files = plan_site(material)
    shown = Shown(material, Renderer(None))

    assert {path: shown.answer(path).body for path in files} == files
    assert shown.answer("_flagged.html") is None
    assert flagged_view(material, ()) == ()


def test_a_save_shows_at_once(live, root):
    before = live.mark
    assert live.look() == ()
    save(root / "segments/creators.yaml", PAGE.replace("sell", "give away"))

    assert live.look() == ("segments/creators.yaml",)
    assert live.mark != before
    assert b"give away what they know" in live.shown.answer("creators.html").body
    save(root / "segments/more.yaml", "name: More\n")
    assert live.look() == ("segments/more.yaml",)
    assert live.shown.answer("more.html") is not None
    (root / "segments/more.yaml").unlink()
    assert live.look() == ("segments/more.yaml",)
    assert live.shown.answer("more.html") is None


@pytest.mark.parametrize(("path", "text"), [("segments/creators.yaml", PAGE + "oops: [\n"), ("microseg.yaml", "version: [\n")])
def test_a_broken_file_leaves_what_was_shown_and_is_told(live, root, path, text):
    good, before = (root / path).read_text(), live.mark
    save(root / path, text)
    live.look()

    assert b"sell what they know" in live.shown.answer("creators.html").body
    assert live.mark == before
    assert [one.startswith(path) for one in live.problems] == [True]
    save(root / path, good)
    live.look()
    assert live.problems == ()
    assert b"sell what they know" in live.shown.answer("creators.html").body


def test_what_changed_while_the_workspace_was_away_is_shown_when_it_is_back(live, root):
    (root / "segments").rename(root / "away")
    save(root / "microseg.yaml", "version: 1\nproduct: {name: Otherwise}\n")
    live.look()
    assert live.problems != ()
    (root / "away").rename(root / "segments")
    save(root / "segments/creators.yaml", PAGE.replace("sell", "lend"))
    live.look()

    assert live.problems == ()
    assert b"lend what they know" in live.shown.answer("creators.html").body
    assert b"Otherwise" in live.shown.answer("index.html").body


def test_a_mistake_that_can_be_read_is_shown_and_told(live, root):
    save(root / "segments/creators.yaml", PAGE.replace("sell", "lend") + "keywrd: x\n")
    live.look()

    assert b"lend what they know" in live.shown.answer("creators.html").body
    assert "keywrd" in live.problems[0]
    assert b" to look at" in live.shown.answer("index.html").body


@pytest.mark.slow
def test_own_templates_are_used_and_a_wrong_one_is_told(live, root, server):
    (root / "templates").mkdir()
    save(root / "templates/brief.html.j2", "{% extends 'shipped/brief.html.j2' %}{% block footer %}Ours{% endblock %}")
    live.look()
    assert "Ours" in ask(server, "/creators.html")[1]
    save(root / "templates/brief.html.j2", "{{ brief.pain }}")
    live.look()

    status, text, _ = ask(server, "/creators.html")
    assert (status, "a Brief has no field `pain`; did you mean `pains`?" in text, "EventSource" in text) == (500, True, True)


def test_pages_come_with_the_script_that_reloads_them_and_other_files_as_they_are(server, live):
    status, text, answer = ask(server, "/")

    assert (status, live.mark in text, text.endswith("</body>\n</html>\n")) == (200, True, True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert ask(server, "/creators.md?x=1")[2].headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert json.loads(ask(server, "/index.json")[1])["version"] == 1
    assert ask(server, "/creators.html", "HEAD")[1] == ""
    assert ask(server, "/creators.html", "POST")[0] == 501


@pytest.mark.parametrize("path", ["/../microseg.yaml", "/%2e%2e/microseg.yaml", "/..%2f..%2fetc/passwd", "/microseg.yaml", "/segments/creators.yaml", "//etc/passwd", "/%00", "/_manifest.json", "/C:\\x", "/creators"])
def test_nothing_else_is_served(server, path):
    status, text, _ = ask(server, path)

    assert (status, "version: 1" in text, "root:" in text) == (404, False, False)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::1", "10.0.0.1", "evil@127.0.0.1", "127.0.0.1@evil.example", "evil\\@127.0.0.1", "127.0.0.1/evil", "127.0.0.1#evil", "127.0.0.1:x", "localhost.evil"])
def test_a_page_elsewhere_that_points_its_name_here_is_told_nothing(server, host):
    status, text, _ = ask(server, "/", Host=host)

    assert (status, "Course creators" in text, "EventSource" in text) == (403, False, False)


@pytest.mark.parametrize("host", ["localhost:4180", "LocalHost", "127.0.0.1", "[::1]:4180"])
def test_our_own_names_are_answered(server, host):
    assert ask(server, "/", Host=host)[0] == 200


def test_a_name_that_was_given_in_capitals_is_called_without_them(live):
    server = make_server(live, "LOCALHOST", 0)
    server.server_close()

    assert server.may_be_called([f"localhost:{server.server_address[1]}"])
    assert not server.may_be_called(["localhost", "localhost"])


@pytest.mark.parametrize(("mistake", "is_told"), [(ConnectionResetError("they hung up"), False), (TimeoutError("they sleep"), False), (ValueError("ours"), True)])
def test_a_reader_who_hangs_up_is_no_news(server, capsys, mistake, is_told):
    try:
        raise mistake
    except type(mistake):
        server.handle_error(None, ("127.0.0.1", 1))

    assert (str(mistake) in capsys.readouterr().err) is is_told


def test_a_workspace_that_is_moved_away_leaves_what_was_shown_and_comes_back(live, root, tmp_path_factory):
    before, elsewhere = live.mark, tmp_path_factory.mktemp("elsewhere") / "segments"
    (root / "segments").rename(elsewhere)
    live.look()

    assert (live.mark, live.shown.answer("creators.html") is not None) == (before, True)
    assert live.problems == ("segments/ is not there any more. Put it back, or end the preview with Ctrl-C and start it where the segments are now",)
    elsewhere.rename(root / "segments")
    live.look()
    assert live.problems == ()


def test_the_stream_says_what_changed(server, live, root):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    connection.request("GET", "/_changes")
    stream = connection.getresponse()
    first = json.loads(stream.readline().removeprefix(b"data: "))
    stream.readline()
    save(root / "segments/creators.yaml", PAGE + "owner: learning\n")
    live.look()
    second = json.loads(stream.readline().removeprefix(b"data: "))
    connection.close()

    assert (first["mark"] != second["mark"], second["mark"], first["problems"]) == (True, live.mark, [])


def test_the_next_port_is_taken_where_one_is_not_free(server, live):
    taken = server.server_address[1]
    with pytest.raises(OSError, match="in use"):
        make_server(live, "127.0.0.1", taken)
    other = make_server(live, "127.0.0.1", taken, tries=20)
    other.server_close()

    assert taken < other.server_address[1] < taken + 20


@pytest.mark.slow
def test_the_browser_reloads_a_page_when_its_source_is_saved(tmp_path):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pages are not opened in a browser")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium here: pages are not opened in a browser")
    shutil.copytree(SAMPLE, tmp_path / "planning")
    path = tmp_path / "planning/segments/k12.yaml"
    live = Live(tmp_path / "planning", None)
    server = make_server(live, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Thread(target=live.watch, args=(lambda _: None,), daemon=True).start()
    text = path.read_text()
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/k12.html")
        save(path, text.replace("name: K12", "name: Schools", 1))
        page.wait_for_selector("h1:has-text('Schools')", timeout=10_000)
        save(path, text + "oops: [\n")
        page.wait_for_selector("#microseg-problems:has-text('segments/k12.yaml')", timeout=10_000)
        assert page.locator("h1").inner_text() == "Schools"
        save(path, text)
        page.wait_for_selector("h1:has-text('K12')", timeout=10_000)
        assert page.locator("#microseg-problems").count() == 0
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/")
        page.locator("#q").fill("auditor")
        assert page.locator("#hits a").count() >= 1
        assert errors == []
        browser.close()
    server.shutdown()
    server.server_close()
    live.close()
