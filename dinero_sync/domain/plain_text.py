"""Texts of shops and buyers as people read them: no HTML, and no signs that drive a machine.

Buyers type their own names, and shops write names of products in HTML. Neither may tell a terminal
what to do, turn the direction of a line, or stand on an invoice as ``&amp;``.
"""

import html
import re
import unicodedata
from html.entities import html5

ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
"""An entity with its semicolon; without one, ``&copy`` may be the beginning of a word."""
ATTRIBUTE = r"""\s+[A-Za-z-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+)"""
OF_PASSAGES = "br|p|div|hr|h[1-6]|ul|ol|li|dl|dt|dd|table|tbody|thead|tr|td|th|blockquote|pre"
OF_WORDS = "a|abbr|b|big|code|del|em|font|i|img|ins|mark|q|s|small|span|strike|strong|sub|sup|u|wbr"
PASSAGE = re.compile(rf"(?si)</?(?:{OF_PASSAGES})(?:{ATTRIBUTE})*\s*/?>|<!--.*?-->")
"""A tag that parts what is before it from what is behind; a space takes its place."""
WORD = re.compile(rf"(?i)</?(?:{OF_WORDS})(?:{ATTRIBUTE})*\s*/?>")
"""A tag within a line or a word."""
UNSEEN = frozenset({"Cc", "Cf"})
"""The Unicode categories of control signs, and of those that steer how others are shown."""
BREAKS = frozenset({"Zl", "Zp"})
"""The Unicode categories of the ends of lines and paragraphs."""
JOINERS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
"""Signs that can't be seen, but belong to how people, and families of them, are written."""


def plain_text(text: str) -> str:
    """Return ``text`` in one line, decoded once, without tags of HTML and without unseen signs.

    A text that has none of these is returned as it is; a lone ``&`` or ``<`` stays.
    """
    decoded = ENTITY.sub(_decoded, text)
    seen = decoded if decoded.isprintable() else "".join(map(_seen, decoded))
    plain = WORD.sub("", PASSAGE.sub(" ", seen))
    return text if plain == text else " ".join(plain.split())


def printable(text: str) -> str:
    """Return ``text`` so that a terminal shows it and does nothing else; its lines stay lines."""
    if text.isprintable():
        return text
    return "".join(sign if sign in "\n\t" else _shown(sign) for sign in text)


def _decoded(entity: re.Match[str]) -> str:
    written = entity.group()
    is_known = written.startswith("&#") or written[1:] in html5
    return html.unescape(written) if is_known else written


def _seen(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in BREAKS or (category == "Cc" and sign.isspace()):
        return " "
    return "" if category in UNSEEN and sign not in JOINERS else sign


def _shown(sign: str) -> str:
    if sign in JOINERS or unicodedata.category(sign) not in UNSEEN | BREAKS:
        return sign
    return "\N{REPLACEMENT CHARACTER}"
