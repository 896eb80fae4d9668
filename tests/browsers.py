"""A real browser for tests, where there is one."""

from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

BROWSER = Path("/usr/bin/chromium")
DRIVER = Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

needs_browser = pytest.mark.skipif(
    not (BROWSER.exists() and DRIVER.exists()),
    reason=f"no browser: {BROWSER} and {DRIVER} come with apt-get install chromium chromium-driver",
)


def a_browser(folder: Path) -> Chrome:
    """Start a browser that keeps what it keeps in ``folder``; leave it by its ``with``."""
    options = ChromeOptions()
    options.binary_location = str(BROWSER)
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={folder}")
    return Chrome(options=options, service=Service(executable_path=str(DRIVER)))
