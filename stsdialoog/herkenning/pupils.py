"""Recognises a pupil in what a school writes about its own policy.

A school names colleagues, services and methods all the time, in words that look like the name of a
pupil. So what is said around a name decides here: a role or a service makes it a colleague, a
class, a family or an absence makes it a pupil.
"""

import re
from collections.abc import Iterator
from datetime import date

from stsdialoog.herkenning.recognise import BEFORE, CLASS, Recognised, Trait, recognise
from stsdialoog.herkenning.words import (
    COLLEAGUES,
    KIN,
    NEVER,
    POLICY,
    PUPIL_FIRST,
    STARTS,
    TITLES,
    VOORNAMEN,
)

# A text is read up to here: what a team writes about one question is far shorter.
LONGEST = 4000
SENTENCE_END = re.compile(r"(?<!\bdhr)(?<!\bmevr)(?<!\bmw)(?<!\bdr)(?<!\b[A-Z])[.!?](?=\s|$)|\n")
NAME = r"[A-ZÀ-ÖØ-Þ][\wÀ-ÿ'’-]*"


def recognise_pupil(text: str, *, today: date) -> tuple[Recognised, ...]:
    """Find what in a text of a school could tell which pupil it is about, without duplicates."""
    text = text[:LONGEST]
    found = [
        *(one for one in recognise(text, today=today) if _is_about_pupil(one, text)),
        *(Recognised(Trait.NUMMER, match[0]) for match in _PUPIL_NUMBER.finditer(text)),
        *(Recognised(Trait.VOORNAAM, words) for words in _first_names(text)),
    ]
    names = [one.words for one in found if one.trait == Trait.NAAM]
    return tuple(
        one
        for one in dict.fromkeys(found)
        if one.trait != Trait.VOORNAAM or not any(one.words in name for name in names)
    )


