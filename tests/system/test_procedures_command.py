"""``procedures``: how sales are recorded, by the configuration as it is; what changed since."""

from desk import Desk
from sandbox_process import SandboxProcess


def test_it_tells_the_rules_in_danish_and_what_changed_since(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.run("run")

    first = desk.run("procedures", "-o", "procedurer.md")
    told = (desk.folder / "procedurer.md").read_text(encoding="utf-8")
    desk.configure(sandbox, {"sync.booking": "draft"})
    desk.run("procedures", "-o", "procedurer.md")

    again = (desk.folder / "procedurer.md").read_text(encoding="utf-8")
    assert first.status == 0
    assert "bogføringsloven § 6" in told
    assert "`Kort`" in told
    assert "Fakturaer bogføres af dinero-sync uden en person." in told
    assert "ingen tidligere beskrivelse" in told
    changed = again.partition("## Ændret siden")[2]
    assert "Ikke længere: Fakturaer bogføres af dinero-sync uden en person." in changed
    assert "Nu: Fakturaer oprettes som kladder" in changed
    assert changed.count("\n- ") == 2


def test_it_is_a_page_of_its_own_in_html(desk: Desk) -> None:
    desk.run("procedures", "-o", "procedurer.html")

    ended = desk.run("procedures", "-o", "procedurer.html", "--language", "da")

    page = (desk.folder / "procedurer.html").read_text(encoding="utf-8")
    assert ended.status == 0
    assert page.startswith('<!DOCTYPE html>\n<html lang="da">')
    assert "<li>Intet.</li>" in page
    assert "<script" not in page


def test_it_is_told_in_english_where_that_is_asked_for(desk: Desk) -> None:
    ended = desk.run("procedures", "--language", "en")

    assert ended.status == 0
    assert "Who does what" in ended.stdout
