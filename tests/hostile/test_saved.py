"""Whatever lies in measures/: pages are built, and no saved text becomes markup or a control character."""

import re

import pytest

pytestmark = pytest.mark.slow
SETTINGS = "version: 1\nmetrics:\n  active: {type: time_in_product, window: 30d, per: user, good: up}\n"
SEGMENT = "id: a\nname: All\nmetrics: [active]\nsegments: [{id: b, name: B}]\n"
ONE = '{"id":"a","unit":"user","size":5,"metrics":{"active":{"value":0.5,"n":5}}}'


def run_of(segments=ONE, **more):
    held = "".join(f',"{name}":{text}' for name, text in more.items())
    return f'{{"version":1,"as_of":"2026-10-31","segments":[{segments}]{held}}}'


def sized(size):
    return run_of(f'{{"id":"a","unit":"user","size":{size}}}')


RUNS = {
    "right": run_of(),
    "empty": "",
    "NUL": "\0" * 99,
    "deep lists": "[" * 100_000,
    "deep objects": '{"a":' * 100_000,
    "deep inside": run_of("[" * 50_000 + "]" * 50_000),
    "a list": "[]",
    "null": "null",
    "not a number": sized("NaN"),
    "infinite": sized("Infinity"),
    "1e400": sized("1e400"),
    "1e999999999": sized("1e999999999"),
    "a hundred thousand digits": sized("9" * 100_000),
    "negative": sized("-5"),
    "true": sized("true"),
    "lone surrogates": run_of('{"id":"\\ud800","unit":"user","size":5},{"id":"a","unit":"user","size":5,"metrics":{"\\udfff":{"value":1,"name":"\\ud83d","note":"\\udc00"}}}'),
    "escapes": run_of('{"id":"a","unit":"user","size":5,"metrics":{"active":{"value":1,"name":"\\u001b[31m\\u202e","note":"\\u001b]0;x\\u0007","unit":"\\u001b"}}}', engine='"\\u001b[2J"'),
    "markup": run_of('{"id":"a","unit":"user","size":5,"metrics":{"</script><script>alert(1)</script>":{"value":1,"name":"<img src=x onerror=alert(1)>","note":"</td><script>alert(1)</script>","unit":"<b>"},"active":{"value":1,"name":"<script>alert(1)</script>","unit":"<img src=x>"}}}', tool='"<script>alert(1)</script>"', engine='"<script>alert(1)</script>"'),
    "wrong types": '{"version":"1","as_of":5,"segments":{}}',
    "wrong types inside": run_of('1,"a",null,[],{"id":5},{"id":"a","unit":"x","size":1},{"id":"b","unit":"user","size":5,"metrics":{"active":5,"c":{"value":"x","parts":[1,{"name":5}]}}}', overlaps='[1,{"a":"a","b":5}]', coverage='[{"parent":5}]', provenance="[]"),
    "absurd shares": run_of('{"id":"a","unit":"user","size":5,"share_of_parent":5e17,"share_low":-3,"share_high":99,"metrics":{"active":{"value":-1e17,"n":0,"low":5,"high":-5,"parent":0,"previous":0}}}', coverage='[{"parent":"","none":0,"one":0,"several":0,"unknown":0},{"parent":"zz","none":9,"one":0,"several":0,"unknown":0}]', overlaps='[{"a":"a","b":"a","both":999999999}]'),
    "the year 0": '{"version":1,"as_of":"0000-00-00","segments":[]}',
    "the year 1": run_of().replace("2026-10-31", "0001-01-01"),
    "the year 9999": run_of().replace("2026-10-31", "9999-12-31"),
    "newer": '{"version":2,"as_of":"2026-10-31"}',
    "keys twice": '{"version":1,"version":2,"as_of":"2026-10-31","as_of":"x"}',
    "byte order mark": "\ufeff" + run_of(),
    "UTF-16": run_of().encode("utf-16"),
    "not UTF-8": run_of().encode() + b"\xe9",
    "an id of a megabyte": run_of('{"id":"' + "a" * 1_000_000 + '","unit":"user","size":5}'),
}
UNSAFE = re.compile("<script>alert|<img src=x|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")


@pytest.mark.parametrize("name", RUNS)
def test_any_saved_result_leaves_the_pages_whole(name, microseg, write_tree):
    text = RUNS[name]
    root = write_tree({"microseg.yaml": SETTINGS, "segments/a.yaml": SEGMENT, "measures/2026-10-31.json": text})

    told = microseg(root, "build", "--single-file")
    shown = microseg(root, "brief", "a", "--format", "html")
    pages = [path.read_text(encoding="utf-8", errors="surrogateescape") for path in (root / "briefs").rglob("*") if path.is_file()]

    assert (told.code, shown.code, len(pages) > 4) == (0, 0, True), told
    assert [UNSAFE.findall(page) for page in [*pages, shown.out] if UNSAFE.search(page)] == []


@pytest.mark.parametrize("name", ["empty", "deep lists", "a list", "wrong types", "newer", "UTF-16"])
def test_a_result_to_compare_with_must_be_one(name, microseg, write_tree):
    settings = SETTINGS + "data:\n  as_of: 2026-10-31\n  tables: {user: {from: u.csv, key: id}}\n  dimensions: {demo.location: user.place}\n"
    segment = "id: a\nname: A\ncriteria: {demo.location: x}\n"
    root = write_tree({"microseg.yaml": settings, "segments/a.yaml": segment, "u.csv": "id,place\nu1,x\n", "measures/old.json": RUNS[name]})
    pytest.importorskip("duckdb", reason="duckdb is not installed: nothing is measured")

    told = microseg(root, "measure", "--since", "measures/old.json")

    assert (told.code, told.err.startswith("error: --since measures/old.json: it "), "\nhelp: " in told.err) == (2, True, True), told
