"""A workspace of any size for measuring: every statement is made of other words, so that nothing can be looked up by its text.

The words come from a list about as long as what an educated reader knows, as in a real language: few are met only once.
"""

import random
from pathlib import Path

ACTIONS = ("reconcile", "book", "hand over", "count", "dispatch", "approve", "measure", "label", "return", "inspect", "price", "forward", "seal", "renew", "split", "file")
THINGS = ("delivery notes", "boat slips", "blood samples", "crane hours", "seed orders", "court files", "tram shifts", "lift passes", "wine casks", "film permits", "hall keys", "beehives")
MOMENTS = ("before the night shift", "while the gate is closed", "without a signal", "for two authorities at once", "between two tides", "after the audit", "when the driver is ill")
OWED = ("A good UI", "Stable software", "Easy to use", "Fast support")
LETTERS = "bcdfghklmnprstvz"
VOWELS = "aeiou"
SEGMENTS_A_FOLDER = 400
WORDS = 20_000


def write_workspace(root: Path, count: int, *, fan_out: int = 8, items: int = 4, seed: int = 11) -> None:
    """Write `count` active segments, one file each, with `items` pains, one solution fewer, criteria and evidence."""
    chance = random.Random(seed)  # noqa: S311 - the same workspace every time
    words = sorted({_word(chance) for _ in range(WORDS)})
    (root / "evidence").mkdir(parents=True, exist_ok=True)
    (root / "microseg.yaml").write_text("version: 1\nproduct: {name: Harbour, category: planning software, business_model: b2b}\ndefaults: {status: active, unit: user, owner: planning}\n")
    sources = "".join(f"  - {{id: talk-{n}, kind: interview, date: 2026-05-{n % 28 + 1:02d}, end_user: true, n: {n % 7 + 1}}}\n" for n in range(100))
    (root / "evidence" / "talks.yaml").write_text("evidence:\n" + sources)
    for number in range(count):
        folder = root / "segments" / f"{number // SEGMENTS_A_FOLDER:04d}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"group-{number}.yaml").write_text(_segment(number, fan_out, items, chance, words))


def _segment(number: int, fan_out: int, items: int, chance: random.Random, words: list[str]) -> str:
    parent = None if number == 0 else (number - 1) // fan_out
    depth = _depth(number, fan_out)
    keyword = " for ".join(["planning software", *(chance.choice(THINGS) for _ in range(depth))])
    lines = [f"id: group-{number}", f"name: Those with {chance.choice(THINGS)} {number}", f"level: {('head', 'midtail', 'longtail')[min(depth, 2)]}"]
    if parent is not None:
        lines.append(f"parent: group-{parent}")
    lines += [f"keyword: {keyword}", f"definition: Those who {_statement(chance, words).lower()}.", "split_by: firmo.headcount", "pain_points:"]
    for item in range(items):
        text = chance.choice(OWED) if chance.random() < 0.04 else _statement(chance, words)  # noqa: PLR2004 - one in twenty-five
        lines += [f"  - id: pain-{number}-{item}", f"    statement: {text}", f"    importance: {chance.randint(10, 100) / 10:g}", f"    evidence: [talk-{chance.randrange(100)}]"]
    lines.append("ideal_solutions:")
    for item in range(items - 1):
        lines += [f"  - id: cure-{number}-{item}", f"    statement: {_statement(chance, words)}", f"    relieves: [pain-{number}-{item}, pain-{number}-{item + 1}]"]
    lines += ["minimum_expected: [A good UI, Stable software]", "criteria:", f"  demo.language: {{in: [en, x{number}]}}", "  use.active_days: {gte: 2, last: 30d}"]
    return "\n".join(lines) + "\n"


def _depth(number: int, fan_out: int) -> int:
    depth = 0
    while number:
        number, depth = (number - 1) // fan_out, depth + 1
    return depth


def _statement(chance: random.Random, words: list[str]) -> str:
    return f"{chance.choice(ACTIONS).capitalize()} {chance.choice(words)} {chance.choice(THINGS)} {chance.choice(MOMENTS)} once {chance.choice(words)} {chance.choice(THINGS)} are late"


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(LETTERS) + chance.choice(VOWELS) for _ in range(chance.randint(2, 4)))
