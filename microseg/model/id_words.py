"""An id in plain words, for readers who never see ids: free-to-paid is Free to paid, creator-nps is Creator NPS."""

from __future__ import annotations

from types import MappingProxyType

_SHORT_FORMS = MappingProxyType({"nps": "NPS", "csat": "CSAT", "mrr": "MRR", "crm": "CRM", "hr": "HR", "arr": "ARR", "ltv": "LTV", "sso": "SSO"})


def from_id(id_: str) -> str:
    """The words of an id, the first with a capital; short forms as they are known."""
    words = [_SHORT_FORMS.get(word, word) for word in id_.replace("_", "-").split("-")]
    text = " ".join(word for word in words if word)
    return text[:1].upper() + text[1:]
