"""Make the table that words are looked up in, from the lists that people write: `python -m training.lists`.

The lists are the text files of `microseg/words/english`, one word or phrase a line, `#` for a comment. Stemming them
at every start would cost more than judging a hundred statements; so it is done here, and a test holds the table to
the lists.
"""

from collections.abc import Iterable, Iterator

from microseg.words.lexicon import FAMILIES, FOLDER
from microseg.words.tokens import without_final_e
from training import vectors

TABLE = FOLDER / "lists.table"
_SIGNS = ("situation", "haze")  # lists of single words, as written
_PHRASES = ("stereotype", "taste")  # told in any inflection


def main() -> None:
    """Write the table. It is written twice: the second part of it needs the first."""
    write(_grammar())
    write(table())


def write(lines: Iterable[str]) -> None:
    """Write lines to where the package reads them."""
    TABLE.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def entries(name: str) -> tuple[str, ...]:
    """Return the lines of one list, in lower case, without comments."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


def table() -> list[str]:
    """Return the lines of the table, each a name, a tab and words."""
    return [*_grammar(), *_told()]


def _grammar() -> list[str]:
    """Return the lines that stemming and striking out need: function words and irregular forms."""
    irregular = [word for line in entries("irregular") for word in _form(*line.split())]
    return [_line("function", sorted(entries("function"))), _line("irregular", irregular)]


def _form(form: str, word: str) -> tuple[str, str]:
    return form, without_final_e(word)


def _told() -> Iterator[str]:
    from microseg.words.tokens import lowered_words, stem

    def stems(line: str) -> str:
        return "_".join(map(stem, lowered_words(line)))

    yield _line("classes", [part for key, code in sorted(_classes().items()) for part in (key, code)])
    yield _line("phrases", [part for phrase in _phrases() for part in phrase])
    yield _line("foreign", sorted(_foreign()))
    yield _line("foreign_shared", sorted(set(entries("foreign_shared"))))
    yield _line("first_names", sorted(entries("first_names")))
    yield _line("titles", sorted({stem(lowered_words(line)[-1]) for line in entries("occupations")}))
    yield _line("wish", ["_".join(lowered_words(line)) for line in entries("wish")])
    for name in _SIGNS:
        yield _line(name, sorted(set(entries(name))))
    for name in _PHRASES:
        yield _line(name, dict.fromkeys(stems(line) for line in entries(name)))


def _line(name: str, words: Iterable[str]) -> str:
    return f"{name}\t{' '.join(words)}"


def _classes() -> dict[str, str]:
    """Return the class of each stem: the number of its quality family, or "generic"; a family goes first."""
    from microseg.words.tokens import lowered_words, stem

    known: dict[str, str] = {}
    for number, family in enumerate(FAMILIES):
        for line in entries(family):
            words = lowered_words(line)
            if len(words) == 1:
                known.setdefault(stem(words[0]), str(number))
    for line in entries("generic"):
        for word in lowered_words(line):
            known.setdefault(stem(word), "generic")
    return known


def _phrases() -> list[tuple[str, str, str]]:
    """Return each quality told in several words: its stems, the rarest of them, its family; longer ones come first."""
    from microseg.words.tokens import lowered_words, stem

    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for number, family in enumerate(FAMILIES):
        for line in entries(family):
            words = lowered_words(line)
            if len(words) > 1 and (key := _rarest(words)):
                found.setdefault(tuple(map(stem, words)), (stem(key), str(number)))
    return [("_".join(stems), *found[stems]) for stems in sorted(found, key=lambda stems: (-len(stems), stems))]


def _rarest(words: list[str]) -> str:
    """Return the word by which a phrase is looked for, or nothing where all its words carry grammar only."""
    ranks, stop = vectors.ranks(), set(entries("function"))
    return max((word for word in words if word not in stop), key=lambda word: ranks.get(word, len(ranks)), default="")


def _foreign() -> set[str]:
    """Return the common words of other languages, without those that English statements use too."""
    words = {word for line in entries("foreign") for word in line.split()}
    return words - set(entries("function")) - set(entries("foreign_shared"))


if __name__ == "__main__":
    main()
