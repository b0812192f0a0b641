"""An NPS or CSAT without a least number of answers.

Three answers can make any score. Without `min_n` an account with one angry reply counts as unhappy, and a segment's
score jumps with each new answer.

## Flagged
```yaml
# file: microseg.yaml
metrics:
  creator-nps:
    type: nps   # MS608
    window: 90d
# file: segments/example.yaml
name: Large enterprises
unit: account
criteria:
  sent.nps: {lt: 0, last: 90d}   # MS608
```

## Fixed
```yaml
# file: microseg.yaml
metrics:
  creator-nps: {type: nps, window: 90d, min_n: 30}
# file: segments/example.yaml
name: Large enterprises
unit: account
criteria:
  sent.nps: {lt: 0, last: 90d, min_n: 5}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.criteria.ast import Test, tests_in, walk
from microseg.lint.rule import Context, Found, rule
from microseg.model.criteria_in import criteria_in
from microseg.model.metric import Metric
from microseg.model.places import Place
from microseg.model.segment import Segment
from microseg.model.workspace import Workspace

_SCORES = frozenset({"sent.nps", "sent.csat"})
_LEFT_OUT = 30  # what measuring takes where nothing is said
_HELP = "add `min_n:`, the least number of answers that you would act on, such as 5 in an account or 30 in a segment"


@rule("MS608", scope="linked", severity="warning")
def check(workspace: Workspace, _: Context) -> Iterator[Found]:
    """Criteria of segments and settings, and metrics, wherever they are defined."""
    yield from _tests_of(workspace.config, workspace.config.at.path, None)
    for entry in workspace.config.metrics:
        yield from _metric(entry.value, None)
    for segment in workspace.segments:
        yield from _tests_of(segment, segment.at.path, segment)
        for reference in segment.metrics:
            yield from _metric(reference.inline, segment)


def _tests_of(record: object, path: str, segment: Segment | None) -> Iterator[Found]:
    for criterion in criteria_in(record):
        tests = tests_in(criterion)
        if tests is not None and not any(one.dimension in _SCORES for one in tests):
            continue
        for part in walk(criterion):
            if isinstance(part, Test) and part.dimension in _SCORES and part.min_n is None and part.operator != "is_set":
                place = Place(path, part.start, part.end)
                yield Found(place, f"{part.dimension} is compared whatever the number of answers", _HELP, segment=segment, item=part.dimension)


def _metric(metric: object, segment: Segment | None) -> Iterator[Found]:
    if isinstance(metric, Metric) and metric.type in {"nps", "csat"} and metric.min_n is None:
        yield Found(metric.at.key("type"), f"this {metric.type.upper()} does not say how many answers it needs, so it is shown from {_LEFT_OUT} on", _HELP, segment=segment)
