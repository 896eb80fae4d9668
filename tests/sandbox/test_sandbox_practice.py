"""Orders to practise on are held, each can be solved, and the books are a page for the browser."""

import re

import pytest
import requests
from sandbox_callers import TIMEOUT_SECONDS

from dinero_sync.sandbox import running_sandbox
from dinero_sync.sandbox.shop.practice import FIRST_NUMBER, FIRST_ORDER_ID, practice_orders
from dinero_sync.sandbox.state import Sandbox


def page(sandbox: Sandbox) -> str:
    return requests.get(f"{sandbox.url}/", timeout=TIMEOUT_SECONDS).text


def mend(sandbox: Sandbox, order_id: int) -> str:
    return requests.post(f"{sandbox.url}/mend/{order_id}", timeout=TIMEOUT_SECONDS).text


def test_the_page_tells_what_is_the_matter_and_mends_it_in_the_shop() -> None:
    with running_sandbox(orders="practice") as sandbox:
        before = page(sandbox)
        after = mend(sandbox, FIRST_ORDER_ID + 1)
        sound = practice_orders(sandbox.started_at)[1].mended

    assert before.count("Ret i butikken") == 2
    assert after.count("Ret i butikken") == 1
    assert "Rettet: kør igen" in after
    assert sound is not None
    assert sandbox.orders[FIRST_ORDER_ID + 1]["total_price"] == sound["total_price"]
    assert all(f"#{FIRST_NUMBER + at}" in before for at in range(4))


def test_after_a_reset_they_are_to_be_practised_on_again() -> None:
    with running_sandbox(orders="practice") as sandbox:
        mend(sandbox, FIRST_ORDER_ID + 2)
        sandbox.reset()

        assert page(sandbox).count("Ret i butikken") == 2


@pytest.mark.parametrize("order_id", [FIRST_ORDER_ID, 1])
def test_what_isnt_to_be_mended_in_the_shop_stays_as_it_is(order_id: int) -> None:
    with running_sandbox(orders="practice") as sandbox:
        before = dict(sandbox.orders.get(order_id, {}))
        mend(sandbox, order_id)

        assert sandbox.orders.get(order_id, {}) == before


def test_without_them_the_page_is_the_books_alone(sandbox: Sandbox) -> None:
    shown = page(sandbox)

    assert "Ordrer at øve sig på" not in shown
    assert "Ler og Lærred ApS" in shown
    assert re.search(r"0 bogført, 0,00 kr\.", shown)
