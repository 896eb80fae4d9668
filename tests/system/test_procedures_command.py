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


def test_it_tells_bills_payouts_credit_notes_and_gift_cards(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    rules = [
        {"name": "Fragt", "when": {"name": "Fragt*"}, "account": 2250, "on_credit": True}
        | {"vat": {25: "I25", 0: "none"}},
        {"name": "Hosting", "account": 7300, "vat": "I25", "paid_from": 55000},
    ]
    source = {"id": "stripe", "name": "Stripe", "format": "stripe", "clearing_account": 55080}
    accounts = {"paid_to": 55095, "fee_account": 7420, "fee_vat": "IEUY", "exchange_account": 1445}
    cards = {"kind": "multi_purpose", "account": 63080, "voucher_codes": "GK-*"}
    desk.configure(
        sandbox,
        {
            "bills": {"booking": "draft", "start_date": "2026-11-01", "rules": rules},
            "payouts": {"start_date": "2026-11-02", "sources": [{**source, **accounts}]},
            "credits": {"returns": "automatic", "automatic_when": {"status": "received"}},
            "dinero.closed_until": "2026-10-31",
            "posting.gift_cards": {
                **cards,
                "redeemed_account": 55090,
                "single_purpose": {"account": 63085, "voucher_codes": ["GK-K*", "KURSUS"]},
            },
        },
    )

    told = desk.run("procedures", "--language", "en").stdout

    for each in (
        "Vouchers of suppliers' bills are left as drafts",
        "Nothing is dated 2026-10-31 or earlier",
        "A voucher `GK-*` on an order is a gift card that is used.",
        "What such a card pays is registered on account 55090",
        "Single-purpose gift cards, a voucher `GK-K*, KURSUS` on an order,",
        "Payouts of 2026-11-02 or later are posted",
        "Fees of Stripe bear the VAT code IEUY.",
        "goes to account 1445",
        "A return is certain once the shop calls it: received.",
        "Bills dated 2026-11-01 or later are recorded.",
        "Rule `Fragt`: VAT code 25 %: I25, 0 %: none.",
        "Rule `Fragt`: they are owed to the supplier",
        "Rule `Hosting`: they are paid from account 55000",
    ):
        assert each in told, each
    assert "Vouchers of suppliers' bills are booked" not in told
