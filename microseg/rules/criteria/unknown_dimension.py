"""A dimension or operator that does not exist, or does not fit.

Criteria decide who is in. A mistyped dimension would let in nobody or everybody, and every number about the segment
would be wrong without a word. So the dimension must exist, the operator must fit its type, and the question must
make sense for what one member is: an account has no age of its own, but people in it have.

## Flagged
```yaml
# file: microseg.yaml
product: {name: LearnDash, business_model: b2b}
# file: segments/example.yaml
name: Corporate trainers
criteria:
  firmo.headcont: {gte: 50}   # MS601
  plan.state: {gte: paid}   # MS601
```

```yaml
# file: microseg.yaml
product: {name: LearnDash, business_model: b2b}
# file: segments/example.yaml
name: Subject matter experts
criteria:
  exp.subject: expert   # MS601
```

## Fixed
```yaml
# file: microseg.yaml
product: {name: LearnDash, business_model: b2b}
# file: segments/example.yaml
name: Corporate trainers
criteria:
  firmo.headcount: {gte: 50}
  plan.state: paid
  users: {where: {exp.subject: expert}, at_least: 1}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.criteria.units import ACCOUNT, check_unit, is_of_one_user
from microseg.lint.named_criteria import found_of, plainly, resolved
from microseg.lint.rule import Chain, Context, Found, rule


@rule("MS601", scope="chain", severity="error", needs=("criteria",))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """Whether the criteria fit what one member is, which may be inherited; the rest is found while reading them."""
    segment = chain.segment
    if segment.criteria is None:
        return
    plain = plainly(segment.criteria, context)
    if plain is not None and not any(is_of_one_user(asked.dimension) for asked in plain):
        return  # tests alone are wrong only where one of them is about a person, and a member is none
    unit = next((one.unit for one in (segment, *chain.ancestors) if one.unit), context.config.unit)
    if plain is not None and unit != ACCOUNT:
        return
    for problem in check_unit(resolved(segment.criteria, context), unit, dimensions=context.dimensions):
        yield found_of(problem, segment.at.path)._replace(segment=segment)
