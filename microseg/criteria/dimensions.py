"""What a criterion may ask about: the built-in dimensions as one table, and a workspace's own beside them."""

from collections.abc import Iterable
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from microseg.record import NamedTuple
from microseg.source.nearest import nearest

Type = Literal["text", "enum", "ordinal", "number", "money", "duration", "date", "version", "set", "state", "boolean"]
Of = Literal["user", "account", "either"]
Windowed = Literal["always", "never", "optional"]
Side = Literal["who", "do"]


class Category(NamedTuple):
    """A family of dimensions: its id, whether it says who they are or what they do, and its name in a brief."""

    id: str
    side: Side
    words: str


class Dimension(NamedTuple):
    """One thing that can be known about a user or an account.

    `windowed`: a behaviour is asked over a window (always), may be (optional), or a trait never is. `unit`: the word
    behind a number ("days", "a month"; "share" and "percent" are printed as %). `values`: the closed list of an enum,
    ordinal (in order) or state. `low`, `high`: the valid range, both ends included. `extras`: the keys a test may
    carry beside operators, window and `missing`; `required` those it must. `sums_up`: in a segment of accounts the
    value of its users is summed or united, so the test may stand outside `users:`. `counted`: how many, not how much
    ("at least 12 active days", not "active days of 12 and more").
    """

    id: str
    type: Type
    category: str
    of: Of
    words: str
    windowed: Windowed = "never"
    unit: str = ""
    values: tuple[str, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    extras: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    sums_up: bool = False
    counted: bool = False


CATEGORIES = (
    Category("demographic", "who", "demographics"),
    Category("firmographic", "who", "firmographics"),
    Category("technographic", "who", "technographics"),
    Category("expertise", "who", "expertise and use case"),
    Category("paid_vs_free", "do", "paid vs. free"),
    Category("frequency", "do", "frequency of use"),
    Category("time_in_product", "do", "time in product"),
    Category("length_of_account", "do", "length of account"),
    Category("sentiment", "do", "sentiment"),
    Category("adoption_status", "do", "adoption status"),
)
OWN_CATEGORY = Category("own", "who", "")

_ZERO, _ONE, _HUNDRED = Fraction(0), Fraction(1), Fraction(100)
_LEVELS = ("novice", "intermediate", "expert")
_STATES = ("free", "trial", "paid", "lapsed")
_ROGERS = ("innovator", "early_adopter", "early_majority", "late_majority", "laggard")
_BY_PLATFORM = ("platform", "in_each")
_BY_EVENT = ("event", *_BY_PLATFORM)
_D = Dimension

BUILT_IN: tuple[Dimension, ...] = (
    _D("demo.age", "number", "demographic", "user", "age", unit="years", low=_ZERO, high=Fraction(150)),
    _D("demo.gender", "text", "demographic", "user", "gender"),
    _D("demo.occupation", "text", "demographic", "user", "occupation"),
    _D("demo.location", "text", "demographic", "either", "location"),
    _D("demo.language", "text", "demographic", "user", "language"),
    _D("demo.income_level", "ordinal", "demographic", "user", "income level", values=("low", "middle", "high")),
    _D("firmo.industry", "text", "firmographic", "account", "industry"),
    _D("firmo.headcount", "number", "firmographic", "account", "company size", low=_ZERO),
    _D("firmo.revenue", "money", "firmographic", "account", "revenue", unit="a year"),
    _D("firmo.growth_potential", "ordinal", "firmographic", "account", "growth potential", values=("low", "medium", "high")),
    _D("firmo.growth_rate", "number", "firmographic", "account", "growth a year", unit="share", low=-_ONE),
    _D("tech.crm", "text", "technographic", "account", "CRM"),
    _D("tech.back_office", "set", "technographic", "account", "back office systems"),
    _D("tech.stack", "set", "technographic", "account", "tech stack"),
    _D("tech.capability", "set", "technographic", "account", "technical capabilities"),
    _D("tech.platform", "set", "technographic", "user", "platform", windowed="optional", sums_up=True),
    _D("tech.app_version", "version", "technographic", "user", "app version"),
    _D("exp.technical", "ordinal", "expertise", "user", "technical expertise", values=_LEVELS),
    _D("exp.subject", "ordinal", "expertise", "user", "subject expertise", values=_LEVELS),
    _D("job.use_case", "set", "expertise", "either", "use case"),
    _D("job.goal", "set", "expertise", "either", "goal"),
    _D("plan.model", "text", "paid_vs_free", "account", "pricing model"),
    _D("plan.tier", "text", "paid_vs_free", "account", "plan tier"),
    _D("plan.state", "state", "paid_vs_free", "account", "plan", values=_STATES),
    _D("plan.mrr", "money", "paid_vs_free", "account", "revenue from them", unit="a month"),
    _D("use.visits", "number", "frequency", "user", "visits", windowed="always", low=_ZERO, extras=_BY_PLATFORM, sums_up=True, counted=True),
    _D("use.active_days", "number", "frequency", "user", "active days", windowed="always", low=_ZERO, extras=_BY_EVENT, sums_up=True, counted=True),
    _D("use.events", "number", "frequency", "user", "actions", windowed="always", low=_ZERO, extras=_BY_EVENT, sums_up=True, counted=True),
    _D("acct.active_users", "number", "frequency", "account", "active users", windowed="always", low=_ZERO, extras=_BY_EVENT, counted=True),
    _D("use.minutes", "number", "time_in_product", "user", "minutes in the product", windowed="always", low=_ZERO, extras=_BY_PLATFORM, sums_up=True, counted=True),
    _D("use.minutes_per_visit", "number", "time_in_product", "user", "time a visit", windowed="always", unit="minutes", low=_ZERO, extras=_BY_PLATFORM, sums_up=True),
    _D("feature.minutes", "number", "time_in_product", "user", "minutes in a feature", windowed="always", low=_ZERO, extras=("feature", *_BY_PLATFORM), required=("feature",), sums_up=True, counted=True),
    _D("acct.age", "duration", "length_of_account", "account", "length of account"),
    _D("acct.since", "date", "length_of_account", "account", "customer since"),
    _D("acct.joined_version", "version", "length_of_account", "account", "version they joined with"),
    _D("sent.nps_score", "number", "sentiment", "user", "NPS answer", windowed="always", low=_ZERO, high=Fraction(10)),
    _D("sent.nps", "number", "sentiment", "account", "NPS", windowed="always", low=-_HUNDRED, high=_HUNDRED, extras=("min_n",)),
    _D("sent.csat_score", "number", "sentiment", "user", "satisfaction answer", windowed="always", low=_ONE, high=Fraction(5)),
    _D("sent.csat", "number", "sentiment", "account", "customer satisfaction", windowed="always", unit="percent", low=_ZERO, high=_HUNDRED, extras=("min_n",)),
    _D("adopt.rogers", "ordinal", "adoption_status", "either", "adoption status", values=_ROGERS, extras=("feature",)),
    _D("adopt.rank_pct", "number", "adoption_status", "either", "rank in adoption", unit="percent", low=_ZERO, high=_HUNDRED, extras=("feature",)),
    _D("adopt.feature", "set", "adoption_status", "either", "features adopted", sums_up=True),
)  # fmt: skip

_LETTERS_THAT_TELL = 5
_COMMON = ("eq", "ne", "in", "not_in", "is_set")
_ORDER = (*_COMMON, "lt", "lte", "gt", "gte", "between")
OPERATORS: MappingProxyType[Type, tuple[str, ...]] = MappingProxyType(
    {
        "text": (*_COMMON, "contains", "starts_with", "ends_with", "matches"),
        "enum": _COMMON,
        "ordinal": (*_COMMON, "at_least", "at_most"),
        "number": _ORDER,
        "money": _ORDER,
        "duration": _ORDER,
        "date": _ORDER,
        "version": (*_COMMON, "v_lt", "v_lte", "v_gt", "v_gte"),
        "set": ("includes_any", "includes_all", "includes_none", "is_set"),
        "state": (*_COMMON, "changed_to"),
        "boolean": _COMMON,
    }
)
ALL_OPERATORS = tuple(dict.fromkeys(name for names in OPERATORS.values() for name in names))
LIST_OPERATORS = frozenset({"in", "not_in", "includes_any", "includes_all", "includes_none"})
TYPE_WORDS: MappingProxyType[Type, str] = MappingProxyType(
    {
        "text": "a text",
        "enum": "one of a list of values",
        "ordinal": "a value on a scale",
        "number": "a number",
        "money": "an amount of money",
        "duration": "a duration",
        "date": "a date",
        "version": "a version",
        "set": "a set of values",
        "state": "a state",
        "boolean": "true or false",
    }
)


class Dimensions:
    """All dimensions of a workspace: the built-in ones, then its own in the order they were typed."""

    __slots__ = ("_by_id", "own")

    def __init__(self, own: tuple[Dimension, ...] = ()) -> None:
        """Index them; a built-in id cannot be taken over."""
        self.own = own
        self._by_id = {dimension.id: dimension for dimension in (*own, *BUILT_IN)}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dimensions) and self.own == other.own

    def __hash__(self) -> int:
        return hash(self.own)

    def find(self, name: str) -> Dimension | None:
        """The dimension of that id, or None."""
        return self._by_id.get(name)

    def all(self) -> tuple[Dimension, ...]:
        """Every dimension: built-in ones in the order of the table, then the workspace's own."""
        return (*BUILT_IN, *self.own)

    def nearest(self, name: str, more: Iterable[str] = ()) -> str | None:
        """The dimension (or other name) the writer probably meant: by its last part, by what people call it, by its beginning, or its letters."""
        from microseg.criteria.synonyms import DIMENSION_CALLED

        wanted = name.lower().replace("-", "_")
        last = wanted.rpartition(".")[2]
        for dimension in self.all():
            if dimension.id.rpartition(".")[2] == last:
                return dimension.id
        if last in DIMENSION_CALLED:
            return DIMENSION_CALLED[last]
        begun = [found for found in self._by_id if len(wanted) >= _LETTERS_THAT_TELL and found.startswith(wanted)]
        return begun[0] if len(begun) == 1 else nearest(name, (*self._by_id, *more))


def category_of(dimension: Dimension) -> Category:
    """The family of a dimension; a workspace's own without a category is a family by itself."""
    return next((category for category in CATEGORIES if category.id == dimension.category), OWN_CATEGORY)


def operators_of(dimension: Dimension) -> tuple[str, ...]:
    """The operators that fit a dimension, in the order the documentation names them."""
    return OPERATORS[dimension.type]
