"""The pages on the architecture name rooms and files that are there, and every room."""

import re

from published_texts import ROOT
from test_architecture import ROOMS

PAGES = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("architecture", "rooms", "documents", "extending")
}
NAMED = re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.(?:py|md))?)`", "".join(PAGES.values()))
PLACES = (ROOT / "dinero_sync", ROOT)


def test_every_file_and_folder_that_the_pages_name_is_there() -> None:
    assert len(NAMED) > 40
    assert [each for each in NAMED if not any((place / each).exists() for place in PLACES)] == []


def test_every_room_is_on_the_page_of_rooms() -> None:
    within = {"cli.commands", "cli.reports"}

    rooms = [f"`{each.replace('.', '/')}/`" for each in sorted(ROOMS - within)]
    assert [each for each in rooms if each not in PAGES["rooms"]] == []
