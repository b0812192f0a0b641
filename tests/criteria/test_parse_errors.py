"""Every mistake is a finding at exact characters, in words that say what to do."""

import pytest

from microseg.criteria.dimensions import Dimensions
from microseg.criteria.parse import parse_criteria
from microseg.source.edits import apply
from microseg.source.nodes import read_document

# the text; code, characters pointed at, message, help of each problem
CASES = [
    (
        "plan.stat: free",
        [
            (
                "MS601",
                "plan.stat",
                'there is no dimension "plan.stat"',
                "did you mean `plan.state`?",
            ),
        ],
    ),
    (
        "annny: [{use: a}]",
        [
            (
                "MS601",
                "annny",
                'there is no dimension "annny"',
                "see the list of dimensions in the format's documentation, or add your own under `dimensions:` in microseg.yaml",
            ),
        ],
    ),
    (
        "headcount: 50",
        [
            (
                "MS601",
                "headcount",
                'there is no dimension "headcount"',
                "did you mean `firmo.headcount`?",
            ),
        ],
    ),
    (
        "qqqqqq: 1",
        [
            (
                "MS601",
                "qqqqqq",
                'there is no dimension "qqqqqq"',
                "see the list of dimensions in the format's documentation, or add your own under `dimensions:` in microseg.yaml",
            ),
        ],
    ),
    (
        "at_least: 3",
        [
            (
                "MS601",
                "at_least",
                'there is no dimension "at_least"',
                "`at_least` stands inside `users:`",
            ),
        ],
    ),
    (
        "firmo.headcount: {contains: 5}",
        [
            (
                "MS601",
                "contains",
                "`contains` does not fit firmo.headcount, which is a number",
                "firmo.headcount takes: eq, ne, in, not_in, is_set, lt, lte, gt, gte, between",
            ),
        ],
    ),
    (
        "firmo.headcount: {gtee: 5}",
        [
            (
                "MS601",
                "gtee",
                '"gtee" is not an operator',
                "did you mean `gte`? firmo.headcount takes: eq, ne, in, not_in, is_set, lt, lte, gt, gte, between",
            ),
        ],
    ),
    (
        "plan.tier: {lt: a}",
        [
            (
                "MS601",
                "lt",
                "`lt` does not fit plan.tier, which is a text",
                "plan.tier takes: eq, ne, in, not_in, is_set, contains, starts_with, ends_with, matches",
            ),
        ],
    ),
    (
        "plan.tier: {eq: a, last: 30d}",
        [
            (
                "MS601",
                "last",
                "plan.tier (plan tier) takes no `last`: it is known as of today, not counted over a time",
                "leave `last` out",
            ),
        ],
    ),
    (
        "plan.state: {eq: free, last: 30d}",
        [
            (
                "MS601",
                "last",
                "plan.state (plan) takes no `last`: it is known as of today, not counted over a time",
                "leave `last` out; a window goes with `changed_to`",
            ),
        ],
    ),
    (
        "plan.tier: {eq: a, event: x}",
        [
            (
                "MS601",
                "event",
                "`event` does not belong to plan.tier (plan tier)",
                "leave it out; known here: eq, ne, in, not_in, is_set, contains, starts_with, ends_with, matches, missing",
            ),
        ],
    ),
    (
        "sent.nps_score: {gte: 9, last: 90d, min_n: 5}",
        [
            (
                "MS601",
                "min_n",
                "`min_n` does not belong to sent.nps_score (NPS answer)",
                "leave it out; known here: eq, ne, in, not_in, is_set, lt, lte, gt, gte, between, last, from, to, ever, missing",
            ),
        ],
    ),
    (
        "use.visits: 3",
        [
            (
                "MS602",
                "use.visits",
                "use.visits (visits) is a behaviour, so it needs a window: over which time?",
                "write it with a window: {gte: 3, last: 30d}",
            ),
        ],
    ),
    (
        "use.visits: {gte: 3}",
        [
            (
                "MS602",
                "use.visits",
                "use.visits (visits) is a behaviour, so it needs a window: over which time?",
                "say when: `last: 30d`, `from: 2026-01-01` with `to:`, or `ever: true`",
            ),
        ],
    ),
    (
        "plan.state: {changed_to: paid}",
        [
            (
                "MS602",
                "plan.state",
                "`changed_to` on plan.state needs a window: changed over which time?",
                "say when: `last: 30d`, `from: 2026-01-01` with `to:`, or `ever: true`",
            ),
        ],
    ),
    (
        "firmo.headcount: many",
        [
            (
                "MS004",
                "many",
                'firmo.headcount is a number, and "many" is not one',
                "write digits, with a point before decimals: 100, 0.5",
            ),
        ],
    ),
    (
        "firmo.headcount: 1_000",
        [
            (
                "MS004",
                "1_000",
                'firmo.headcount is a number, and "1_000" is not one',
                "digits are written without grouping: 1000",
            ),
        ],
    ),
    (
        "firmo.headcount: 1,000",
        [
            (
                "MS004",
                "1,000",
                'firmo.headcount is a number, and "1,000" is not one',
                "write digits without commas, and a decimal point: 1000, 0.5",
            ),
        ],
    ),
    (
        "firmo.headcount: '>= 50'",
        [
            (
                "MS004",
                "'>= 50'",
                'firmo.headcount is a number, and ">= 50" is not one',
                "write {gte: 50}",
            ),
        ],
    ),
    (
        "firmo.headcount: 50+",
        [
            (
                "MS004",
                "50+",
                'firmo.headcount is a number, and "50+" is not one',
                "write {gte: 50}",
            ),
        ],
    ),
    (
        "firmo.headcount: 100-199",
        [
            (
                "MS004",
                "100-199",
                'firmo.headcount is a number, and "100-199" is not one',
                "write {between: [100, 199]}",
            ),
        ],
    ),
    (
        "firmo.headcount: {gte: 50%}",
        [
            (
                "MS004",
                "50%",
                'firmo.headcount is a number, and "50%" is not one',
                "write a plain number, without %: a share of 50 % is 0.5",
            ),
        ],
    ),
    (
        "firmo.headcount: {gte: [1, 2]}",
        [
            (
                "MS004",
                "[1, 2]",
                "`gte` takes one value, and this is a list",
                "write one value",
            ),
        ],
    ),
    (
        "firmo.headcount: {eq: [1, 2]}",
        [
            (
                "MS004",
                "[1, 2]",
                "`eq` takes one value, and this is a list",
                "for any of several values, write `in: […]`",
            ),
        ],
    ),
    (
        "firmo.headcount: {gte: {a: 1}}",
        [
            (
                "MS004",
                "{a: 1}",
                "firmo.headcount is compared with a number, and this is a group of keys",
                "write one value here",
            ),
        ],
    ),
    (
        "firmo.headcount:",
        [
            (
                "MS004",
                "",
                "firmo.headcount is compared with a number, and this is nothing",
                "write `{is_set: false}` for members without a value",
            ),
        ],
    ),
    (
        "firmo.headcount: -1",
        [
            (
                "MS006",
                "-1",
                'firmo.headcount is at least 0, and "-1" is outside',
                "write a number: at least 0",
            ),
        ],
    ),
    (
        "sent.nps: {lt: 101, last: 30d}",
        [
            (
                "MS006",
                "101",
                'sent.nps is from -100 to 100, and "101" is outside',
                "write a number: from -100 to 100",
            ),
        ],
    ),
    (
        "firmo.headcount: {between: [5, 1]}",
        [
            (
                "MS006",
                "[5, 1]",
                "`between` has its higher value first, so nobody can match",
                "write [lowest, highest]",
            ),
        ],
    ),
    (
        "firmo.headcount: {between: 5}",
        [
            (
                "MS004",
                "5",
                "`between` takes a list of two values, and this is a single value",
                "write [lowest, highest]; both ends are included",
            ),
        ],
    ),
    (
        "firmo.headcount: {missing: exclude}",
        [
            (
                "MS005",
                "firmo.headcount",
                "firmo.headcount stands here without a comparison",
                "add an operator: eq, ne, in, not_in, is_set, lt, lte, gt, gte, between",
            ),
        ],
    ),
    (
        "firmo.headcount: {gte: 5, missing: skip}",
        [
            (
                "MS006",
                "skip",
                'missing is one of exclude, include, and this is "skip"',
                "write one of: exclude, include",
            ),
        ],
    ),
    (
        "plan.state: Paid",
        [
            (
                "MS006",
                "Paid",
                'plan.state has no value "Paid"',
                "did you mean `paid`? its values are: free, trial, paid, lapsed",
            ),
        ],
    ),
    (
        "plan.state: {is_set: yes}",
        [
            (
                "MS004",
                "yes",
                'is_set is `true` or `false`, and this is "yes"',
                "write `true`",
            ),
        ],
    ),
    (
        "plan.tier: ''",
        [
            (
                "MS006",
                "''",
                "plan.tier is compared with an empty text",
                "write `{is_set: false}` for members without a value",
            ),
        ],
    ),
    (
        "plan.tier: []",
        [
            (
                "MS006",
                "[]",
                "plan.tier has an empty list of values, which nobody can match",
                "name at least one value",
            ),
        ],
    ),
    (
        "plan.tier: {in: gold}",
        [
            (
                "MS004",
                "gold",
                "`in` takes a list, and this is a single value",
                "write [gold]",
            ),
        ],
    ),
    (
        "plan.tier: {matches: '('}",
        [
            (
                "MS006",
                "'('",
                '"(" is not a pattern',
                "a pattern is a regular expression of at most 200 characters; for a plain piece of text use `contains`",
            ),
        ],
    ),
    (
        "acct.age: {lt: 1 year}",
        [
            (
                "MS006",
                "1 year",
                'acct.age is a duration, and "1 year" is not one',
                "write a number and a unit without a space: 30d, 12w, 6mo, 1y or 4h (at most 100y)",
            ),
        ],
    ),
    (
        "acct.since: {gt: 2026-02-30}",
        [
            (
                "MS006",
                "2026-02-30",
                'acct.since is a date, and "2026-02-30" is not a day of the calendar',
                "write a day as YYYY-MM-DD: 2026-06-30",
            ),
        ],
    ),
    (
        "acct.joined_version: {v_lt: 2.0-beta}",
        [
            (
                "MS006",
                "2.0-beta",
                'acct.joined_version is a version, and "2.0-beta" is not one',
                "write numbers with points: 3, 3.1 or 3.10.2; or `current` for the current major version",
            ),
        ],
    ),
    (
        "use.visits: {gte: 1, last: 0d}",
        [
            (
                "MS006",
                "0d",
                'last is a duration, and "0d" is none',
                "write a number and a unit without a space: 30d, 12w, 6mo, 1y or 4h (at most 100y)",
            ),
        ],
    ),
    (
        "use.visits: {gte: 1, last: 30}",
        [
            (
                "MS006",
                "30",
                'last is a duration, and "30" is none',
                "write a number and a unit without a space: 30d, 12w, 6mo, 1y or 4h (at most 100y)",
            ),
        ],
    ),
    (
        "use.visits: {gte: 1, last: 30d, ever: true}",
        [
            (
                "MS006",
                "ever",
                "two windows at once: `last` and `ever`",
                "keep one of them",
            ),
        ],
    ),
    (
        "use.visits: {gte: 1, ever: false}",
        [
            (
                "MS006",
                "false",
                "ever: false says nothing",
                "write `ever: true`, or leave the key out",
            ),
        ],
    ),
    (
        "use.visits: {gte: 1, from: 2026-02-01, to: 2026-01-01}",
        [
            (
                "MS006",
                "2026-01-01",
                "the window ends before it begins",
                "let `to` be the later day",
            ),
        ],
    ),
    (
        "use.visits: {gte: 1, from: soon}",
        [
            (
                "MS006",
                "soon",
                '`from` is a date, and "soon" is not a day of the calendar',
                "write a day as YYYY-MM-DD: 2026-06-30",
            ),
        ],
    ),
    (
        "use.visits: {gte: 1, in_each: 7d}",
        [
            (
                "MS005",
                "in_each",
                "`at_least` and `of` are missing beside `in_each`",
                "write all three: in_each: 7d, at_least: 3, of: 4",
            ),
        ],
    ),
    (
        "use.visits: {gte: 1, in_each: 7d, at_least: 5, of: 4}",
        [
            (
                "MS006",
                "5",
                "at least 5 of 4 periods is more than there are",
                "let `of` be the larger number",
            ),
        ],
    ),
    (
        "use.visits: {gte: 1, in_each: 7d, at_least: 1, of: 4, last: 30d}",
        [
            (
                "MS006",
                "last",
                "two windows at once: `last` and `in_each`",
                "keep one of them",
            ),
        ],
    ),
    (
        "use.visits: {gte: 1, in_each: 4h, at_least: 1, of: 4}",
        [
            (
                "MS006",
                "4h",
                "a period of `in_each` is whole days",
                "write days or longer: 1d, 7d, 1mo",
            ),
        ],
    ),
    (
        "use.visits: {gte: 1, lte: 3, in_each: 7d, at_least: 1, of: 4}",
        [
            (
                "MS006",
                "gte",
                "`in_each` goes with one operator",
                "write `between: [low, high]` for a range",
            ),
        ],
    ),
    (
        "feature.minutes: {gte: 1, last: 7d}",
        [
            (
                "MS005",
                "feature.minutes",
                "feature.minutes needs `feature:`",
                "add `feature:` with its name",
            ),
        ],
    ),
    (
        "sent.nps: {lt: 0, last: 90d, min_n: 0.5}",
        [
            (
                "MS006",
                "0.5",
                'min_n is at least 1, and this is "0.5"',
                "write a number: at least 1",
            ),
        ],
    ),
    (
        "any: {tech.crm: a}",
        [
            (
                "MS004",
                "{tech.crm: a}",
                "`any` takes a list of criteria, and this is a group of keys",
                "put each criterion on a line of its own under `any:`, with `- ` in front",
            ),
        ],
    ),
    (
        "any: []",
        [
            (
                "MS006",
                "[]",
                "`any` has an empty list",
                "name at least one criterion, or take it out",
            ),
        ],
    ),
    (
        "any: [a]",
        [
            (
                "MS004",
                "a",
                "criteria are dimensions with values, and this is a single value",
                "write dimensions with values, for example `plan.state: free`",
            ),
        ],
    ),
    (
        "all: [headcount >= 10, plan.state = free, shoe_size < 40]",
        [
            ("MS004", "headcount >= 10", "criteria are dimensions with values, and this is a single value", "write it as `firmo.headcount: {gte: 10}`"),
            ("MS004", "plan.state = free", "criteria are dimensions with values, and this is a single value", "write it as `plan.state: free`"),
            (
                "MS004",
                "shoe_size < 40",
                "criteria are dimensions with values, and this is a single value",
                "write it as `shoe_size: {lt: 40}`, with a dimension that there is, or declare `shoe_size` under `dimensions:` in microseg.yaml",
            ),
        ],
    ),
    (
        "not: [{use: a}]",
        [
            (
                "MS004",
                "[{use: a}]",
                "`not` takes one criterion, and this is a list",
                "write `none:` for a list of which nothing may hold",
            ),
        ],
    ),
    (
        "not: {}",
        [
            (
                "MS006",
                "{}",
                "empty criteria say nothing",
                "name a dimension, for example `plan.state: free`, or take this part out",
            ),
        ],
    ),
    (
        "use: {a: b}",
        [
            (
                "MS004",
                "{a: b}",
                "`use` is one text, and this is a group of keys",
                "write one text",
            ),
        ],
    ),
    (
        "use: []",
        [
            (
                "MS006",
                "[]",
                "`use` has an empty list",
                "name a definition, for example `use: power-user`",
            ),
        ],
    ),
    (
        "segment: higher-ed",
        [
            (
                "MS004",
                "higher-ed",
                "`segment` takes `is:` or `is_not:`, and this is a single value",
                "write {is: higher-ed}",
            ),
        ],
    ),
    (
        "segment: {iss: a}",
        [
            (
                "MS003",
                "iss",
                '`segment` has no key "iss"',
                "did you mean `is`? known keys: is, is_not",
            ),
        ],
    ),
    (
        "segment: {}",
        [
            (
                "MS005",
                "segment",
                "`segment` names no segment",
                "write {is: other-segment} or {is_not: other-segment}",
            ),
        ],
    ),
    (
        "users: 10",
        [
            (
                "MS004",
                "10",
                "`users` takes `where:` and a count, and this is a single value",
                "write {where: …, at_least: 10}; several `users` go under `all:`",
            ),
        ],
    ),
    (
        "users: {where: {use: a}}",
        [
            (
                "MS005",
                "users",
                "`users` does not say how many",
                "say how many: `at_least: 10`, `at_most: 3`, `share: {gte: 0.5}`, `every: true` or `none: true`",
            ),
        ],
    ),
    (
        "users: {share: {gte: 0.5}}",
        [
            (
                "MS005",
                "users",
                "`users` does not say which ones: `where:` is missing",
                "add `where:` with criteria",
            ),
        ],
    ),
    (
        "users: {where: {use: a}, at_leest: 10}",
        [
            (
                "MS003",
                "at_leest",
                '`users` has no key "at_leest"',
                "did you mean `at_least`? known keys: where, at_least, at_most, share, every, none, below_share_of, above_share_of",
            ),
        ],
    ),
    (
        "users: {where: {use: a}, share: 0.5}",
        [
            (
                "MS004",
                "0.5",
                '`share` takes an operator and a number, and this is "0.5"',
                "write a bound: share: {gte: 0.5}; or name what it is a share of: below_share_of: firmo.headcount",
            ),
        ],
    ),
    (
        "users: {where: {use: a}, share: {gte: 2}}",
        [
            (
                "MS006",
                "2",
                'gte is from 0 to 1, and this is "2"',
                "write a number: from 0 to 1",
            ),
        ],
    ),
    (
        "users: {where: {use: a}, share: {}}",
        [
            (
                "MS005",
                "{}",
                "`share` has no operator",
                "write {gte: 0.5}",
            ),
        ],
    ),
    (
        "users: {where: {use: a}, at_least: 1.5}",
        [
            (
                "MS006",
                "1.5",
                'at_least is a whole number, and this is "1.5"',
                "write a number without a decimal part",
            ),
        ],
    ),
    (
        "users: {where: {use: a}, at_least: 5, at_most: 4}",
        [
            (
                "MS006",
                "4",
                "at least 5 and at most 4 cannot both hold",
                "let `at_most` be the larger number",
            ),
        ],
    ),
    (
        "users: {where: {use: a}, every: true, none: true}",
        [
            (
                "MS006",
                "none",
                "`every` and `none` cannot both hold",
                "keep one of them",
            ),
        ],
    ),
    (
        "users: {where: {use: a}, below_share_of: firmo.headcount}",
        [
            (
                "MS005",
                "below_share_of",
                "`below_share_of` needs `share:`, the fraction it is compared with",
                "add `share: 0.02` (2 %)",
            ),
        ],
    ),
    (
        "users: {where: {use: a}, below_share_of: firmo.head, share: 0.1}",
        [
            (
                "MS601",
                "firmo.head",
                'there is no dimension "firmo.head"',
                "did you mean `firmo.headcount`?",
            ),
        ],
    ),
    (
        "users: {where: {use: a}, below_share_of: firmo.industry, share: 0.1}",
        [
            (
                "MS601",
                "firmo.industry",
                "firmo.industry (industry) is not a plain number to take a share of",
                "name a number of the account, such as firmo.headcount",
            ),
        ],
    ),
    (
        "trend: static",
        [
            (
                "MS004",
                "static",
                "`trend` takes `of:`, `over:` and an operator, and this is a single value",
                "write {of: acct.active_users, over: 90d, gt: 0.05}; several trends go under `all:`",
            ),
        ],
    ),
    (
        "trend: {of: acct.active_users}",
        [
            (
                "MS005",
                "trend",
                "`trend` needs `over:`",
                "add `over: 90d`",
            ),
            (
                "MS005",
                "trend",
                "`trend` does not say how much",
                "add an operator: `gt: 0.05` (more than 5 % up), `between: [-0.05, 0.05]` (static)",
            ),
        ],
    ),
    (
        "trend: {of: plan.mrr, over: 90d, gt: 0}",
        [
            (
                "MS601",
                "plan.mrr",
                "plan.mrr (revenue from them) is an amount of money without a history, so it has no trend",
                "name a behaviour that is counted over time, such as acct.active_users",
            ),
        ],
    ),
    (
        "trend: {of: use.minutes, over: 90d, gt: -2}",
        [
            (
                "MS006",
                "-2",
                'gt is at least -1, and this is "-2"',
                "write a number: at least -1",
            ),
        ],
    ),
    (
        "trend: {of: use.minutes, over: 90d, gt: 0, event: x}",
        [
            (
                "MS601",
                "event",
                "`event` does not belong to use.minutes (minutes in the product)",
                "leave `event` out",
            ),
        ],
    ),
    (
        "<<: {plan.state: free}",
        [
            (
                "MS006",
                "<<",
                "merge keys (`<<`) are not part of the format",
                "write the keys out here",
            ),
        ],
    ),
    (
        "? [a]\n: b",
        [
            (
                "MS004",
                "[a]",
                "a key must be a plain word, and this is a list",
                "write `key: value`",
            ),
        ],
    ),
    (
        "- plan.state: free",
        [
            (
                "MS004",
                "- plan.state: free",
                "criteria are dimensions with values, and this is a list",
                "write one `- ` in front of each under `all:` or `any:`",
            ),
        ],
    ),
]
MENDS = [
    ("firmo.headcount: 1_000", "firmo.headcount: 1000"),
    ("firmo.headcount: '>= 50'", "firmo.headcount: {gte: 50}"),
    ("firmo.headcount: 50+", "firmo.headcount: {gte: 50}"),
    ("firmo.headcount: 100-199", "firmo.headcount: {between: [100, 199]}"),
    ("plan.state: Paid", "plan.state: paid"),
    ("plan.state: {is_set: yes}", "plan.state: {is_set: true}"),
    ("plan.tier: {in: gold}", "plan.tier: {in: [gold]}"),
    ("segment: higher-ed", "segment: {is: higher-ed}"),
    ("segment: {iss: a}", "segment: {is: a}"),
    ("users: {where: {use: a}, at_leest: 10}", "users: {where: {use: a}, at_least: 10}"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_problems(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    root = read_document(text).root
    assert root is not None
    parsed = parse_criteria(root, Dimensions())

    assert [(found.code, text[found.start : found.end], found.message, found.help) for found in parsed.problems] == expected
    assert parsed.criterion is None


@pytest.mark.parametrize(("text", "mended"), MENDS)
def test_mends(text: str, mended: str) -> None:
    root = read_document(text).root
    assert root is not None
    edits = [edit for found in parse_criteria(root, Dimensions()).problems for edit in found.edits]

    assert apply(text, edits) == mended
    mended_root = read_document(mended).root
    assert mended_root is not None
    assert parse_criteria(mended_root, Dimensions()).problems == ()


def test_names_inside_broken_criteria_still_count_as_used() -> None:
    root = read_document("anyy: [{use: a}]\nnot: [{use: b}]\nall: {use: c}\n").root
    assert root is not None
    parsed = parse_criteria(root, Dimensions())

    assert [found.name for found in parsed.references] == ["a", "b", "c"]
    assert len(parsed.problems) == 3


def test_what_an_alias_repeats_is_told_once() -> None:
    root = read_document("all:\n  - &x {plan.stat: free}\n  - *x\n").root
    assert root is not None

    assert len(parse_criteria(root, Dimensions()).problems) == 1
