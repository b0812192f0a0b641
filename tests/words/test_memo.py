"""Functions that remember."""

from microseg.words.memo import Memo, remembered


def test_a_function_is_asked_once() -> None:
    asked: list[str] = []

    @remembered
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    assert [length("crane"), length("crane"), length("berth hand")] == [5, 5, 10]
    assert asked == ["crane", "berth hand"]


def test_what_is_remembered_stays_bounded() -> None:
    doubled: Memo[int, int] = Memo(lambda number: 2 * number, 3)

    assert [doubled[number] for number in (1, 2, 3, 4, 1)] == [2, 4, 6, 8, 2]
    assert dict(doubled) == {4: 8, 1: 2}
