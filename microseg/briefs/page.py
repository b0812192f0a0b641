"""What a brief shows, as plain data: every decision is taken before a template sees it, so templates only arrange.

This is the data model that a team's own templates are written against. All texts are as they were typed, unescaped;
what is missing is an empty text, an empty tuple or None. A field that goes away raises VERSION, a new one does not.
"""

from __future__ import annotations

from microseg.record import record

VERSION = 1


@record
class Link:
    """Another segment: the name to show and the id that its page is called by."""

    id: str
    name: str


@record
class Solution:
    """What would fix a pain. `stage` and `meant_for` are words; `origin` is the segment it comes from, if another one."""

    anchor: str
    statement: str
    stage: str = ""
    meant_for: str = ""
    origin: Link | None = None


@record
class Spot:
    """A place on the opportunity map, both from 0 to 10. `is_guess`: the team guessed, or said it in words."""

    importance: float
    satisfaction: float
    is_guess: bool


@record
class Pain:
    """What hurts, with its proof and its cure.

    `importance` and `satisfaction` are a number with at most one decimal, a word (low, medium, high) or empty.
    `score` is 0 to 20 with at most one decimal, or empty where there is none; `scored` says who gave the scores.
    """

    anchor: str
    number: int
    statement: str
    quote: str
    evidence: str
    importance: str
    satisfaction: str
    score: str
    scored: str
    is_guess: bool
    about: str
    solutions: tuple[Solution, ...]
    felt_by: tuple[Link, ...]
    origin: Link | None
    spot: Spot | None


@record
class Minimum:
    """What every product owes them; `letter` names it on the map."""

    anchor: str
    letter: str
    statement: str
    why: str
    origin: Link | None
    spot: Spot | None


@record
class Bet:
    """What we stake on them. `targeting` is the sentence "We're targeting … with …"; `is_written` is False for a made-up headline."""

    headline: str
    is_written: bool
    unlike: str
    why_now: str
    value: str
    targeting: str


@record
class Fact:
    """One number, beside the same number for the parent or for everyone; `note` is its source, date and n."""

    label: str
    value: str
    beside: str
    note: str


@record
class Figure:
    """One measured metric: here, in the segment above, and in the run before, as words; `span` is its 95 % interval, `note` says why there is no value."""

    label: str
    value: str
    beside: str
    before: str
    people: str
    span: str
    note: str


@record
class Numbers:
    """What was measured, and when. `size` and `maybe` are sentences; `stale` says that the criteria have changed since.

    `parent` and `previous` head the columns of the figures; they are empty where there is nothing to compare with.
    """

    day: str
    size: str
    maybe: str
    stale: str
    parent: str
    previous: str
    figures: tuple[Figure, ...]
    coverage: str
    overlaps: tuple[Tie, ...]
    source: str


@record
class Node:
    """One segment in the picture of the tree.

    `share` is words such as "26%", empty where unknown; `weight` is the number behind it. `more` counts the
    children that are left out of the picture.
    """

    link: Link
    share: str
    weight: float | None
    is_here: bool
    is_on_path: bool
    children: tuple[Node, ...] = ()
    more: int = 0


@record
class Tie:
    """A tie to another segment that the tree does not show: "overlaps with", the segment, a note."""

    how: str
    link: Link
    note: str


@record
class Place:
    """Where the segment sits: the tree around it, and what its shares are shares of."""

    tree: Node
    denominator: str
    split_by: str
    ties: tuple[Tie, ...]


@record
class People:
    """Who is in: what they bring with them, what they do, and why that matters."""

    who: tuple[str, ...]
    does: tuple[str, ...]
    why: str
    use_cases: tuple[str, ...]
    channels: tuple[str, ...]
    keyword: str


@record
class Target:
    """A metric from its baseline to its target, as words; the numbers behind them are None where there are none."""

    metric: str
    baseline: str
    target: str
    start: float | None
    end: float | None


@record
class Card:
    """One child, a micro-segment of its own, in a few lines."""

    anchor: str
    link: Link
    size: str
    focus: str
    definition: str
    who: tuple[str, ...]
    does: tuple[str, ...]
    quote: str
    pain: str
    bet: str
    target: Target | None


@record
class Finding:
    """What the data showed; `observed` and `cause` are words."""

    anchor: str
    statement: str
    observed: str
    cause: str
    evidence: str


@record
class Goal:
    """What we want to change."""

    anchor: str
    statement: str
    because: tuple[str, ...]
    target: Target | None
    by: str
    owners: str
    outcome: str
    is_overdue: bool


@record
class Experience:
    """A targeted experience, run as an experiment. `state` is one of planned, running, done, dropped or empty."""

    anchor: str
    kind: str
    lever: str
    meant_for: str
    hypothesis: str
    metric: str
    when: str
    state: str
    owners: str
    result: str


@record
class Assumption:
    """What is not proved yet. `state` is one of untested, running, holding, refuted."""

    statement: str
    test: str
    due: str
    state: str
    is_overdue: bool


@record
class Decision:
    """What was decided, and why."""

    date: str
    what: str
    why: str


@record
class Family:
    """A family of dimensions that the criteria ask about, with those used."""

    name: str
    dimensions: tuple[str, ...]


@record
class Rules:
    """Who is in, exactly: each demand in words, those of the segments above named with where they come from."""

    built_using: tuple[Family, ...]
    lines: tuple[str, ...]
    inherited: tuple[tuple[Link, tuple[str, ...]], ...]


@record
class Source:
    """Where something shown comes from: a title, who was heard, when, and a link that is safe to follow."""

    title: str
    who: str
    date: str
    by: str
    link: str


@record
class Span:
    """A piece of a line: `mark` is strong, em, code or empty; `link` is safe to follow, or empty."""

    text: str
    mark: str = ""
    link: str = ""


@record
class Note:
    """A block of the notes: heading, text, bullets, numbers or fenced; one line, or one an item."""

    kind: str
    lines: tuple[tuple[Span, ...], ...]


@record
class Gaps:
    """What a brief should say and this one does not yet, in plain words; empty where nothing is missing."""

    definition: str = ""
    bet: str = ""
    pains: str = ""
    solutions: str = ""
    minimum: str = ""


@record
class Provenance:
    """The file the brief comes from, eight digits that change with the sources shown, and the git revision where it was asked for."""

    path: str
    digest: str
    revision: str = ""


@record
class Brief:
    """A whole brief. `blocks` are the names of the blocks to show, in order; those that are empty are left out of it."""

    id: str
    name: str
    blocks: tuple[str, ...]
    path: tuple[Link, ...]
    level: str
    caption: str
    status: str
    replaced_by: Link | None
    owner: str
    reviewed: str
    focus: str
    audience: str
    product: str
    category: str
    definition: str
    bet: Bet
    top: Pain | None
    not_chasing: tuple[str, ...]
    facts: tuple[Fact, ...]
    place: Place
    people: People
    pains: tuple[Pain, ...]
    more_pains: tuple[Pain, ...]
    other_solutions: tuple[Solution, ...]
    has_scores: bool
    has_map: bool
    minimum: tuple[Minimum, ...]
    category_minimum: tuple[str, ...]
    cards: tuple[Card, ...]
    more_children: tuple[Link, ...]
    findings: tuple[Finding, ...]
    goals: tuple[Goal, ...]
    experiences: tuple[Experience, ...]
    metrics: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    decisions: tuple[Decision, ...]
    rules: Rules
    sources: tuple[Source, ...]
    gaps: Gaps
    provenance: Provenance
    tags: tuple[str, ...] = ()
    numbers: Numbers | None = None
    notes: tuple[Note, ...] = ()
