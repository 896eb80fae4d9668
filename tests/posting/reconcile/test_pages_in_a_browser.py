"""The page of a period in a real browser: on a screen, on a telephone, on paper, read aloud."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import SCREEN, TELEPHONE, a_browser, axe_script, needs_browser, what_axe_finds, wide
from pages import a_period, a_quarter_that_differs, page_of
from pypdf import PdfReader
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

PAGES = {"proved": a_period, "differs": a_quarter_that_differs}

pytestmark = [needs_browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with a_browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("pages")
    for name, period in PAGES.items():
        (found / f"{name}.html").write_text(page_of(period()), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    return axe_script(tmp_path_factory.mktemp("axe"))


@pytest.fixture(params=PAGES)
def page(browser: Chrome, folder: Path, request: pytest.FixtureRequest) -> Chrome:
    wide(browser, SCREEN)
    browser.get((folder / f"{request.param}.html").as_uri())
    return browser


def asked(browser: Chrome, script: str) -> Any:  # noqa: ANN401 - whatever the script answers
    return browser.execute_script(script)


@pytest.mark.parametrize("width", [TELEPHONE, SCREEN])
def test_nothing_is_wider_than_the_screen(page: Chrome, width: int) -> None:
    wide(page, width)
    asked(page, "for (const each of document.querySelectorAll('details')) each.open = true")

    assert asked(page, "return document.documentElement.scrollWidth") <= width


def test_the_browser_refuses_nothing_in_it(page: Chrome) -> None:
    assert page.get_log("browser") == []  # type: ignore[no-untyped-call]


def test_it_prints_whole_on_few_pages(page: Chrome) -> None:
    answer = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})

    printed = PdfReader(io.BytesIO(base64.b64decode(answer["data"])))
    first = printed.pages[0].extract_text()
    assert "Afstemning" in first
    assert "Momsangivelsens rubrikker" in "".join(each.extract_text() for each in printed.pages)
    assert 2 <= len(printed.pages) <= 6


def test_a_heading_sorts_its_table_both_ways(page: Chrome) -> None:
    amounts = (
        "return [...document.querySelectorAll('#documents tbody tr')]"
        ".map(row => Number(row.cells[6].dataset.value))"
    )
    button = page.find_elements(By.CSS_SELECTOR, "#documents thead th button")[6]

    asked(page, "document.querySelectorAll('#documents th button')[6].click()")
    up = asked(page, amounts)
    asked(page, "document.querySelectorAll('#documents th button')[6].click()")

    assert up == sorted(up)
    assert asked(page, amounts) == sorted(up, reverse=True)
    assert button.find_element(By.XPATH, "..").get_attribute("aria-sort") == "descending"


def test_a_figure_leads_to_the_orders_that_it_is_made_of(page: Chrome) -> None:
    asked(page, "document.querySelector('a[href=\"#account-1000\"]').click()")

    assert asked(page, "return document.querySelector('#account-1000').checkVisibility()")


def test_without_script_all_of_it_is_there(browser: Chrome, folder: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get((folder / "proved.html").as_uri())
        shown = browser.find_element(By.CSS_SELECTOR, "main").text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    assert "Det bogførte stemmer til 0,00" in shown
    assert "Ordrer og deres bilag" in shown


@pytest.mark.parametrize("width", [TELEPHONE, SCREEN])
def test_axe_finds_nothing_that_keeps_anybody_out(page: Chrome, axe: str, width: int) -> None:
    wide(page, width)
    asked(page, "for (const each of document.querySelectorAll('details')) each.open = true")

    assert what_axe_finds(page, axe) == []
