"""The site as a reader meets it: searched without a network, on a screen and on a telephone."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from browsers import SCREEN, TELEPHONE, a_browser, axe_script, needs_browser, what_axe_finds, wide
from build_site import build
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

pytestmark = [needs_browser, pytest.mark.slow]
RESULTS = "#search-results ul.search li a"


class Quiet(SimpleHTTPRequestHandler):
    """A web server that writes no log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assert build(folder / "built", folder / "work") == []
    return folder / "built"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with a_browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    return axe_script(tmp_path_factory.mktemp("axe"))


@pytest.mark.parametrize(
    ("language", "word", "page"),
    [
        ("da", "mellemregningskontoens", "Penge på vej"),
        ("da", "kreditnotaernes", "Penge på vej"),
        ("da", "period_closed", "Årsagskoder"),
        ("en", "settled", "Settlement files"),
        ("en", "skipping", "Reason codes"),
    ],
)
def test_a_word_in_another_form_is_found(
    browser: Chrome, site: Path, language: str, word: str, page: str
) -> None:
    wide(browser, SCREEN)
    browser.get(f"{(site / language / 'search.html').as_uri()}?q={word}")

    def is_found(shown: Chrome) -> bool:
        found = shown.find_elements(By.CSS_SELECTOR, RESULTS)
        return any(each.text.startswith(page) for each in found)

    assert WebDriverWait(browser, 20).until(is_found)


@pytest.mark.parametrize("width", [TELEPHONE, SCREEN])
@pytest.mark.parametrize("page", ["index", "da/index", "da/aarsager", "en/posting", "en/search"])
def test_a_page_can_be_read_by_anybody(
    browser: Chrome, site: Path, axe: str, page: str, width: int
) -> None:
    wide(browser, width)
    browser.get((site / f"{page}.html").as_uri())

    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert what_axe_finds(browser, axe) == []


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """Where a web server on this machine has the site."""
    handler = partial(Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_nothing_is_fetched_from_elsewhere(browser: Chrome, served: str) -> None:
    browser.get(f"{served}da/search.html?q=moms")

    fetched = browser.execute_script(
        "return performance.getEntriesByType('resource').map(each => each.name)"
    )
    assert len(fetched) > 5
    assert [name for name in fetched if not name.startswith(served)] == []


def test_a_page_leads_to_itself_in_the_other_language(browser: Chrome, site: Path) -> None:
    wide(browser, SCREEN)
    browser.get((site / "da" / "bogfoering.html").as_uri())

    browser.find_element(By.LINK_TEXT, "English").click()

    assert browser.current_url == (site / "en" / "posting.html").as_uri()
    assert browser.execute_script("return document.documentElement.lang") == "en"
