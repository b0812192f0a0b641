"""Statements that stand in no corpus, with what a reader would say, so that a report shows the shipped judge at work."""

from collections.abc import Sequence

from microseg.words.analyse import analyse
from microseg.words.context import NO_CONTEXT
from microseg.words.verdict import verdict

FRESH = (
    ("Everything loads before I have lost interest", "solution", "mer"),
    ("Kiln firings booked by shelf, so that two potters share one bisque run", "solution", "specific"),
    ("The export leaves out half of the rows and says nothing about it", "pain", "mer"),
    ("Simple handover of the tuck shop float between volunteer shifts", "solution", "specific"),
    ("You ring the helpline and a recording tells you to visit the website", "pain", "mer"),
    ("Ferry crews sign for life jackets on paper that is wet by the second crossing", "pain", "specific"),
    ("Role-based approvals per legal entity", "solution", "specific"),
    ("An orchard tool that our pickers can actually understand", "solution", "mer"),
    ("Two prices on one invoice because the tariff changed at midnight", "pain", "specific"),
    ("Less admin, more time for what matters", "solution", "mer"),
    ("Invoices go out with the right total", "solution", "mer"),
    ("Substitute teachers get the seating plan before the bell", "solution", "specific"),
    ("Reliable sync of herd records after a day without signal", "solution", "specific"),
    ("It forgets me every morning", "pain", "mer"),
    ("A mobile app for field technicians that works offline in basements", "solution", "specific"),
    ("Auditors ask who passed which version of a course, and nobody can tell", "pain", "specific"),
    ("Pressing reply in a shared inbox tells the others that you are on it", "solution", "specific"),
    ("Tills that come back without a call to head office", "solution", "mer"),
    ("Doctors finish the note before the next patient walks in", "solution", "specific"),
    ("My bookings are still there after the update", "solution", "mer"),
)
"""Text, kind, and the label a reader gives by the rubric."""


def judged(statements: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return a Markdown table of statements with the verdict of the shipped judge; wrong ones are marked."""
    lines = ["| statement | a reader says | the judge says | |", "|---|---|---|---|"]
    for text, kind, label in statements:
        found = verdict(analyse(text), NO_CONTEXT, kind="pain" if kind == "pain" else "solution")
        said = f"{found.label}, {found.confidence}" if found.confidence else found.label
        lines.append(f"| {text} | {label} | {said} ({found.score:.2f}) | {'' if found.label == label else 'wrong'} |")
    return lines
