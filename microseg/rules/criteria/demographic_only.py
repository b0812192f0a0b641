"""A business segment told by demographics alone.

Age, sex and language of the person at the keyboard seldom decide what a company needs from a product. In business the
firm, its systems and what its people do with the product tell more.

## Flagged
```yaml
# file: microseg.yaml
product: {name: LearnDash, business_model: b2b}
# file: segments/example.yaml
name: Younger course creators
unit: user
criteria:   # MS607
  demo.age: {lt: 30}
```

## Fixed
```yaml
# file: microseg.yaml
product: {name: LearnDash, business_model: b2b}
# file: segments/example.yaml
name: Course creators on a phone
unit: user
criteria:
  demo.age: {lt: 30}
  tech.platform: {includes_any: [ios, android]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.criteria.ast import Criterion, dimensions_used
from microseg.lint.named_criteria import plainly, resolved
from microseg.lint.rule import Chain, Context, Found, rule
from microseg.lint.where import called


@rule("MS607", scope="chain", severity="warning", needs=("criteria",))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """The segment's own criteria together with those above, of which it is a part; for b2b products."""
    segment, product = chain.segment, context.config.product
    if segment.criteria is None or product is None or product.business_model != "b2b":
        return
    if not _is_demographic(segment.criteria, context):
        return
    held = [one.criteria for one in (segment, *chain.ancestors) if one.criteria is not None]
    used = {name for criterion in held for name in dimensions_used(resolved(criterion, context))}
    found = [context.dimensions.find(name) for name in sorted(used)]
    if found and all(one is not None and one.category == "demographic" for one in found):
        names = ", ".join(sorted(used))
        message = f"demographics alone ({names}) decide who is in {called(segment)}"
        yield Found(segment.at.key("criteria"), message, "add what their firm is, what it uses, or what they do with the product", segment=segment, route="criteria")


def _is_demographic(criterion: Criterion, context: Context) -> bool:
    """Are all dimensions that it asks about? Most are not, and then those above need not be asked."""
    plain = plainly(criterion, context)
    if plain is not None:
        return all(asked.dimension.category == "demographic" for asked in plain)
    found = (context.dimensions.find(name) for name in dimensions_used(resolved(criterion, context)))
    return all(one is not None and one.category == "demographic" for one in found)
