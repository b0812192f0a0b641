"""A pattern either ends in time on whatever text it meets, or is refused."""

import pytest

from microseg.criteria.patterns import is_pattern, is_slow


@pytest.mark.parametrize("text", ["(a+)+$", "(a|aa)+$", "(.*)*x", "([a-z]+)*1", "(a?){40}a{40}", r"(\w+\s?)*$", ".*.*.*.*.*=x", "(?:a|b|ab)*c", "(x{1,1000}){1,1000}", "(?:(?=a+)b)*", "()(?(1)a+|b)*"])
def test_what_could_take_years_is_slow(text):
    assert (is_pattern(text), is_slow(text)) == (True, True)


@pytest.mark.parametrize("text", ["^b[a-z]+$", "l+d", "(?i)x", r"^\d{4}-\d{2}$", r"^(www\.)?[a-z.]+$", "(?:[0-9]{3}-)+[0-9]", r".*@.*\.edu$", "^(gmail|yahoo)", "(?P<a>x)(?P=a)(?=y)(?<!z)", "(ab){2,9}"])
def test_what_people_write_is_not(text):
    assert (is_pattern(text), is_slow(text)) == (True, False)


@pytest.mark.parametrize("text", ["(a+)+(", "[", "a{999999999999}", "x" * 201])
def test_what_is_no_pattern(text):
    assert not is_pattern(text)
