"""What a buyer typed never drives the terminal of whoever reads about the order."""

import json
from typing import Any

from desk import Desk
from invented_sales import FIRST_ORDER_ID, an_order
from sandbox_process import SandboxProcess

HARMLESS = "Krus \x1b[2J\x1b]0;x\x07\N{RIGHT-TO-LEFT OVERRIDE}\x9b"
BOOKED, HELD = FIRST_ORDER_ID, FIRST_ORDER_ID + 1
UNSEEN = frozenset("\x1b\x07\x9b\N{RIGHT-TO-LEFT OVERRIDE}")


def dressed(place: int, **changes: object) -> dict[str, Any]:
    """Return an order whose texts hold signs that would do something at a terminal."""
    order = an_order(place)
    products = [{**line, "name": HARMLESS} for line in order["products"]]
    texts = {"order_name": HARMLESS, "order_city": HARMLESS, "webshop_order_id": f"9{HARMLESS}"}
    return {**order, **texts, "products": products, **changes}


def test_no_command_prints_signs_that_drive_a_terminal_and_none_reach_dinero(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(dressed(0), dressed(1, status=HARMLESS, payment_gateway=HARMLESS))
    assert desk.run("run").outcomes == {BOOKED: "booked", HELD: "held"}

    for words in (
        ("show", str(BOOKED)),
        ("show", str(HELD)),
        ("explain", str(BOOKED)),
        ("explain", str(HELD)),
        ("resolve", str(BOOKED)),
        ("status",),
        ("margin", "--from", "2026-01-01", "--to", "2026-12-31"),
        ("rules", "replay", "--since", "2026-01-01"),
        ("run", "--dry-run"),
    ):
        finished = desk.run(*words)
        assert UNSEEN.isdisjoint(finished.stdout + finished.stderr), words
    written = json.dumps([sandbox.books(), sandbox.writes()], default=str)
    assert not any(json.dumps(sign)[1:-1] in written for sign in UNSEEN)


def test_programs_get_what_the_shop_said_word_by_word(desk: Desk, sandbox: SandboxProcess) -> None:
    sandbox.sell(dressed(0))
    desk.run("run")

    shown = json.loads(desk.run("show", str(BOOKED), "--json").stdout)

    assert shown["shop"]["order_name"] == HARMLESS
