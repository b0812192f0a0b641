"""Is a text English? Others are left unjudged; nothing is guessed.

A text is held to be English until its script or its words say otherwise: "Gamification" is not worth a doubt.
"""

from functools import cache, lru_cache

from microseg.words.lexicon import stop_words
from microseg.words.tokens import written_words

# Common words of the languages that segment files are written in. Words that English has too are left out.
_WORDS = {
    "German": "der das und ist nicht ein eine einen einem einer mit für auf sich sind wir sie von zu zum zur den dem"
    " des im auch wird werden bei nach wenn oder aber kein keine keinen über alle mehr noch nur wie aus beim ohne"
    " unsere unser müssen muss kann können sehr durch vor jede jeder gute gut guter gutes schnelle schnell einfache"
    " einfach benutzer benutzeroberfläche oberfläche kunden suche sichere sicher zuverlässig bedienung daten",
    "French": "le la les des une est et dans pour qui que avec sur par pas ne au aux du ce cette sont nous vous ils"
    " elle leur leurs nos mais ou où sans être avoir plus très tout tous chaque entre quand doit peut fait bonne bon"
    " facile rapide simple utiliser utilisateur utilisateurs logiciel données fiable sécurité recherche",
    "Spanish": "el los las una es y en para que con por del al se su sus no como más pero son está están muy sin"
    " sobre cuando donde cada entre todo todos nuestro nuestra hay ser tiene tienen debe puede buena bueno fácil"
    " rápido rápida interfaz usuario usuarios clientes datos seguro búsqueda",
    "Portuguese": "os uma é e em para que com não por do da dos das na ao se seu sua mais mas são está muito sem"
    " sobre quando cada entre todo todos nosso nossa ser tem têm deve pode boa bom usuário usuários dados seguro",
    "Italian": "il lo gli una è e di che con per non del della dei delle nel nella al alla si suo sua più ma sono"
    " molto senza quando ogni tra tutto tutti nostro nostra essere ha hanno deve può buona buono interfaccia utente"
    " utenti clienti veloce semplice clienti dati i sicuro",
    "Dutch": "het een en is niet van voor met op te zijn wij zij ook wordt worden bij naar als maar geen onze elke"
    " alle meer nog uit zonder moet moeten kan kunnen goede gebruikers klanten snelle snel zoeken eenvoudig betrouwbaar",
    "Swedish": "och det att som är inte en ett på för med av till har vi de den kan ska när eller utan alla mycket",
    "Danish": "og det at som er ikke en et på for med af til har vi de den kan skal når eller uden alle meget",
    "Polish": "i w na z do nie jest się że jak są dla po od przez lub ale bez który która wszystkie",
    "Turkish": "ve bir bu için ile da de çok daha olarak olan gibi her değil ama veya",
    "Indonesian": "yang dan di ke dari untuk dengan tidak ini itu adalah pada dapat akan kami mereka",
    "Finnish": "ja on ei että se kun tai mutta ovat joka hyvä kaikki ilman",
}
# Of the words above, those that English statements use too, as words or as parts of names.
_SHARED = frozenset(["simple", "facile", "est", "pour", "par", "plus", "on", "en", "si", "per", "pro", "al", "de", "la", "le", "el", "do", "tout", "kan", "po", "no", "i", "is", "of", "to", "at"])
_ENDINGS = ("ungen", "keit", "heit", "schaft", "lich", "ción", "ciones", "ção", "ções", "zione", "zioni", "mente")
_OTHERS_SHARE = 0.3  # of the letters; a name in another script inside an English sentence stays below
_LATIN_END = 0x250
_PROOF = 2  # foreign words that settle it; in a text of up to three words one is enough
_SHORT = 3
_LONG_WORD = 6


def is_english(text: str) -> bool:
    """Say whether a text may be judged by English words; short texts are English unless something speaks against it."""
    if text.isascii():
        return not _speaks_another(text)
    letters = [character for character in text if character.isalpha()]
    others = sum(ord(character) >= _LATIN_END for character in letters)
    return others <= _OTHERS_SHARE * len(letters) and not _speaks_another(text)


def _speaks_another(text: str) -> bool:
    words = written_words(text)
    lowered = [word.lower() for number, word in enumerate(words) if number == 0 or not word.istitle()]
    english = sum(word in stop_words() for word in lowered)
    foreign = sum(_is_foreign(word) for word in lowered)
    if foreign and not english:
        shared = sum(word in _SHARED for word in lowered)
        return foreign + shared >= _PROOF or len(words) <= _SHORT
    return foreign > english and foreign >= _PROOF


def may_be_foreign(word: str) -> bool:
    """Say whether a word in lower case is one that another language has; a statement without one needs no closer look."""
    return _is_foreign(word)


@lru_cache(maxsize=1 << 14)
def _is_foreign(word: str) -> bool:
    return word in _foreign_words() or (len(word) > _LONG_WORD and word.endswith(_ENDINGS))


@cache
def _foreign_words() -> frozenset[str]:
    return frozenset(" ".join(_WORDS.values()).split()) - stop_words() - _SHARED
