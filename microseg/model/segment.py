"""A segment: a group in the tree from head to longtail, with what hurts it, what would help, and what everyone owes it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar

from microseg.model.evidence import Evidence
from microseg.model.fields import (
    BooleanKind,
    ChoiceKind,
    CriteriaKind,
    DateKind,
    ListKind,
    NestedKind,
    NumberKind,
    QuantityKind,
    RecordKind,
    RefKind,
    ScoreKind,
    SlugKind,
    TextKind,
    key,
)
from microseg.model.measured import Fact, Observed, Size
from microseg.model.metric import Metric
from microseg.model.places import NOWHERE, At
from microseg.model.scores import Kano
from microseg.record import aside, record

if TYPE_CHECKING:
    from microseg.criteria.ast import Criterion
    from microseg.model.reference import Reference

LEVELS = ("head", "midtail", "longtail")
LEVEL_CAPTIONS = {"head": "what everyone wants", "midtail": "what a subset wants", "longtail": "what that subset wants"}
PROOF = ListKind(RefKind(("evidence",), texts=True, inline=Evidence), single=True)
TEXTS = ListKind(TextKind())


@record
class PainPoint:
    """What hurts the members of a segment, as somebody could watch it."""

    SHORT: ClassVar[str] = "statement"
    id: str | None = key(SlugKind("pain"), "How solutions and goals refer to it; only needed then.")
    statement: str | None = key(TextKind(judged=True), "What happens, to whom, and what it costs.", required=True, tier="seven")
    quote: str | None = key(TextKind(), "Their own words, beside the team's.")
    importance: str | None = key(ScoreKind(), "How much it matters to them: 0-10, or low, medium, high.")
    satisfaction: str | None = key(ScoreKind(), "How well what they use today serves them: 0-10, or low, medium, high.")
    scored_by: str | None = key(ChoiceKind(("survey", "interviews", "team"), ("members answered a survey", "members said so in interviews", "the team's own guess, shown as one")), "Who gave the scores.")
    n: int | None = key(NumberKind(low=1, whole=True), "How many gave them.")
    about: str | None = key(ChoiceKind(("existing_software", "searching", "workaround"), ("met in the software they use today", "met while looking for software", "met in what they do instead")), "Where the pain is met.")
    felt_by: tuple[Reference, ...] = key(ListKind(RefKind(("segment",)), single=True), "The children that feel it most.")
    evidence: tuple[Reference, ...] = key(PROOF, "What proves it.")
    solved_by: tuple[Reference, ...] = key(ListKind(RefKind(("solution",), texts=True), single=True), "What would solve it: ids, or texts.", tier="seven")
    at: At = aside(NOWHERE)


@record
class SubGroup:
    """Those inside the segment for whom something is meant."""

    SHORT: ClassVar[str] = "text"
    text: str | None = key(TextKind(), "Who they are, in words.", required=True)
    where: Criterion | None = key(CriteriaKind(), "Who they are, exactly.")
    at: At = aside(NOWHERE)


@record
class Step:
    """One step in the life of a solution."""

    date: datetime.date | None = key(DateKind(), "When.", required=True)
    stage: str | None = key(ChoiceKind(("idea", "mvp", "live", "retired"), ("not built yet", "a first version is out", "everybody in the segment has it", "taken away again")), "What it became.")
    note: str | None = key(TextKind(), "Why.")
    at: At = aside(NOWHERE)


@record
class IdealSolution:
    """What would relieve the pain for this segment, and not for everyone."""

    SHORT: ClassVar[str] = "statement"
    id: str | None = key(SlugKind("solution"), "How pains and goals refer to it; only needed then.")
    statement: str | None = key(TextKind(judged=True), "What they could do then.", required=True)
    relieves: tuple[Reference, ...] = key(ListKind(RefKind(("pain",)), single=True), "The pains it relieves; the same link as `solved_by`.")
    serves: tuple[Reference, ...] = key(ListKind(RefKind(("goal",)), single=True), "The goals it serves.")
    evidence: tuple[Reference, ...] = key(PROOF, "What proves that they want it.")
    reach: int | None = key(NumberKind(low=0, whole=True), "RICE: how many it reaches; left out, the measured size.", tier="advanced")
    impact: str | None = key(NumberKind(only=("3", "2", "1", "0.5", "0.25")), "RICE: how much it does for each.", tier="advanced")
    confidence: str | None = key(NumberKind(low=0, high=1), "RICE: how sure you are, 0 to 1.", tier="advanced")
    effort: str | None = key(NumberKind(low=0.5), "RICE: person-months, at least 0.5.", tier="advanced")
    stage: str | None = key(ChoiceKind(("idea", "mvp", "live", "retired"), ("not built yet", "a first version is out", "everybody in the segment has it", "taken away again")), "How far it is.")
    iteration: int | None = key(NumberKind(low=1, whole=True), "Which round of it.", tier="advanced")
    history: tuple[Step, ...] = key(ListKind(RecordKind(Step)), "How it came to be.", tier="advanced")
    for_: SubGroup | None = key(RecordKind(SubGroup), "A sub-group it is meant for.", name="for")
    kano: Kano | None = key(RecordKind(Kano), "Counts of a Kano questionnaire.", tier="advanced")
    at: At = aside(NOWHERE)


@record
class MinimumExpected:
    """Table stakes: needed, never a selling point; named so that they are met and left out of the pitch."""

    SHORT: ClassVar[str] = "statement"
    id: str | None = key(SlugKind("minimum"), "How to refer to it.")
    statement: str | None = key(TextKind(judged=True), "What every product owes.", required=True, tier="seven")
    why: str | None = key(TextKind(), "Why it is no selling point here.")
    importance: str | None = key(ScoreKind(), "How much it matters.")
    satisfaction: str | None = key(ScoreKind(), "How well it is served today.")
    scored_by: str | None = key(ChoiceKind(("survey", "interviews", "team"), ("members answered a survey", "members said so in interviews", "the team's own guess, shown as one")), "Who gave the scores.")
    n: int | None = key(NumberKind(low=1, whole=True), "How many gave them.")
    evidence: tuple[Reference, ...] = key(PROOF, "What proves it.")
    at: At = aside(NOWHERE)


@record
class Bet:
    """What the team stakes on a segment, in a sentence a colleague would repeat."""

    SHORT: ClassVar[str] = "headline"
    headline: str | None = key(TextKind(), "The bet in one sentence.", required=True)
    unlike: str | None = key(TextKind(), "What they would use otherwise.")
    why_now: str | None = key(TextKind(), "What makes this the time.")
    at: At = aside(NOWHERE)


@record
class Goal:
    """What the team wants to change for a segment, and by when."""

    SHORT: ClassVar[str] = "statement"
    id: str | None = key(SlugKind("goal"), "How solutions refer to it.")
    statement: str | None = key(TextKind(), "What is true when it is reached.", required=True)
    because_of: tuple[Reference, ...] = key(ListKind(RefKind(("pain",)), single=True), "The pains or findings behind it.")
    metric: Reference | None = key(RefKind(("metric",), texts=True), "What shows it.")
    direction: str | None = key(ChoiceKind(("up", "down"), ("more is better", "less is better")), "Which way it should go.")
    baseline: str | None = key(QuantityKind(), "Where it stands.")
    target: str | None = key(QuantityKind(), "Where it should be.")
    by: datetime.date | None = key(DateKind(), "By when.")
    owners: tuple[str, ...] = key(TEXTS, "Which teams own it.")
    outcome: str | None = key(TextKind(), "What came of it.")
    at: At = aside(NOWHERE)


@record
class Cause:
    """Why something is so, and how sure the team is."""

    SHORT: ClassVar[str] = "statement"
    statement: str | None = key(TextKind(), "The cause.", required=True)
    confidence: str | None = key(NumberKind(low=0, high=1), "How sure, 0 to 1.")
    at: At = aside(NOWHERE)


@record
class SegmentFinding:
    """What the data or the interviews showed about a segment."""

    SHORT: ClassVar[str] = "statement"
    id: str | None = key(SlugKind("pain"), "How goals refer to it (pains and findings share their ids).")
    statement: str | None = key(TextKind(), "What was found.", required=True)
    observed: Observed | None = key(RecordKind(Observed), "How much of what was looked at showed it.")
    cause: Cause | None = key(RecordKind(Cause), "Why it probably is so.")
    evidence: tuple[Reference, ...] = key(PROOF, "What proves it.")
    leads_to: tuple[Reference, ...] = key(ListKind(RefKind(("experience", "goal", "solution")), single=True), "What the team does about it.")
    at: At = aside(NOWHERE)


@record
class Experience:
    """A targeted product experience, run as an experiment."""

    id: str | None = key(SlugKind("experience"), "How findings refer to it.")
    statement: str | None = key(TextKind(), "What members see or do.")
    kind: str | None = key(ChoiceKind(("engagement", "custom_onboarding", "guide", "workflow", "marketing", "support", "pricing", "research")), "What sort of experience.")
    lever: str | None = key(ChoiceKind(("behaviour", "experience", "sentiment"), ("what members do", "what it is like to use", "how they feel about it")), "What it is to change.")
    for_: SubGroup | None = key(RecordKind(SubGroup), "A sub-group it is meant for.", name="for")
    hypothesis: str | None = key(TextKind(), "What you expect, so that it can fail.")
    metric: Reference | None = key(RefKind(("metric",), texts=True), "What will show it.")
    start: datetime.date | None = key(DateKind(), "First day.")
    end: datetime.date | None = key(DateKind(), "Last day.")
    status: str | None = key(ChoiceKind(("planned", "running", "done", "dropped"), ("not begun", "members see it", "ended, with a result", "ended before it showed anything")), "Where it stands.")
    result: str | None = key(TextKind(), "What came of it.")
    owners: tuple[str, ...] = key(TEXTS, "Which teams run it.")
    holdout: str | None = key(TextKind(), "Who is left without it, to compare: the name of a definition or a segment can be measured.")
    at: At = aside(NOWHERE)


@record
class Assumption:
    """What the team takes for true and has not proved yet."""

    SHORT: ClassVar[str] = "statement"
    statement: str | None = key(TextKind(), "What is assumed.", required=True)
    test: str | None = key(TextKind(), "What would prove it wrong.")
    due: datetime.date | None = key(DateKind(), "By when it is tested.")
    state: str | None = key(ChoiceKind(("untested", "running", "holding", "refuted"), ("nobody has tested it", "the test is on", "the test bears it out", "the test proves it wrong")), "Where the test stands.")
    at: At = aside(NOWHERE)


@record
class Decision:
    """What was decided for a segment, and why."""

    SHORT: ClassVar[str] = "what"
    date: datetime.date | None = key(DateKind(), "When.")
    what: str | None = key(TextKind(), "What was decided.", required=True)
    why: str | None = key(TextKind(), "Why.")
    at: At = aside(NOWHERE)


@record
class Related:
    """A tie to another segment that the tree does not show."""

    SHORT: ClassVar[str] = "segment"
    segment: Reference | None = key(RefKind(("segment",)), "The other segment.", required=True)
    how: str | None = key(ChoiceKind(("overlaps", "part_of", "feeds", "similar", "competes"), ("some members are in both", "all members are in the other too", "members move on to the other", "alike, and apart", "after the same thing")), "What ties them; left out: overlaps.")
    note: str | None = key(TextKind(), "In words.")
    at: At = aside(NOWHERE)


@record
class Segment:
    """One segment as its file says it; `id`, `level` and `parent` are filled in when the tree is built."""

    id: str | None = key(SlugKind("segment"), "The stable name of the page; left out, the file's name or the name as a slug.")
    name: str | None = key(TextKind(judged=True), "What the team calls the group.", required=True, tier="seven")
    level: str | None = key(ChoiceKind(LEVELS, tuple(LEVEL_CAPTIONS.values())), "Left out: a root is head, a leaf is longtail, what lies between is midtail.")
    parent: Reference | None = key(RefKind(("segment",)), "The segment it is a part of; left out for a head and for a nested segment.")
    keyword: str | None = key(TextKind(), "The phrase they would search for; each level narrows it.", tier="seven")
    definition: str | None = key(TextKind(judged=True), "Who is in, in one sentence: 'Those who ...'.", tier="seven")
    who_they_are: tuple[str, ...] = key(TEXTS, "What they bring with them, whatever the product.")
    what_they_do: tuple[str, ...] = key(TEXTS, "How they use the product.")
    why_it_matters: str | None = key(TextKind(), "How what they share changes their use of the product.")
    unit: str | None = key(ChoiceKind(("account", "user"), ("a customer account", "a single person")), "What one member is; inherited.")
    split_by: Reference | None = key(RefKind(("dimension",), texts=True), "What its children differ in.")
    exhaustive: bool | None = key(BooleanKind(), "Do the children claim to cover all of it?")
    focus: str | None = key(ChoiceKind(("now", "later", "never"), ("we go after them", "not yet", "not for us")), "Do we go after them?", tier="seven")
    channels: tuple[str, ...] = key(TEXTS, "How we reach them.")
    use_cases: tuple[str, ...] = key(TEXTS, "What they use it for.")
    value: str | None = key(TextKind(judged=True), "What makes it worth their while.")
    bet: Bet | None = key(RecordKind(Bet), "What we stake on them.")
    criteria: Criterion | None = key(CriteriaKind(), "Who is in, exactly; the parent's criteria hold as well.", tier="advanced")
    pain_points: tuple[PainPoint, ...] = key(ListKind(RecordKind(PainPoint)), "What hurts them.", tier="seven")
    ideal_solutions: tuple[IdealSolution, ...] = key(ListKind(RecordKind(IdealSolution)), "What would help them, and not everyone.")
    minimum_expected: tuple[MinimumExpected, ...] = key(ListKind(RecordKind(MinimumExpected)), "Needed, but no selling point: 'A good UI'.", tier="seven")
    goals: tuple[Goal, ...] = key(ListKind(RecordKind(Goal)), "What we want to change for them.")
    findings: tuple[SegmentFinding, ...] = key(ListKind(RecordKind(SegmentFinding)), "What data or interviews showed.")
    experiences: tuple[Experience, ...] = key(ListKind(RecordKind(Experience)), "Targeted product experiences.")
    assumptions: tuple[Assumption, ...] = key(ListKind(RecordKind(Assumption)), "What is not proved yet.")
    decisions: tuple[Decision, ...] = key(ListKind(RecordKind(Decision)), "What was decided, and why.")
    metrics: tuple[Reference, ...] = key(ListKind(RefKind(("metric",), texts=True, inline=Metric), single=True), "A few: one to five.")
    facts: tuple[Fact, ...] = key(ListKind(RecordKind(Fact)), "Numbers that are known without measuring here.")
    related: tuple[Related, ...] = key(ListKind(RecordKind(Related)), "Ties that the tree does not show.")
    not_for: tuple[str, ...] = key(TEXTS, "What we do not chase.")
    size: Size | None = key(RecordKind(Size), "How many there are.")
    owner: str | None = key(TextKind(), "Which team answers for it; inherited.", tier="seven")
    reviewed: datetime.date | None = key(DateKind(), "When it was last read through.")
    status: str | None = key(ChoiceKind(("draft", "active", "retired"), ("still being thought through: what is missing is a to-do", "the team stands by it", "no longer planned for")), "A draft is not nagged; left out: draft.")
    replaced_by: Reference | None = key(RefKind(("segment",)), "What a retired segment gave way to.")
    tags: tuple[str, ...] = key(TEXTS, "Words to filter by.")
    notes: str | None = key(TextKind(), "Free Markdown.")
    segments: tuple[Segment, ...] = key(ListKind(NestedKind()), "Nested children, to any depth.")
    at: At = aside(NOWHERE)