def _is_about_pupil(one: Recognised, text: str) -> bool:
    start = text.index(one.words)
    before, after = _around(text, start, start + len(one.words))
    match one.trait:
        case Trait.NAAM:
            return _is_pupil(one.words, before, after)
        case Trait.TELEFOON:
            return not _SERVICE.search(before)
        case Trait.EMAIL:
            return not _SHARED_BOX.match(one.words)
        case Trait.GEBOORTEDATUM:
            return not _RULE.search(before)
        case _:
            return True


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after in the same sentence."""
    before = SENTENCE_END.split(text[max(start - 2 * BEFORE, 0) : start])[-1]
    after = SENTENCE_END.split(text[end : end + 2 * BEFORE])[0]
    return before, after


# --- numbers, addresses, dates ----------------------------------------------------------------
_PUPIL_NUMBER = re.compile(
    r"(?<!\w)(?:leerling(?:en)?|stamboek|identiteitskaart|rijksregister)-?(?:nummer|nr\.?)"
    r"[ :]{1,3}\d[\d./-]{3,14}",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(?:school|secretariaat|onthaal|clb|awel|ocmw|caw|politie|permanentie|dienst|internaat)\b",
    re.IGNORECASE,
)
_SHARED_BOX = re.compile(
    r"(?:info|secretariaat|onthaal|zorg\w*|clb\w*|afwezig\w*|directie\w*|leerling\w*|ziek\w*"
    r"|school\w*|contact|brugfiguur\w*|ombuds\w*|ouderraad)(?:[.+_-]\w+)*@",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:decreet|omzendbrief|reglement|schoolreglement|wet|besluit|versie|nota|draaiboek|beleid"
    r"|verslag|doorlichting|studiedag|vergadering|schooljaar|ingang|sinds|vanaf|opgericht)\b",
    re.IGNORECASE,
)

# --- names ------------------------------------------------------------------------------------
_WORDS = re.compile(r"[\w-]+")
# As in: Sofie (CLB), Sofie van het CLB.
_COLLEAGUE_AFTER = re.compile(
    r"\s*(?:[(,][ ]?[^()]{0,12}?)?(?:van (?:het|de|ons|onze) )?(?P<rol>[\w-]+)", re.IGNORECASE
)
_DUTY = re.compile(
    r"\s*(?:en \w+ )?(?:volgt .{0,30}\bop\b|coördineert|registreert|overlegt|begeleidt|noteert"
    r"|bewaakt|contacteert|organiseert|trekt|geeft|gaf|belt (?:de|elke|alle|dezelfde)|mailt"
    r"|stuurt|bekijkt)\b",
    re.IGNORECASE,
)
_PUPIL_BEFORE = re.compile(
    r"\b(?:leerlinge?|jongen|meisje|kleuter|zoon|dochter"
    r"|(?:ouders?|mama|papa|moeder|vader|broer|zus|zusje|broertje|oma|opa|grootouders"
    r"|pleegouders|pleegmoeder|pleegvader|tante|nonkel|voogd|verzorger|titularis|klasgenoten|vrienden"
    r"|situatie) van)[ ]$",
    re.IGNORECASE,
)
_PUPIL_AFTER = re.compile(
    r"\b(?:afwezig|spijbel\w*|te laat|niet (?:meer )?(?:naar|komen|op) \w*|wil niet|durft|geschorst"
    r"|schorsing|time-out|[BZP]-codes?|halve dagen|slaapt|zwanger|blijft (?:thuis|weg)|thuiszit\w*"
    r"|zonder attest|komt (?:\w+ ){0,4}niet|mist \w+|niet veilig|ziek meldt|later starten"
    r"|schoolmoe|schoolweiger\w*|traject|bed|er (?:op \w+ )?(?:is )?nooit)\b",
    re.IGNORECASE,
)
_IN_CLASS = re.compile(
    rf"(?:[ ](?:\([ ]?)?(?:(?:zit[ ])?(?:uit|in)[ ])?|,[ ]){CLASS}"
    r"|[ ]\((?:[4-9]|1[0-9]|20)[ ]?(?:j\.?|jaar)?\)"
)
# Whom a team or a board calls by her class: a colleague has a class, and is not from one.
_FROM_CLASS = re.compile(rf"[ ]uit (?:de )?{CLASS}")
# As in: Tuur V. uit 2C.
_INITIAL = r"(?:[ ][A-Z]\.)?"
_FIRST_NAME = re.compile(rf"(?<![\w-])(?P<naam>{NAME})(?P<letter>{_INITIAL})")
_ORGANISATION = re.compile(
    r"(?:straat|laan|plein|school|college|instituut|atheneum|vzw|huis|werking|project|campus|stad)$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[‘“\"«]$")


def _is_pupil(words: str, before: str, after: str) -> bool:
    """Whether a name is that of a pupil, by the words around it."""
    parts = words.split()
    says_pupil = bool(
        _PUPIL_BEFORE.search(before) or _IN_CLASS.match(after) or _PUPIL_AFTER.search(after)
    )
    if _QUOTED.search(before) or any(_ORGANISATION.search(part) for part in parts):
        return False
    first = parts[0].lower().rstrip(".")
    if first in TITLES | COLLEAGUES or _is_colleague(before, after):
        return bool(_PUPIL_BEFORE.search(before) or _is_from_class(before, after))
    return says_pupil or any(part.lower().strip(",") in VOORNAMEN for part in parts)


def _is_colleague(before: str, after: str) -> bool:
    said = {word.lower() for word in _WORDS.findall(before)}
    if said & (COLLEAGUES | POLICY | TITLES):
        return True
    role = _COLLEAGUE_AFTER.match(after)
    return bool((role and role["rol"].lower() in COLLEAGUES) or _DUTY.match(after))


def _is_from_class(before: str, after: str) -> bool:
    """As in: de directie belt Jonas Peeters uit 3B. But not in: titularis Tom Claes uit 3B."""
    last = _WORDS.findall(before.lower())[-1:]
    return bool(_FROM_CLASS.match(after)) and not set(last) & (COLLEAGUES | TITLES)


def _first_names(text: str) -> Iterator[str]:
    """First names, alone, that a class, a family or an absence beside them makes a pupil's."""
    for match in _FIRST_NAME.finditer(text):
        word = match["naam"].lower()
        if word in NEVER or word in TITLES or word in KIN or word in COLLEAGUES:
            continue
        before, after = _around(text, match.start(), match.end())
        if _is_first_name_of_pupil(match["naam"], before, after):
            yield match[0]


def _is_first_name_of_pupil(written: str, before: str, after: str) -> bool:
    word = written.lower()
    first = word.split("-")[0]
    is_known = word in VOORNAMEN
    if not is_known and (
        written.isupper()
        or word in STARTS
        or first in NEVER
        or not before
        or _ORGANISATION.search(word)
    ):
        return False
    if _PUPIL_BEFORE.search(before) or (is_known and _is_from_class(before, after)):
        return True
    if _is_colleague(before, after):
        return False
    if _IN_CLASS.match(after):
        return is_known or " uit " in after[:6]
    return is_known and bool(
        PUPIL_FIRST & set(before.lower().split()) or _PUPIL_AFTER.search(after)
    )
