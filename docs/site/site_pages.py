"""Which pages the site has, as ``docs/README.md`` lists them, and their text for Sphinx.

In the repository a page links to another by its file. The site has three books: one in English, one
in Danish and one for developers, each in a folder, with a search of its own; so a link to a page of
another book leads over to that folder, and one to a YAML file to a page that shows it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docutils.nodes import make_id

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
"""Its heading is the program's name, which tells nothing in a list."""
INDEX = ROOT / "docs" / "README.md"
START = {book: Path(__file__).with_name(f"{book}.md") for book in ("en", "da", "dev")}
"""The page that each book begins with."""
COLUMNS = {"in English": "en", "på dansk": "da", "for developers": "dev"}
"""What heads a book's column in the tables of ``docs/README.md``."""
ELSEWHERE = " (på engelsk)"
"""What the Danish start page says of a page that is in English alone."""

HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
SECTION = re.compile(r"^## (.+) \((.+)\)$", re.MULTILINE)
LINK = re.compile(r"(?<=\]\()[^)\s]+(?=\))")
NAMED_BY_FILE = re.compile(r"\[`?[\w./-]+\.md`?\]\(([^)\s]+)\)")
LISTED = re.compile(r"\[(.+)\]\((.+)\)")
LIST_OF_PAGES = "<!-- pages -->"


class Listed(NamedTuple):
    """A page as it is listed."""

    path: Path
    label: str
    """What menus call it."""


class Section(NamedTuple):
    """Pages that belong together."""

    captions: dict[str, str]
    """What it is called, by book."""
    rows: tuple[dict[str, Listed], ...]
    """Its pages, each by book; some are in English alone."""


def sections(index: str | None = None) -> list[Section]:
    """Read what ``docs/README.md`` lists: a table for each heading, a column for each book."""
    text = INDEX.read_text(encoding="utf-8") if index is None else index
    _, *parts = SECTION.split(text)
    return [
        Section(
            {"en": english, "da": _capitalized(danish), "dev": english},
            tuple(_rows(table.strip().splitlines())),
        )
        for english, danish, table in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]


def _rows(table: list[str]) -> Iterator[dict[str, Listed]]:
    books = [COLUMNS[title] for title in _cells(table[0])]
    for line in table[2:]:
        links = zip(books, map(LISTED.fullmatch, _cells(line)), strict=True)
        yield {
            book: Listed((INDEX.parent / link[2]).resolve(), link[1])
            for book, link in links
            if link
        }


def _cells(row: str) -> list[str]:
    """Return the cells of a row after the first, which says in English what a page is about."""
    return [cell.strip() for cell in row.strip("|").split("|")[1:]]


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def name_of(path: Path) -> str:
    """Return what a page is called in the site: ``cron/README.md`` after its folder."""
    if path in START.values():
        return "index"
    if path.name == README.name:
        return "readme" if path == README else path.parent.name
    return path.stem.lower() if path.suffix == ".md" else path.name.replace(".", "-")


def title_of(path: Path) -> str:
    """Return a page's heading; a file of another kind is called by its name."""
    if path.suffix != ".md":
        return path.name
    heading = HEADING.search(path.read_text(encoding="utf-8"))
    if heading is None:
        raise ValueError(f"{path} has no heading")
    return heading[1]


def _links(page: Path) -> list[str]:
    is_text = page.suffix == ".md"
    return LINK.findall(page.read_text(encoding="utf-8")) if is_text else []


class Site:
    """The pages of all books, with the files that they show."""

    def __init__(self, listed: list[Section]) -> None:
        """Take the sections that ``docs/README.md`` lists."""
        self.sections = listed
        self.book_of = {path: book for book, path in START.items()}
        for section in listed:
            for row in section.rows:
                self.book_of |= {page.path: book for book, page in row.items()}
        for page in list(self.book_of):
            shown = ((page.parent / link).resolve() for link in _links(page))
            self.book_of |= {path: "en" for path in shown if path.suffix == ".yaml"}

    def counterparts(self, book: str, other: str) -> dict[str, str]:
        """Return what the pages of ``book`` are called in ``other``, by their names."""
        rows = (row for section in self.sections for row in section.rows)
        return {
            name_of(row[book].path): name_of(row[other].path)
            for row in rows
            if row.keys() >= {book, other}
        }

    def texts(self, book: str) -> dict[str, str]:
        """Return the Markdown of every page of a book, by its name in the site."""
        told = {name_of(path): self.text(path) for path, its in self.book_of.items() if its == book}
        told["index"] = told["index"].replace(LIST_OF_PAGES, "\n".join(self._contents(book)))
        return told

    def text(self, path: Path) -> str:
        """Return the Markdown of a page with its links as they are in the site."""
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".md":
            return f"---\norphan: true\n---\n\n# {path.name}\n\n```yaml\n{text}```\n"
        text = NAMED_BY_FILE.sub(lambda link: self._named_by_title(path, link[1]), text)
        return LINK.sub(lambda link: self._led_on(path, link[0]), text)

    def _named_by_title(self, path: Path, link: str) -> str:
        """Return a link that said a page's file as one that says its title."""
        page = (path.parent / link.partition("#")[0]).resolve()
        return f"[{title_of(page) if page.is_file() else link}]({link})"

    def _led_on(self, path: Path, link: str) -> str:
        """Return where a link of the page ``path`` leads in the site.

        Raises ValueError where it leads to a file that the site doesn't have.
        """
        target, _, anchor = link.partition("#")
        if not target or "://" in target:
            return link
        book = self.book_of[path]
        page = (path.parent / target).resolve()
        page = START[book] if page == INDEX else page
        if page not in self.book_of:
            raise ValueError(f"{path}: {link} is no page of the site")
        if self.book_of[page] == book:
            return f"{name_of(page)}.md{anchor and '#'}{anchor}"
        return f"{self.book_of[page]}:{name_of(page)}.html#{make_id(anchor)}"

    def _contents(self, book: str) -> Iterator[str]:
        """Return the start page's lists of pages, and what the menu of each page is made of."""
        for section in self.sections:
            if not any(book in row for row in section.rows):
                continue
            caption = section.captions[book]
            yield f"## {caption}\n"
            for row in section.rows:
                page = row[book if book in row else "en"]
                link = self._led_on(START[book], str(page.path))
                elsewhere = "" if book in row else ELSEWHERE
                title = f": {title_of(page.path)}" if page.path != README else ""
                yield f"- [{_capitalized(page.label)}]({link}){title}{elsewhere}"
            own = (row[book] for row in section.rows if book in row)
            menu = "\n".join(f"{_capitalized(each.label)} <{name_of(each.path)}>" for each in own)
            yield f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{menu}\n```\n"
