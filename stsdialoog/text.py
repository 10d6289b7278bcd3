"""Canonical forms of text: one for each kind, and the one that is searched.

A line (a name, a title) holds one line of visible characters. An address is what a mail server
makes of it. A text of several lines is kept as it was typed, apart from its line breaks: there a
zero width joiner holds an emoji together, and a direction mark an Arabic sentence beside a Dutch
one.
"""

import re
import unicodedata
from collections.abc import Iterator

import idna
import regex

# In characters. What is longer fits no field and is left to the check on its length: to put many
# combining marks in order takes a time that grows with the square of their number.
LONGEST = 2_000
# Of what somebody looks for: more words find no more.
MAX_ZOEK = 100
# Every line break but LF: of Windows, of old Macs, and those of Word and PowerPoint.
LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control and format characters, lone surrogates, and letters without a shape such as U+3164.
INVISIBLE = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]")
LETTER = regex.compile(r"\p{L}")
HYPHEN = regex.compile(r"[\p{Pd}\N{MINUS SIGN}\N{HYPHEN BULLET}]")
# What one types on a keyboard for a character that a search may not tell apart from it, and that
# Unicode does not take apart itself.
TYPED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′‵ʹʻʼʽˈ`´＇", "'"),
        **dict.fromkeys("“”„‟″‶«»＂", '"'),
        **dict.fromkeys("œŒ", "oe"),
        **dict.fromkeys("æÆ", "ae"),
        **dict.fromkeys("øØ", "o"),
        **dict.fromkeys("łŁ", "l"),
        **dict.fromkeys("đĐ", "d"),
        "ı": "i",
    }
)


def with_plain_line_breaks(text: str) -> str:
    """The text with only LF line breaks. A browser sends CRLF; equal texts must compare equal."""
    return LINE_BREAK.sub("\n", text)


def line(text: str) -> str:
    """The canonical form of a name or a title: NFC, every character visible, single spaces.

    The result is empty for a text that nobody can see. What is longer than LONGEST stays as it is.
    """
    if len(text) > LONGEST:
        return text
    visible = without_invisible(_with_single_spaces(text))
    return _with_single_spaces(unicodedata.normalize("NFC", visible))


def paragraph(text: str) -> str:
    """The canonical form of a few plain lines: each as `line`, without empty ones at the ends and
    with at most one between two others.
    """
    lines = "\n".join(map(line, with_plain_line_breaks(text).split("\n")))
    return re.sub("\n{3,}", "\n\n", lines).strip()


def opening(text: str, *, sentences: int = 2) -> tuple[str, str]:
    """The first sentences of a text of several paragraphs, and all that comes after them."""
    first, _, others = text.strip().partition("\n\n")
    found = re.match(rf"(?:.+?[.!?…](?=\s|$)\s*){{{sentences}}}", first, re.DOTALL)
    end = found.end() if found else len(first)
    return first[:end].strip(), f"{first[end:].strip()}\n\n{others}".strip()


def has_letter(text: str) -> bool:
    """Whether there is a letter in a text that one can see."""
    return LETTER.search(without_invisible(text)) is not None


def address(text: str) -> str:
    """The canonical form of an e-mail address: lower case, the domain in ASCII (UTS 46, IDNA 2008).

    Two spellings of one domain give the same address. A domain that does not exist in ASCII stays
    as it was typed: only an address in ASCII is valid.
    """
    plain = line(text).lower()
    mailbox, at, domain = plain.rpartition("@")
    if not at or domain.isascii():
        return plain
    try:
        return mailbox + at + idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return plain


def without_invisible(text: str) -> str:
    return INVISIBLE.sub("", text)


def invisible_in(text: str) -> Iterator[str]:
    """The control characters and lone surrogates in a text: no database stores them, no page shows
    them. A line feed is not one of them.
    """
    return (one for one in text if unicodedata.category(one) in ("Cc", "Cs") and one != "\n")


def search_key(text: str) -> str:
    """The text as a search sees it, for what is searched as well as for what somebody looks for.

    Without capitals, accents and invisible characters, with straight quotes, and with a space for a
    hyphen; the words are separated by single spaces.
    """
    typed = without_invisible(_with_single_spaces(text)).translate(TYPED)
    letters = _taken_apart(_taken_apart(typed).casefold())
    plain = "".join(one for one in letters if not unicodedata.combining(one)).translate(TYPED)
    return _with_single_spaces(HYPHEN.sub(" ", plain))


def looked_for(text: str) -> str:
    """What somebody typed to look for, cut and without what one cannot see instead of refused."""
    return line(text.strip()[:MAX_ZOEK])


def search_words(text: str, *, at_most: int) -> list[str]:
    """The first words that somebody looks for, as they stand in a search key."""
    return search_key(text).split()[:at_most]


def _taken_apart(text: str) -> str:
    """NFKD, with combining marks in any order: a search leaves them out. To put many of them in
    order takes a time that grows with the square of their number.
    """
    return "".join(unicodedata.normalize("NFKD", one) for one in text)


def _with_single_spaces(text: str) -> str:
    return " ".join(text.split())
