"""How early they take up something new: innovators to laggards.

**Formula**: the members of the target base (`base`; left out: everybody) in the order of their first use of `feature`; the first
2.5 % are innovators, up to 16 % early adopters, up to 50 % early majority, up to 84 % late majority, the rest laggards. Who has
not adopted yet has no status. The value is the share of a segment's part of the base that is among the first 16 %.

**Unit**: share, with a 95 % Wilson interval; the five kinds and "not yet" are shown apart. **n**: the segment's members of the base.

**Edge cases**: the place of a member is its rank ÷ the size of the whole base, adopters or not; those who adopted on the same day
share the mean of their ranks, so that a launch day does not make everybody an innovator. Refused where the base has fewer
than 40 members, of whom one is 2.5 %. It says something about one feature, not about a person. It is a definition and no evidence.

**Fields**: `feature`, `base`.

**Source**: Rogers, Diffusion of Innovations (the shares are those of a normal distribution, cut at its standard deviations).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from microseg.measure.expression import AdoptionBand, Both, Either, Holds, Not, Setting, Sum, Truth, Unknown
from microseg.measure.metric import NOT_AVAILABLE, SHARE, MetricValue, Part, ratio, share
from microseg.model.metric import Metric

BANDS = {"innovators": (0, 25), "early adopters": (25, 160), "early majority": (160, 500), "late majority": (500, 840), "laggards": (840, 1000)}


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """The members of the base, and those in each band."""
    anywhere = AdoptionBand(metric.feature or "", metric.base, 0, 1000)
    base: Truth | None = None if metric.base is None else Holds(metric.base, setting.as_of)
    known = Not(Unknown(anywhere))
    inside = known if base is None else Both(base, known)
    lacking = Unknown(anywhere) if base is None else Either(Unknown(base), Both(base, Unknown(anywhere)))
    bands = (Sum(name, AdoptionBand(metric.feature or "", metric.base, *ends)) for name, ends in BANDS.items())
    return (Sum("n", inside), Sum("unknown", lacking), *bands)


def value(_: Metric, counted: Mapping[str, int], __: Setting) -> MetricValue:
    """The share of the early ones."""
    n = counted["n"]
    if not n:
        reason = "fewer than 40 in the target base" if counted["unknown"] else "nobody of the target base is in it"
        return MetricValue(None, 0, counted["unknown"], SHARE, note=f"{NOT_AVAILABLE}: {reason}")
    adopted = sum(counted[name] for name in BANDS)
    parts = (*(Part(name, ratio(counted[name], n), n) for name in BANDS), Part("not yet", ratio(n - adopted, n), n))
    early = counted["innovators"] + counted["early adopters"]
    return replace(share(early, n, unknown=counted["unknown"], none=""), parts=parts)
