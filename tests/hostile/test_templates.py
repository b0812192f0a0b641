"""A team's own template can break its own page and nothing else: no file is read, nothing runs for ever, and the sentence names the place."""

import resource

import pytest

from microseg.briefs.isolated import render_isolated
from microseg.briefs.render import Page
from microseg.errors import TemplateError

pytestmark = pytest.mark.slow
FILES = {"microseg.yaml": "version: 1\n", "segments/a.yaml": "id: a\nname: All\n"}
UNSAFE = "is unsafe."
TEMPLATES = {
    "subclasses": ("{{ ''.__class__.__mro__[1].__subclasses__() }}", UNSAFE),
    "globals": ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", UNSAFE),
    "a function's globals": ("{{ lipsum.__globals__['os'].popen('id').read() }}", UNSAFE),
    "format": ("{{ '{0.__class__.__mro__}'.format(1) }}", UNSAFE),
    "the filter attr": ("{{ ''|attr('__class__') }}", UNSAFE),
    "context": ("{{ self._TemplateReference__context }}", UNSAFE),
    "a file": ("{% include '/etc/passwd' %}", "there is no template /etc/passwd"),
    "a file above": ("{% include 'shipped/../../../../etc/passwd' %}", "there is no template shipped/../"),
    "a long name": ("{% include '" + "a" * 5_000 + "' %}", "there is no template aaa"),
    "itself": ("{% include 'brief.html.j2' %}", "leads back to itself without end"),
    "its own child": ("{% extends 'brief.html.j2' %}", "leads back to itself without end"),
    "a macro without end": ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "leads back to itself without end"),
    "deep": ("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}", "nested too deeply"),
    "a huge text": ("{{ 'x' * 999999999999 }}", "wants more than 768 million bytes of memory"),
    "huge output": ("{% for i in range(99999) %}{{ 'x' * 99999 }}{% endfor %}", "writes more than 8 million characters"),
    "a huge range": ("{% for i in range(999999999999) %}x{% endfor %}", "Range too big"),
    "a change": ("{{ brief.blocks.append(1) }}", "a tuple has no field `append`"),
    "a wrong name": ("{{ breif.name }}", "nothing here is called `breif`"),
    "no UTF-8": (b"caf\xe9", "is not UTF-8"),
    "an escape in code": ("{{ undefined_\x1b }}", "templates/brief.html.j2:1: "),
    "a number of 5,000 digits": ("\n{{ 10 ** 5000 }}", "templates/brief.html.j2:2: a number has more digits than can be written (4,300)"),
    "a number of 70,000 digits, kept": ("\n\n{% set a = 7 ** 90000 %}{{ a }}", "templates/brief.html.j2:3: a number has more digits"),
    "a number written with 5,000 digits": ("x\n{{ " + "9" * 5_000 + " }}", "templates/brief.html.j2:2: a number has more digits"),
    "a number that grows": ("x\n{{ brief.name|length * 10 ** 5000 }}", "templates/brief.html.j2:2: a number has more digits"),
    "a power of powers": ("{{ (9 ** 9) ** (9 ** 9) }}", "takes longer than 10 seconds"),
    "division": ("{{ 1/0 }}", "templates/brief.html.j2:1: division by zero"),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_hostile_template_ends_with_a_sentence(name, microseg, write_tree):
    text, said = TEMPLATES[name]

    told = microseg(write_tree({**FILES, "templates/brief.html.j2": text}), "brief", "a", "--format", "html", seconds=30)

    assert (told.code, told.out, said in told.err) == (2, "", True), told
    assert told.err.startswith("error: templates/brief.html.j2")
    assert "uid=" not in told.err


def test_a_loop_without_end_is_ended(write_tree):
    endless = "{% for i in range(99999) %}{% for j in range(99999) %}{% for k in range(99999) %}{% endfor %}{% endfor %}{% endfor %}"

    root = write_tree({"templates/index.md.j2": endless})
    began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime

    with pytest.raises(TemplateError) as stopped:
        list(render_isolated([Page("index.md.j2", {})], root / "templates", seconds=2.5))

    assert (stopped.value.message, stopped.value.hint) == ("templates/index.md.j2 takes longer than 2.5 seconds for one page", "look for a loop over a very large range")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began < 5  # it is no longer there


def test_what_a_template_writes_itself_is_clean_too(microseg, write_tree):
    told = microseg(write_tree({**FILES, "templates/brief.html.j2": "\x1b[31mhello \x07\x00\u009b2J{{ brief.name }}"}), "brief", "a", "--format", "html")

    assert told.out == "[31mhello 2JAll\n"


@pytest.mark.parametrize("target", ["/etc/passwd", "/dev/zero", "brief.html.j2"])
def test_a_link_that_leads_out_is_no_template(target, microseg, write_tree):
    root = write_tree(FILES)
    (root / "templates").mkdir()
    (root / "templates/brief.html.j2").symlink_to(target)

    told = microseg(root, "brief", "a", "--format", "html", seconds=30)

    assert (told.code, "root:x:" in told.out, "<h1" in told.out) == (0, False, True)
