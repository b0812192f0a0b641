"""Which texts are judged, and which are left alone."""

import pytest

from microseg.words.language import is_english


@pytest.mark.parametrize(
    "text",
    [
        "SSO",
        "Gamification",
        "",
        "42",
        "La Poste couriers",
        "D\u00e9j\u00e0 vu for caf\u00e9 owners in S\u00e3o Paulo",
        "Trainers in \u6771\u4eac who certify crane operators",
        "Die casting shops quote by hand",
    ],
)
def test_english(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Das Login funktioniert nicht",
        "Eine gute Benutzeroberfl\u00e4che",
        "Schnelle Suche",
        "Une bonne interface",
        "La facturation est trop lente pour les cabinets",
        "Buena interfaz de usuario",
        "I clienti perdono i dati della giornata",
        "\u4f7f\u3044\u3084\u3059\u3044UI",
        "\u0425\u043e\u0440\u043e\u0448\u0438\u0439 \u0438\u043d\u0442\u0435\u0440\u0444\u0435\u0439\u0441",
    ],
)
def test_not_english(text: str) -> None:
    assert not is_english(text)
