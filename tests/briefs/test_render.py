"""Pages as a reader gets them: self-contained, well-formed, harmless, small; and a team's own templates."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from markdown_it import MarkdownIt

from briefs import odd
from briefs.conftest import SAMPLE, open_material
from briefs.pages import Page
from microseg.briefs import render
from microseg.briefs.engine import render_guarded
from microseg.briefs.isolated import render_isolated
from microseg.briefs.render import Options, brief_page, render_brief, render_overview
from microseg.briefs.site import plan_site
from microseg.briefs.view import AUDIENCES, view_brief
from microseg.briefs.whole_view import view_whole
from microseg.errors import TemplateError
from microseg.project.saved_runs import saved_runs

pytestmark = pytest.mark.slow  # many examples: the fast suite leaves them to CI

KNOWN = {
    "html", "head", "meta", "title", "link", "style", "body", "a", "header", "nav", "ol", "li", "span", "button", "main", "section", "div", "p", "b", "h1", "h2", "h3", "small", "blockquote", "ul", "dl", "dt", "dd", "i", "q",
    "svg", "defs", "pattern", "path", "rect", "polygon", "circle", "text", "tspan", "table", "caption", "thead", "tbody", "tr", "th", "td", "strong", "br", "article", "footer", "code", "script", "details", "summary", "form", "label",
    "input", "select", "option", "colgroup", "col", "em", "pre",
}  # fmt: skip


@pytest.fixture(scope="module", params=odd.ALL)
def odd_site(request, tmp_path_factory):
    return plan_site(open_odd(tmp_path_factory.mktemp("odd"), request.param))


def open_odd(root, name):
    return open_material(root, odd.ALL[name]())


def check_pages(files: dict[str, bytes]) -> None:
    pages = {path: Page(data.decode()) for path, data in files.items() if path.endswith(".html")}
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        assert page.tags <= KNOWN, path
        assert not {name for name in page.attributes if name.startswith("on")}, path
        assert page.scripts == (3 if path == "index.html" else 1) - (path == "index.html"), path
        assert set(page.outside) <= {"search_index.js"}, path
        for link in page.links:
            target, _, fragment = link.partition("#")
            if target.startswith(("https://", "http://")):
                continue
            assert (target or path) in files, (path, link)
            assert not fragment or fragment in pages[target or path].ids, (path, link)


def test_odd_sites_are_well_formed_and_harmless(odd_site):
    check_pages(odd_site)


@pytest.mark.parametrize("is_measured", [False, True])
def test_the_sample_is_well_formed_and_light(is_measured):
    runs = saved_runs(SAMPLE).runs if is_measured else ()
    sample = open_material(SAMPLE, runs=runs)
    files = plan_site(sample)

    check_pages(files)
    briefs = {path: data for path, data in files.items() if path.removesuffix(".html") in sample.workspace.by_id}
    assert max(len(data) for data in briefs.values()) <= 40_000
    assert max(len(gzip.compress(data, 9)) for data in briefs.values()) <= 12_000
    assert plan_site(sample) == files


def test_what_was_typed_is_read_and_nothing_else(tmp_path):
    page = Page(plan_site(open_odd(tmp_path, "attacked"))["top.html"].decode())

    for attack in odd.ATTACKS:
        assert " ".join(attack.split()) in page.text


@pytest.mark.parametrize("name", ["attacked", "pointed"])
def test_search_cannot_end_its_script(tmp_path, name):
    assert b"<" not in plan_site(open_odd(tmp_path, name))["search_index.js"]


def test_ids_links_and_saved_results_lead_nowhere_but_to_pages_and_the_web(tmp_path):
    files = plan_site(open_odd(tmp_path, "pointed"))
    pages = {path: Page(data.decode()) for path, data in files.items() if path.endswith(".html")}
    outside = {one for page in pages.values() for one in page.links if not one.startswith("#") and one.partition("#")[0] not in files}
    markdown = [token.attrs["href"] for path, data in files.items() if path.endswith(".md") for block in MarkdownIt("commonmark").parse(data.decode()) for token in block.children or [] if token.type == "link_open"]

    assert odd.SAFE_LINK in outside
    assert {one.partition(":")[0] for one in outside} == {"https"}
    assert {urlsplit(one).netloc for one in outside} == {"example.com", "evil.example"}
    assert {urlsplit(one).scheme for one in markdown} == {"", "https"}
    assert not any(re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", data.decode()) for data in files.values())
    for said in (odd.ATTACKS[0], odd.LINKS[0]):
        assert said in pages["top.html"].text  # as a saved result named it


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_sentence_stands_for_every_reader(sample, audience):
    brief = view_brief(sample, sample.workspace.by_id["corporate-trainers"], audience=audience)

    for format_ in ("md", "html"):
        text = render_brief(brief, format=format_).replace("&#39;", "'")
        assert "We're targeting Corporate trainers with “Print one signed sheet" in text
    assert not re.search(r"\bMS\d{3}\b|\bNone\b", text)


def test_markdown_keeps_to_what_pastes_anywhere(sample):
    for segment in sample.workspace.segments:
        text = render_brief(view_brief(sample, segment), format="md")

        assert not re.search(r"^ {1,3}- |<[a-z/]|^#### |!\[|\[\^|\n\n\n", text, re.MULTILINE)
        assert all(line.count(" | ") <= 3 for line in text.splitlines() if line.startswith("|"))


def test_markdown_without_tables(sample):
    brief = view_brief(sample, sample.workspace.by_id["corporate-trainers"])

    assert "|" not in render_brief(brief, format="md", options=Options(tables="list"))
    assert "|" not in render_overview(view_whole(sample), format="md", options=Options(tables="list"))


def test_markdown_for_github_and_with_front_matter(material_of):
    material = material_of({"segments/a.yaml": 'name: "A: first\\"end"\nsegments: [{name: "B #1"}]\n'})
    text = render_brief(view_brief(material, material.workspace.by_id["a"]), format="md", options=Options(flavor="github", front_matter=True))

    assert text.startswith('---\ntitle: "A: first\\"end"\ndescription: "A: first\\"end"\n---\n\n# A: first"end\n')
    assert '```mermaid\nflowchart LR\n    n0(["A: first#34;end"])\n    n0 --> n1["B #35;1"]\n```' in text
    assert "> [!NOTE]" in text


@pytest.fixture
def small(material_of):
    material = material_of({"segments/a.yaml": "name: A group\ndefinition: Those who wait.\n"})
    return view_brief(material, material.workspace.by_id["a"])


def own(tmp_path, **files: str) -> Options:
    folder = tmp_path / "templates"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)
    return Options(templates=folder)


def test_a_team_overrides_one_block_or_a_whole_page(small, tmp_path):
    options = own(tmp_path, brief__html__j2="{% extends 'shipped/brief.html.j2' %}{% block minimum %}<p>Ours: {{ brief.name }}</p>{{ super() }}{% endblock %}", brief__md__j2="# {{ brief.name }} *ours*\n")

    page = render_brief(small, format="html", options=options)
    assert "<p>Ours: A group</p>" in page
    assert "Minimum expected" in page
    assert render_brief(small, format="md", options=options) == "# A group *ours*\n"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("\n{{ brief.pain }}", "templates/brief.md.j2:2: a Brief has no field `pain`; did you mean `pains`?"),
        ("\n\n{{ brif }}", "templates/brief.md.j2:3: nothing here is called `brif`"),
        ("{% for x in %}", "templates/brief.md.j2:1: Expected an expression, got 'end of statement block'"),
        ("{% include '../microseg.yaml' %}", "templates/brief.md.j2:1: there is no template ../microseg.yaml"),
        ("{% include '/etc/passwd' %}", "templates/brief.md.j2:1: there is no template /etc/passwd"),
        ("{{ ''.__class__.__mro__ }}", "templates/brief.md.j2:1: access to attribute '__class__' of 'str' object is unsafe."),
        ("{% for x in range(90000) %}{{ 'x' * 1000 }}{% endfor %}", "templates/brief.md.j2 writes more than 8 million characters"),
    ],
)
def test_a_wrong_template_is_told_with_file_and_line(small, tmp_path, template, message):
    options = own(tmp_path, brief__md__j2=template)

    with pytest.raises(TemplateError) as caught:
        render_guarded(brief_page(small, "md", options), options.templates)

    assert caught.value.message == message


def test_a_template_that_wants_the_whole_memory_is_stopped(small, tmp_path):
    with pytest.raises(TemplateError, match=r"brief\.md\.j2 wants more than 768 million bytes of memory"):
        render_brief(small, format="md", options=own(tmp_path, brief__md__j2="{{ '%0900000000d'|format(1) }}"))


def test_a_template_that_never_ends_is_stopped(small, tmp_path):
    options = own(tmp_path, brief__md__j2="{% for x in range(99999) %}{% for y in range(99999) %}{% endfor %}{% endfor %}")
    with pytest.raises(TemplateError, match=r"takes longer than 0\.6 seconds"):
        list(render_isolated([brief_page(small, "md", options)], options.templates, seconds=0.6))


def test_a_link_out_of_the_folder_is_no_template(small, tmp_path):
    options = own(tmp_path, brief__md__j2="{% include 'secret.j2' %}")
    (tmp_path / "secret.txt").write_text("secret")
    (options.templates / "secret.j2").symlink_to(tmp_path / "secret.txt")

    with pytest.raises(TemplateError, match=r"there is no template secret\.j2"):
        render_guarded(brief_page(small, "md", options), options.templates)


@pytest.mark.parametrize("options", [Options(), Options(tables="list"), Options(is_linked=True)], ids=["plain", "lists", "linked"])
def test_no_attack_becomes_structure_in_markdown(tmp_path, options):
    material = open_odd(tmp_path, "attacked")
    brief = view_brief(material, material.workspace.by_id["top"])
    text = render_brief(brief, format="md", options=options)
    blocks = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    kinds = {token.type for block in blocks for token in (block, *(block.children or []))}
    targets = {token.attrs["href"] for block in blocks for token in block.children or [] if token.type == "link_open"}

    assert not kinds & {"html_inline", "html_block", "image", "code_block", "s_open", "em_open"}
    assert [block.content for block in blocks if block.type == "fence"] == ["</script><script>alert(1)</script> no 1\n"]  # of the notes
    assert {one for one in targets if not one.startswith(("https://example.com/", "https://evil.example/x.png"))} <= {"child.md", "top.md"}  # links of the notes
    assert sum(block.type == "heading_open" and block.tag == "h2" for block in blocks) == len(brief.blocks) - 1
    assert {cell.content for cell in blocks if cell.type == "inline" and cell.content.startswith("**Head**")} != set()


@pytest.mark.parametrize("format_", ["md", "html"])
def test_a_page_in_bytes_is_the_page_in_text(sample, format_):
    pages = [brief_page(view_brief(sample, one), format_, Options(is_linked=True)) for one in sample.workspace.by_id.values()]

    assert b"".join(render.encode_pages(pages, None)).decode() == "".join(render.render_pages(pages, None))


@pytest.mark.parametrize("large", ["x" * 12_000, "\n \n" + "x\n\n\n\n" * 3_000, "\n\t" * 12_000, "x" * 12_000 + "\ud800 \n\n"], ids=["tight", "blanks", "empty", "surrogate"])
def test_blanks_around_a_large_piece_are_tidied_as_if_it_were_small(monkeypatch, large):
    pieces = ["\n \nhead\n", "\n", large, "\n\n", "foot\n\n\n"]
    monkeypatch.setattr(render, "_python_of", lambda _: lambda: pieces)
    page = render.Page("brief.html.j2", {})

    assert list(render.encode_pages([page], None)) == [text.encode("utf-8", "backslashreplace") for text in render.render_pages([page], None)]
