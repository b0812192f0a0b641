"""For build servers: JUnit XML, one suite a file, a failed case a finding; infos never fail."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from microseg.formats._look import Look, shown
from microseg.lint.finding import Finding, Report
from microseg.source.text import clean


def render(report: Report, look: Look) -> str:
    """A report with nothing in it has one case that passed, so that the run is seen."""
    files: dict[str, list[Finding]] = {}
    for one in shown(report, look):
        files.setdefault(one.location.path, []).append(one)
    failures = sum(one.severity != "info" for findings in files.values() for one in findings)
    suites = [_suite(path, findings, look) for path, findings in sorted(files.items())]
    if not suites:
        suites = ['  <testsuite name="microseg" tests="1" failures="0">\n    <testcase name="every segment" classname="microseg"/>\n  </testsuite>']
    count = sum(len(findings) for findings in files.values()) or 1
    return f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="microseg" tests="{count}" failures="{failures}">\n' + "\n".join(suites) + "\n</testsuites>\n"


def _suite(path: str, findings: list[Finding], look: Look) -> str:
    failures = sum(one.severity != "info" for one in findings)
    cases = "\n".join(_case(one, look) for one in findings)
    return f'  <testsuite name={quoteattr(clean(look.prefix + path))} tests="{len(findings)}" failures="{failures}">\n{cases}\n  </testsuite>'


def _case(one: Finding, look: Look) -> str:
    place = one.location
    name = f"{one.rule} {one.name} at {place.line}:{place.column}"
    head = f"    <testcase name={quoteattr(name)} classname={quoteattr(clean(look.prefix + place.path))}"
    if one.severity == "info":
        return f"{head}>\n      <system-out>{escape(one.message)}</system-out>\n    </testcase>"
    body = escape(f"{clean(look.prefix + place.path)}:{place.line}:{place.column}: {one.message}\n{one.help}".rstrip())
    return f"{head}>\n      <failure type={quoteattr(one.severity)} message={quoteattr(one.message)}>{body}</failure>\n    </testcase>"
