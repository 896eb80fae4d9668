"""A site whose links lead nowhere, or that fetches anything from elsewhere, is found out."""

from pathlib import Path

import pytest
from site_faults import faults


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "other.html").write_text('<h1 id="top">Other</h1>', encoding="utf-8")
    (tmp_path / "style.css").write_text("a { color: red }", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        '<a href="other.html">a</a>',
        '<a href="other.html#top">a</a>',
        '<a href="#here" id="here">a</a>',
        '<a href="https://dinero.dk">a</a>',
        '<link rel="stylesheet" href="style.css?v=1">',
    ],
)
def test_what_leads_somewhere_is_right(folder: Path, text: str) -> None:
    (folder / "page.html").write_text(text, encoding="utf-8")

    assert list(faults(folder)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<a href="gone.html">a</a>', "leads to no file"),
        ('<a href="other.html#gone">a</a>', "leads to no such place in the page"),
        ('<a href="#gone">a</a>', "leads to no such place in the page"),
        ('<a href="http://dinero.dk">a</a>', "isn't https"),
        ('<script src="https://example.com/a.js"></script>', "is fetched from elsewhere"),
        ('<link rel="stylesheet" href="//example.com/a.css">', "is fetched from elsewhere"),
        ('<img src="gone.png">', "leads to no file"),
    ],
)
def test_what_does_not_is_named(folder: Path, text: str, fault: str) -> None:
    (folder / "page.html").write_text(text, encoding="utf-8")

    (found,) = faults(folder)
    assert found.startswith("page.html: ")
    assert found.endswith(fault)


@pytest.mark.parametrize(
    "style", ["@import 'https://example.com/a.css';", "a { background: url(//example.com/a.png) }"]
)
def test_a_style_that_fetches_from_elsewhere_is_named(folder: Path, style: str) -> None:
    (folder / "style.css").write_text(style, encoding="utf-8")

    (found,) = faults(folder)
    assert found.endswith("is fetched from elsewhere")
