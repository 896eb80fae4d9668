"""Writes what is made in docs/: reasons in Danish, why files are refused, and each command's help.

docs/aarsager.md is docs/reasons.md in Danish, by the catalogue ``aarsager.po``; the tables of why a
settlement file is refused are what the program says, and so are the commands. ``make texts`` writes
them, and leaves new sentences in the catalogue to be written. Tests hold the pages equal to what
comes out, so an English sentence can't change alone.
"""

import re
import sys
import textwrap
from collections.abc import Callable
from io import BytesIO
from itertools import groupby
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from command_pages import PAGES, with_commands
from published_texts import ROOT

from dinero_sync.domain.step import Language
from dinero_sync.texts.catalogue import translated
from dinero_sync.texts.refusals import REFUSALS

ENGLISH = ROOT / "docs" / "reasons.md"
DANISH = ROOT / "docs" / "aarsager.md"
CATALOGUE = Path(__file__).with_name("aarsager.po")

REFUSED = {
    ROOT / "docs" / "settlements.md": (Language.ENGLISH, "| code | what was seen |"),
    ROOT / "docs" / "udbetalinger.md": (Language.DANISH, "| kode | hvad der blev set |"),
}
"""The pages that tell why files are refused, with the titles of the table."""

WIDTH = 108
REFUSALS_HERE = re.compile(r"(<!-- refusals -->\n).*?(<!-- end -->)", re.DOTALL)
VALUE = re.compile(r"\{[^}]*\}")
CODE = re.compile(r"`[^`]+`")
HEADING = re.compile(r"(#+ )(.*)")
UNTOLD = re.compile(r"`\w+`|[-: ]+|")
"""Cells that are alike in every language: a code, the line below a heading, and nothing."""
KEPT_TOGETHER = "\N{NO-BREAK SPACE}"
Say = Callable[[str], str]


def said(page: str, say: Say) -> str:
    """Return a page of headings, paragraphs and tables with each of its texts as ``say`` has it."""
    parts = (_part(kind, list(lines), say) for kind, lines in groupby(page.splitlines(), key=_kind))
    return "\n".join(part for part in parts) + "\n"


def texts(page: str) -> list[str]:
    """Return the texts of a page that a language has words of its own for."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    said(page, note)
    return list(dict.fromkeys(found))


def _kind(line: str) -> str:
    if not line or line.startswith(("#", "|")):
        return line[:1]
    return "paragraph"


def _part(kind: str, lines: list[str], say: Say) -> str:
    if kind == "#":
        return "\n".join(HEADING.sub(lambda it: it[1] + say(it[2]), line) for line in lines)
    if kind == "|":
        return "\n".join(_row(line, say) for line in lines)
    return _wrapped(say(" ".join(lines))) if kind else "\n".join(lines)


def _row(line: str, say: Say) -> str:
    cells = (cell.strip() for cell in line.strip("|").split("|"))
    return f"| {' | '.join(cell if UNTOLD.fullmatch(cell) else say(cell) for cell in cells)} |"


def _wrapped(text: str) -> str:
    """Break lines between words, never within code."""
    whole = CODE.sub(lambda code: code[0].replace(" ", KEPT_TOGETHER), text)
    lines = textwrap.wrap(whole, WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace(KEPT_TOGETHER, " ")


def catalogue() -> Catalog:
    """Return the Danish of the page's texts."""
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="da")


def in_danish() -> str:
    """Return the Danish page; a text that has no Danish yet stays in English."""
    known = {str(each.id): str(each.string) for each in catalogue() if each.id and each.string}
    return said(ENGLISH.read_text(encoding="utf-8"), lambda text: known.get(text, text))


def with_refusals(path: Path) -> str:
    """Return the text of a page with its table of refusals made anew."""
    language, titles = REFUSED[path]
    said = {code: VALUE.sub("…", translated(text, language)) for code, text in REFUSALS.items()}
    rows = [titles, "| --- | --- |", *(f"| `{code}` | {text} |" for code, text in said.items())]
    table = "\n".join(rows)
    page = path.read_text(encoding="utf-8")
    return REFUSALS_HERE.sub(lambda marks: f"{marks[1]}{table}\n{marks[2]}", page)


def _brought_up() -> bytes:
    """Return the catalogue with the page's texts, in its order, and no others."""
    known = {each.id: each.string for each in catalogue() if each.id}
    brought_up = Catalog(locale="da")
    for text in texts(ENGLISH.read_text(encoding="utf-8")):
        brought_up.add(text, known.get(text, ""))
    stream = BytesIO()
    write_po(stream, brought_up, width=100, omit_header=True)
    return stream.getvalue()


def main() -> None:
    """Write catalogue and pages, and name those that changed."""
    _write(CATALOGUE, _brought_up())
    _write(DANISH, in_danish().encode())
    for path in REFUSED:
        _write(path, with_refusals(path).encode())
    for path in PAGES.values():
        _write(path, with_commands(path).encode())


def _write(path: Path, made: bytes) -> None:
    if not path.exists() or path.read_bytes() != made:
        path.write_bytes(made)
        sys.stdout.write(f"changed: {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
