"""docs/architecture.md names rooms and files that are there, and every room."""

import re

from published_texts import ROOT
from test_architecture import ROOMS

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.(?:py|md))?)`", PAGE)
PLACES = (ROOT / "dinero_sync", ROOT)


def test_every_file_and_folder_that_the_page_names_is_there() -> None:
    assert len(NAMED) > 40
    assert [each for each in NAMED if not any((place / each).exists() for place in PLACES)] == []


def test_every_room_is_on_the_page() -> None:
    within = {"cli.commands", "cli.reports"}

    assert [each for each in ROOMS - within if f"`{each.replace('.', '/')}/`" not in PAGE] == []
