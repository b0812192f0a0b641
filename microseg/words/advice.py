"""What to tell a product manager about a verdict: the reason, the question to ask, the rewrite, where to move it."""

from types import MappingProxyType

_FEW = 3  # words; more than that is no longer "only"
QUESTION = "which segment would not want this?"
MOVE = "or move it under `minimum_expected`: it is met there and stays out of the pitch"

_SITUATION = MappingProxyType(
    {
        "functional_suitability": "say which result of this segment's own work comes out wrong, and who notices",
        "performance_efficiency": "say in which moment of their work the wait hurts, and what is missed meanwhile",
        "compatibility": "name the other system these people live in, and what is typed twice without it",
        "interaction_capability": "say which step these people get wrong or give up on, and in what circumstances",
        "reliability": "say what this segment loses when it fails, at which moment, and who pays",
        "security": "say who of this segment must not see what, and what happens if they do",
        "maintainability": "say which change of theirs comes too late, and what they do instead",
        "flexibility": "say what differs from their neighbours' work and does not fit today",
        "safety": "say who can come to harm in their work, and at which step",
        "vendor_hygiene": "say which question or cost is peculiar to this segment, and when it comes up",
        "generic_benefit": "say which hours or money of theirs, spent on what, would be saved",
        "commodity": "say what these people look for, keep or pass on that others do not",
        "": "say who of this segment does what, when, and what goes wrong",
    }
)


def rewrite(family: str) -> str:
    """Return how to turn a minimum expected requirement of a family (file name or empty) into a need."""
    return f"rewrite it as a situation of this segment: {_SITUATION[family]}"


def owed(family: str, left: tuple[str, ...]) -> str:
    """Return why a statement is a minimum expected requirement; `family` as a reader knows it, or empty."""
    kind = f" ({family})" if family else ""
    return f"every product owes this{kind}; {remainder(left)}"


def remainder(left: tuple[str, ...]) -> str:
    """Return what striking out leaves, as half a sentence."""
    if not left:
        return "nothing is left once quality, product and group words are struck out"
    if len(left) > _FEW:
        return f"what is left ({_quoted(left)}) could be said of any product"
    return f"only {_quoted(left)} {'is' if len(left) == 1 else 'are'} left once quality, product and group words are struck out"


def needed(left: tuple[str, ...]) -> str:
    """Return why a statement is a need of a segment."""
    if not left:
        return "it reads like a need of this segment"
    return f"it is about {_quoted(left)}; a neighbouring segment may not care"


def accepted(phrase: str) -> str:
    """Return why a statement with an accepted phrase is not judged."""
    return f'the workspace accepts "{phrase}" as a selling point (`wording.accept`)'


def expected(phrases: tuple[str, ...]) -> str:
    """Return why a statement about an expected phrase is a minimum expected requirement."""
    return f"the workspace lists {_quoted(phrases)} as expected of every product (`wording.expected`)"


MUST_BE = "this segment's own survey answers call it must-be (Kano): missed when absent, not noticed when present"
SHARED = "; most siblings have it too"
FOREIGN = "it is not English, so it is left unjudged"


def _quoted(words: tuple[str, ...]) -> str:
    shown = [f'"{word}"' for word in dict.fromkeys(words)]
    if len(shown) == 1:
        return shown[0]
    if len(shown) > 4:
        return ", ".join(shown[:3]) + " and more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
