"""A definition that excludes nobody.

A group that everyone belongs to targets no one. Below the head each segment is a subset, so its definition must leave
somebody out: say who is in by what they are, have or do, and the others are out.

## Flagged
```yaml
name: Online courses
keyword: online courses
segments:
  - name: Course creators
    definition: Everyone who wants to use our software.   # MS404
```

## Fixed
```yaml
name: Online courses
keyword: online courses
segments:
  - name: Course creators
    definition: Those who sell what they know as online courses.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.left_over import left_over
from microseg.lint.rule import Chain, Context, Found, rule
from microseg.lint.where import called, quoted
from microseg.words.language import is_english
from microseg.words.look import sight_of
from microseg.words.tokens import content_stems, stem

_ANYONE = frozenset(("all", "any", "anybody", "anyone", "each", "every", "everybody", "everyone", "whoever", "whole", "world"))
_ANYBODY = """
people person persons human individual individuals company companies business businesses organization organizations
organisation organisations firm firms size sizes kind kinds type types sort sorts industry industries age ages background
backgrounds world internet customer customers client clients user users visitor visitors audience public whatever whoever
"""
_WHAT_ANYBODY_DOES = """
want wants need needs like likes use uses using look looks looking try trying love loves buy buys interested benefit
benefits interest could might matter
"""
# "who want a better tool": there praise says what everybody wants; elsewhere it may tell a trait ("on mobile")
_WISHES = _ANYONE | frozenset(("want", "wants", "need", "needs", "like", "likes", "looking"))
_DEVICES = frozenset(("mobile", "phone", "phones", "tablet", "tablets", "desktop", "offline", "android", "ios"))
_STRUCK = frozenset(stem(word) for word in f"{_ANYBODY} {_WHAT_ANYBODY_DOES}".split())


@rule("MS404", scope="chain", severity="warning", needs=("definition",))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """Definitions in English of segments with a parent: what is left once everybody's words are struck out?"""
    segment = chain.segment
    text = segment.definition
    if not text or not chain.ancestors:
        return
    words = sight_of(text).words
    left = {word for word in left_over(text, with_praise=_WISHES.isdisjoint(words)) if word not in _STRUCK}
    if left and _ANYONE.isdisjoint(words) and not left <= _product_words(context):
        return
    left -= _product_words(context)
    left |= _DEVICES.intersection(words)
    if left and not _ANYONE.isdisjoint(words):
        above = (told for one in chain.ancestors for told in (one.name, one.keyword, one.definition) if told)
        left -= {word for told in above for word in content_stems(told)}
    if not left and is_english(text):
        message = f"the definition of {called(segment)} leaves nobody out: {quoted(text)}"
        yield Found(segment.at.key("definition"), message, f"say who of {called(chain.ancestors[0])} is in, by what they are, have or do", segment=segment, item=text, route="definition")


def _product_words(context: Context) -> frozenset[str]:
    """What the product is called is no situation; worked out once a run."""
    held: frozenset[str] | None = context.memo.get("product words")
    if held is None:
        product = context.config.product
        names = [name for name in ((product.name, product.category) if product else ()) if name]
        held = context.memo["product words"] = frozenset(word for name in names for word in content_stems(name))
    return held
