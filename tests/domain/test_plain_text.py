"""Texts of shops and buyers lose HTML and unseen signs, and nothing else."""

import pytest

from dinero_sync.domain.plain_text import plain_text, printable


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Kaffe &amp; T&eacute; <br/>&frac12; pris", "Kaffe & Té ½ pris"),
        ("Fr&oslash;ken J&amp;J", "Frøken J&J"),
        ("R&#248;d gr&#xF8;d", "Rød grød"),
        ('Kaf<b>fe</b> <span style="color: red">sort</span>', "Kaffe sort"),
        ("<p>Krus</p><p>Blå</p>", "Krus Blå"),
        ("&lt;b&gt;Krus&lt;/b&gt;", "Krus"),
        ("<!-- ny -->Krus", "Krus"),
        ("1&nbsp;kg&shy;", "1 kg"),
        ("Tom &amp;amp; Jerry", "Tom &amp; Jerry"),
    ],
)
def test_html_is_decoded_once_and_freed_of_tags(written: str, read: str) -> None:
    assert plain_text(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "J&J",
        "a < b > c",
        "<3",
        "x<y",
        "a<b and c>d",
        "Fish&chips",
        "Bed&copyright",
        "&ukendt;",
        "Anna <anna@example.com>",
        "<Anna>",
        "to  mellemrum",
        "Å 1\N{NO-BREAK SPACE}kg",
        "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}",
    ],
)
def test_any_other_text_stays_as_it_is(written: str) -> None:
    assert plain_text(written) == written


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Krus \x1b[2J\x1b]0;x\x07", "Krus [2J]0;x"),
        ("Krus\N{RIGHT-TO-LEFT OVERRIDE}surK", "KrussurK"),
        ("Krus\N{LEFT-TO-RIGHT ISOLATE}x\N{POP DIRECTIONAL ISOLATE}", "Krusx"),
        ("Krus\x9b2J", "Krus2J"),
        ("Krus&#27;[2J&#x202e;", "Krus[2J"),
        ("Anna\r\nPrøve\tB", "Anna Prøve B"),
        ("Anna\N{LINE SEPARATOR}Prøve", "Anna Prøve"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}Anna", "Anna"),
        ("<b\x00r>Krus", "Krus"),
    ],
)
def test_unseen_signs_are_dropped_and_breaks_become_spaces(written: str, read: str) -> None:
    assert plain_text(written) == read


def test_what_drives_a_terminal_is_shown_and_lines_stay_lines() -> None:
    text = "Krus \x1b[2J\r\N{RIGHT-TO-LEFT OVERRIDE}\x9b\n\tÅ\N{NO-BREAK SPACE}1"
    mark = "\N{REPLACEMENT CHARACTER}"

    assert printable(text) == f"Krus {mark}[2J{mark}{mark}{mark}\n\tÅ\N{NO-BREAK SPACE}1"
