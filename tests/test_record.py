"""Records and named tuples: what the standard library's do, declared sooner."""

import copy
from typing import ClassVar

import pytest

from microseg.record import NamedTuple, aside, made, notes_of, record, replace


@record
class Point:
    """A place."""

    UNIT: ClassVar[str] = "cm"
    x: int
    y: int = 2
    note: str = aside("")

    def far(self):
        return self.x + self.y


@record
class Other:
    x: int
    y: int = 2


@record
class Empty:
    """Nothing to hold."""


class Pair(NamedTuple):
    """Two."""

    first: int
    second: str = "b"

    @property
    def both(self):
        return f"{self.first}{self.second}"


def test_a_record_is_made_by_place_name_and_default():
    made_so = [Point(1), Point(1, 2), Point(x=1), Point(1, y=2, note="seen"), made(Point, (1, 2, ""))]

    assert [(one.x, one.y, one.far(), one.UNIT) for one in made_so] == [(1, 2, 3, "cm")] * 5
    assert len(set(made_so)) == 1
    assert repr(made_so[3]) == "Point(x=1, y=2)"
    assert (Point.__doc__, Point.__name__, notes_of(Point)) == ("A place.", "Point", (("x", None), ("y", None), ("note", None)))


def test_two_kinds_of_thing_are_never_equal():
    assert Other(1) == Other(1, 2)
    assert Other(1) != (1, 2)
    assert Point(1) != Other(1)
    assert Empty() == Empty()
    assert bool(Empty())
    assert Empty() != ()


@pytest.mark.parametrize("wrong", [Point, lambda: Point(1, 2, "", 4), lambda: Point(1, x=1), lambda: Point(1, z=1), lambda: replace(Point(1), z=1), Pair])
@pytest.mark.parametrize("often", [False, True])
def test_what_does_not_fit_is_refused(wrong, often):
    if often:
        assert [(Point(number), Pair(number)) for number in range(100)]

    with pytest.raises(TypeError):
        wrong()


def test_a_field_is_never_set_and_one_is_replaced():
    with pytest.raises(AttributeError):
        Point(1).x = 2

    assert replace(Point(1), y=5) == Point(1, 5)
    assert (copy.deepcopy(Point(1)), copy.copy(Pair(1))) == (Point(1), Pair(1))


def test_a_named_tuple_is_a_tuple_with_names():
    one = Pair(1)
    first, second = one

    assert (first, second) == one == (1, "b") == Pair._make([1, "b"])
    assert (one._replace(second="c"), one._asdict(), one._fields, one.both) == (Pair(1, "c"), {"first": 1, "second": "b"}, ("first", "second"), "1b")
    assert repr(one) == "Pair(first=1, second='b')"


def test_made_often_it_is_made_alike():
    assert [Pair(number, second="c") for number in range(200)] == [(number, "c") for number in range(200)]
    assert {Point(1, note=str(number)) for number in range(200)} == {Point(1)}
