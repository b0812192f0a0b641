"""The quick reader among thousands of texts that are nearly ordinary: built from a small grammar of what it takes and what it must leave."""

import random

import pytest
from source.test_ordinary import is_read_alike

ATOMS = ["a", "b c", "5", "-1", "'q r'", '"s: t"', "é", "x:y", "a#b", "(z)", "$5", "~", "null", "it's", "a,b", "a]b", "a}b", "*x", "&x", "!x", "%x", "@x", "`x", "-x", "- x", "?x", "? x", "#x", "|x", ">x", "'", '"', "a ' b", "x ", "  x", "", "a:", "a: b", ":a", "---", "...", "a\\b", "=", "<<", ">=1", "+1", ".5", "a? b", "é: f", "日本", "٣", "²", "ʰ", "\u0301a", "—a", "“a”", "€5", "a\xa0b", "\xa0"]
KEYS = ["a", "b", "c", "d", "e", "f", "name", "a-b", "a.b", "_x", "A1", "1a", "é", "a b", "'q'", "-a", "?", "null", "<<", "k" * 61]
PLAIN_ATOMS = ["a", "b c", "5", "those who wait", "'q r'", '"s: t"', "x:y", "a#b"]
PLAIN_KEYS = [f"{letter}{number}" for letter in "abcdefgh" for number in range(9)]
HEADERS = [">-", ">-", ">", "|", "|-", ">+", "|+", ">2", "|1-", ">- # c", ">-  "]
LINES = ["t", "t u", "- t", "k: t", "# t", "t ", "'t", "[t", "t #x", "é", ""]
TAILS = ["", "", "", "", "  # note", " # n", "  #n", "  #", "   # microseg: x", " "]


def nearly_ordinary(chance, indent=0, depth=0):
    """Lines of a mapping or a list at a column, mostly well formed."""
    text = ""
    is_list = depth > 0 and chance.random() < 0.5
    for _ in range(chance.choice([1, 1, 2, 3])):
        column = " " * max(0, indent + chance.choice([0] * 20 + [1, -1, 2]))
        if chance.random() < 0.08:
            text += chance.choice(["\n", "  \n", "# c\n", f"{column}# c\n", "---\n", "\t\n"])
        if is_list and chance.random() < 0.5:
            text += f"{column}-{chance.choice([' '] * 6 + ['  ', ''])}{_flow(chance)}{chance.choice(TAILS)}\n"
            continue
        dash = "- " if is_list else ""
        text += f"{column}{dash}{_one(chance, PLAIN_KEYS, KEYS)}{chance.choice([':'] * 20 + [' :', '::', ''])}{_value(chance, indent + len(dash), depth)}"
    return text


def _value(chance, indent, depth):
    how = chance.random()
    if how < 0.4 or depth > 3:
        return f" {_flow(chance)}{chance.choice(TAILS)}\n"
    if how < 0.6:
        deeper = indent + chance.choice([0, 1, 2, 2, 2, 4])
        lines = [" " * max(0, deeper + chance.choice([0] * 8 + [1, -1])) + chance.choice(LINES) for _ in range(chance.choice([0, 1, 2, 3]))]
        return " " + chance.choice(HEADERS) + "\n" + "".join(f"{line}\n" for line in lines) + chance.choice(["", "", "\n", "  \n"])
    return chance.choice(["", "", "  # c", " #c", " "]) + "\n" + nearly_ordinary(chance, indent + chance.choice([0, 1, 2, 2, 2, 4]), depth + 1)


def _flow(chance, depth=0):
    how = chance.random()
    if how < 0.6 or depth > 3:
        return _one(chance, PLAIN_ATOMS, ATOMS)
    parts = [_flow(chance, depth + 1) for _ in range(chance.choice([0, 1, 2, 3]))]
    blank = chance.choice(["", "", " "])
    if how < 0.8:
        return f"[{blank}{chance.choice([', ', ', ', ',', ' , ']).join(parts)}{blank}]"
    return "{" + blank + ", ".join(f"{_one(chance, PLAIN_KEYS, KEYS)}{chance.choice([': '] * 8 + [':', ' : '])}{part}" for part in parts) + blank + "}"


def _one(chance, plain, odd):
    """Mostly something plain, for one oddity in a text is enough to leave the rest unread."""
    return chance.choice(odd if chance.random() < 0.15 else plain)


def _taken(seed, count):
    chance = random.Random(seed)  # noqa: S311 - texts, not secrets
    return sum(is_read_alike(nearly_ordinary(chance).rstrip(chance.choice(["\n", ""])) or "a: b") for _ in range(count))


def test_nearly_ordinary_texts_are_read_alike_or_left():
    assert _taken(1, 500) > 20


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_many_more_are_too(seed):
    assert _taken(seed, 8_000) > 320
