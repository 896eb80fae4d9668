"""The texts that a user reads, and the commands that stand in them."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
REASONS = ROOT / "docs" / "reasons.md"
CHANGELOG = ROOT / "CHANGELOG.md"
TEXTS = (
    README,
    CHANGELOG,
    ROOT / "cron" / "README.md",
    ROOT / "examples" / "README.md",
    *sorted((ROOT / "docs").glob("**/*.md")),
)

FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
CALL = re.compile(r"^(?:\$ )?(?:sudo )?(?:\S*/)?(dinero-sync|make)(?= |$)(.*)$")
CONTINUED = re.compile(r" \\\n\s*")
END_OF_CALL = re.compile(r"\s+(?:[|;>]|2>|&&|#).*$")


def calls_in_blocks(path: Path) -> list[str]:
    """Return the lines in the code blocks of ``path`` that call dinero-sync or make.

    One that goes on in the next line is one.
    """
    text = CONTINUED.sub(" ", path.read_text(encoding="utf-8"))
    blocks = FENCE.findall(text)
    return list(_calls(line.strip() for block in blocks for line in block.splitlines()))


def calls_in_sentences(path: Path) -> list[str]:
    """Return what the sentences and tables of ``path`` name of dinero-sync and make."""
    return list(_calls(INLINE.findall(FENCE.sub("", path.read_text(encoding="utf-8")))))


def _calls(lines: Iterable[str]) -> Iterator[str]:
    for line in dict.fromkeys(lines):
        if match := CALL.match(line):
            yield match[1] + END_OF_CALL.sub("", match[2].rstrip())


def table_below(text: str, heading: str) -> dict[str, str]:
    """Return the table of a section: the first column, without its code marks, to the second."""
    section = re.split(r"^#+ ", text.partition(f"{heading}")[2], flags=re.MULTILINE)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return {row[0].strip().strip("`"): row[1].strip() for row in rows[2:]}
