"""What a page states, so that its English and its Danish can be compared piece by piece.

A piece is a heading, a paragraph, a cell of a table, a block of code or a worked example. What it
states, whatever the language: how many sentences it is, and every figure, account, paragraph of the
law, code, key, command, link and emphasis in it. The words between are the translator's, but as
many of them: where a clause is missing, a piece is much shorter than the other language's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from published_texts import ROOT

DOCS = ROOT / "docs"
DANISH_PAGES = {
    "posting.md": "bogfoering.md",
    "money.md": "penge.md",
    "bills.md": "bilag.md",
    "bill-templates.md": "regningsskabeloner.md",
    "settlements.md": "udbetalinger.md",
    "reconcile.md": "afstemning.md",
    "questions.md": "spoergsmaal.md",
    "evidence.md": "bevis.md",
    "rules.md": "regler.md",
    "codes-and-logs.md": "koder-og-log.md",
    "exactly-once.md": "praecis-en-gang.md",
    "limits.md": "forbehold.md",
    "reliability.md": "naar-noget-gaar-galt.md",
    "kubernetes.md": "klynge.md",
    "alarms.md": "alarmer.md",
    "many-shops.md": "mange-butikker.md",
}
"""The Danish page of each English one, both written by hand."""
MADE = {
    "reasons.md": "aarsager.md",
    "commands.md": "kommandoer.md",
    "configuration.md": "konfiguration.md",
}
"""The same of pages that are made, in part at least: of a catalogue, of what commands say."""
RETOLD = {"README.md": "kom-i-gang.md"}
"""What Danish tells more shortly, and in its own order."""
ENGLISH_PAGES = {danish: english for english, danish in {**DANISH_PAGES, **MADE}.items()}
PLACEHOLDERS = {
    "ORDRE": "ORDER",
    "REGNING": "BILL",
    "UDBETALING": "PAYOUT",
    "TEKST": "TEXT",
    "NOTAT": "NOTE",
    "FIL": "FILE",
    "MAPPE": "FOLDER",
    "NAVN": "NAME",
    "VARENR": "SKU",
    "ANTAL": "QUANTITY",
    "BELØB": "AMOUNT",
}
"""What stands for something else in a command, as each language calls it."""

CAPITALS = re.compile(r"\b[A-ZÆØÅ]{2,}\b")
THOUSANDS = {
    "en": re.compile(r"\b\d{1,3}(?:,\d{3})+\b"),
    "da": re.compile(r"\b\d{1,3}(?:\.\d{3})+\b"),
}
DECIMALS = {"en": ".", "da": ","}
FIGURE = re.compile(r"\d+(?:\.\d+)?")
NAME = re.compile(r"\b[A-Z]+\d+\b|\b[A-ZÆØÅ]{2,}(?=s?\b)")
SAID_OTHERWISE = {"VAT", "EU", "EC", "EF", "EUR", "NOK"}
"""Names that are a word in the other language, or part of one."""
END = re.compile(
    r"(?<!\bstk)(?<!\bnr)(?<!\bart)(?<!\bpr)(?<!\bkr)[.?!](?=[)»”\"]*(?:\s+[^a-zæøå]|$))"
)
REMARK = re.compile(r"\s+[#;] .*")
SHORT, ALIKE = 90, 1.3
"""How many signs are few, and how many times as long a language may be for the same."""
PARSER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a page."""

    kind: str
    text: str
    states: Counter[str]

    def differs(self, other: "Piece") -> str:
        """Say what the one states and the other doesn't; empty where they say the same."""
        if self.kind != other.kind:
            return f"{self.kind} / {other.kind}"
        more, less = self.states - other.states, other.states - self.states
        if more or less:
            return f"{sorted(more.elements())} / {sorted(less.elements())}"
        lengths = len(self.text), len(other.text)
        is_alike = max(lengths) < SHORT or max(lengths) < ALIKE * min(lengths)
        return "" if is_alike else f"{lengths[0]} / {lengths[1]} signs: something isn't said"


def pieces(page: str, language: str, name: str = "") -> list[Piece]:
    """Return the pieces of the text of a page in ``language``: "en" or "da".

    Links to headings of the page itself are those of the file ``name``.
    """
    return list(_pieces(PARSER.parse(page), language, name))


def differences(one: Iterable[Piece], other: Iterable[Piece]) -> Iterator[str]:
    """Say where two pages don't state the same, until one of them has a piece more."""
    for ours, theirs in zip(one, other, strict=False):
        if difference := ours.differs(theirs):
            yield f"{difference}\n  {ours.text}\n  {theirs.text}"
            if ours.kind != theirs.kind:
                return


def _pieces(tokens: Iterable[Token], language: str, name: str) -> Iterator[Piece]:
    place: list[str] = []
    is_made = False
    for token in tokens:
        if token.type == "html_block":
            is_made = token.content != "<!-- end -->\n"
            yield Piece("example", token.content, Counter([token.content]))
        elif is_made:
            continue
        elif token.type == "fence":
            yield Piece("code", token.content, Counter(_code(token.content)))
        elif token.nesting:
            place = [*place, token.tag] if token.nesting > 0 else place[:-1]
        elif token.type == "inline":
            states = Counter(_statements(token, language, name))
            yield Piece(" ".join(place), token.content, states)


def _code(block: str) -> Iterator[str]:
    """Return the lines of a block without what is said beside them."""
    return (REMARK.sub("", line) for line in block.splitlines())


def _statements(inline: Token, language: str, name: str) -> Iterator[str]:
    words: list[str] = []
    for child in inline.children or ():
        if child.type == "code_inline":
            yield f"`{CAPITALS.sub(lambda it: PLACEHOLDERS.get(it[0], it[0]), child.content)}`"
            words.append("X")
        elif child.type == "link_open":
            yield f"-> {_target(str(child.attrs['href']), name)}"
        elif child.type == "strong_open":
            yield "emphasis"
        else:
            words.append(child.content or "\n")
    text = "".join(words)
    yield from FIGURE.findall(_in_one_form(text, language))
    for word in NAME.findall(text):
        if word not in SAID_OTHERWISE and word != "X":
            yield word
    yield from ["sentence"] * len(END.findall(text))


def _in_one_form(text: str, language: str) -> str:
    whole = THOUSANDS[language].sub(lambda it: re.sub(r"\D", "", it[0]), text)
    return re.sub(rf"(?<=\d)\{DECIMALS[language]}(?=\d)", ".", whole)


def _target(link: str, name: str) -> str:
    """Return where a link leads: the English page's name, and the heading's number in its page."""
    page, _, anchor = unquote(link).partition("#")
    page = page or name
    known = anchors(DOCS / page) if anchor else []
    heading = known.index(anchor) if anchor in known else anchor
    return f"{ENGLISH_PAGES.get(page, page)}#{heading}"


def anchors(path: Path) -> list[str]:
    """Return what the headings of a page are called in links to them."""
    tokens = PARSER.parse(path.read_text(encoding="utf-8"))
    titles = (token.content for before, token in pairwise(tokens) if before.type == "heading_open")
    return [re.sub(r"[^\w\- ]", "", title).lower().replace(" ", "-") for title in titles]
