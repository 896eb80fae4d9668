"""What is wrong with a site: links that lead nowhere, and what it would fetch from elsewhere."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

FETCHED = {
    **dict.fromkeys(("img", "script", "iframe", "source", "video", "embed"), "src"),
    "link": "href",
    "object": "data",
}
"""What a browser fetches without being asked, and the attribute that says from where."""
FETCHED_BY_STYLE = re.compile(r"(?:url\(\s*|@import\s+)['\"]?((?!data:|#)[^'\")\s;]+)")


class _Page(HTMLParser):
    """The places of a page that links may lead to, and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors = {""}
        self.links: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value for name, value in attrs if value}
        self.anchors |= {told["id"]} if "id" in told else set()
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if told.get(FETCHED.get(tag, "")):
            self.fetched.append(told[FETCHED[tag]])


@cache
def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def faults(folder: Path) -> Iterator[str]:
    """Say of a folder of pages what doesn't lead anywhere, or isn't in it."""
    _read.cache_clear()
    for path in sorted(folder.rglob("*.html")):
        page = _read(path)
        for link in (*page.links, *page.fetched):
            if fault := _fault(path, link, is_fetched=link in page.fetched):
                yield f"{path.relative_to(folder)}: {link} {fault}"
    for path in sorted(folder.rglob("*.css")):
        for link in FETCHED_BY_STYLE.findall(path.read_text(encoding="utf-8")):
            if fault := _fault(path, link, is_fetched=True):
                yield f"{path.relative_to(folder)}: {link} {fault}"


def _fault(path: Path, link: str, *, is_fetched: bool) -> str:
    """Return what is wrong with a link; empty where nothing is."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        is_page = parts.scheme == "https" and not is_fetched
        return "" if is_page else "is fetched from elsewhere" if is_fetched else "isn't https"
    target = path if not parts.path else path.parent / unquote(parts.path)
    if not target.is_file():
        return "leads to no file"
    if target.suffix == ".html" and unquote(parts.fragment) not in _read(target.resolve()).anchors:
        return "leads to no such place in the page"
    return ""
