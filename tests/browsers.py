"""A real browser for tests, where there is one."""

import shutil
import subprocess
import tarfile
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

AXE = "axe-core@4.14.1"
"""Deque's checks of accessibility, from the package index of npm."""
TELEPHONE, SCREEN = 390, 1240

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


def wide(browser: Chrome, width: int) -> None:
    """Let the browser show what a screen of ``width`` pixels, or a telephone, would."""
    size = {"width": width, "height": 850, "deviceScaleFactor": 1, "mobile": width == TELEPHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def axe_script(folder: Path) -> str:
    """Return axe's script, fetched into ``folder``; the test is skipped where there is no npm."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm: it comes with apt-get install npm")
    subprocess.run(
        [npm, "pack", "--silent", AXE], cwd=folder, check=True, timeout=120, capture_output=True
    )
    (packed,) = folder.glob("*.tgz")
    with tarfile.open(packed) as archive:
        file = archive.extractfile("package/axe.min.js")
        assert file is not None
        return file.read().decode()


def what_axe_finds(browser: Chrome, axe: str) -> list[str]:
    """Return what keeps somebody out of the page that is shown, by axe's rules."""
    browser.execute_script(axe)
    found: list[str] = browser.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document, {preload: false}).then("
        "  found => done(found.violations.map("
        "    each => each.id + ': ' + each.nodes.slice(0, 3).map(one => one.html).join(' | '))))"
    )
    return found
