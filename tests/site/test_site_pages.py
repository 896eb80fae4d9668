"""Links of the pages in docs/ lead on in the site, to the other language too, or are refused."""

from pathlib import Path

import pytest
from site_pages import ROOT, Listed, Section, Site, name_of, sections

POSTING = ROOT / "docs" / "posting.md"
BOGFOERING = ROOT / "docs" / "bogfoering.md"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "page.md"


def led_on(page: Path, text: str) -> str:
    """Return what becomes of a page's text in a site where it stands beside two known pages."""
    page.write_text(text, encoding="utf-8")
    row = {"en": Listed(POSTING, "posting"), "da": Listed(BOGFOERING, "bogføring")}
    listed = Section({"en": "A", "da": "B"}, (row, {"en": Listed(page, "page")}))
    return Site([listed]).text(page)


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        (f"{POSTING}", "posting.md"),
        (f"{POSTING}#the-accounts", "posting.md#the-accounts"),
        (f"{BOGFOERING}#når-øren-ryger", "da:bogfoering.html#nar-oren-ryger"),
        (f"{ROOT}/docs/README.md", "index.md"),
        (f"{ROOT}/config.example.yaml", "config-example-yaml.md"),
        ("#here", "#here"),
        ("https://dinero.dk", "https://dinero.dk"),
    ],
)
def test_a_link_leads_to_the_same_page_in_the_site(page: Path, link: str, leads_to: str) -> None:
    assert led_on(page, f"# A\n\n[a]({link})") == f"# A\n\n[a]({leads_to})"


def test_a_link_that_says_a_file_says_the_title_of_its_page(page: Path) -> None:
    said = led_on(page, f"[posting.md]({POSTING}), [`bogfoering.md`]({BOGFOERING}), [a]({POSTING})")

    assert said == (
        "[How a sale is posted](posting.md), "
        "[Sådan bogføres et salg](da:bogfoering.html#), [a](posting.md)"
    )


@pytest.mark.parametrize("link", ["gone.md", f"{ROOT}/tests", f"{ROOT}/Makefile"])
def test_a_link_to_what_the_site_does_not_have_is_refused(page: Path, link: str) -> None:
    with pytest.raises(ValueError, match="is no page of the site"):
        led_on(page, f"[a]({link})")


def test_a_file_that_is_shown_stands_in_a_page_of_its_own(page: Path) -> None:
    page.with_name("rules.yaml").write_text("a: 1\n", encoding="utf-8")
    site = Site([])

    assert "# rules.yaml\n\n```yaml\na: 1\n```" in site.text(page.with_name("rules.yaml"))


def test_no_two_pages_of_a_book_have_one_name() -> None:
    book_of = Site(sections()).book_of

    names = [(book, name_of(path)) for path, book in book_of.items()]
    assert len(names) == len(set(names))
