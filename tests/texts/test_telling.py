"""Sentences are made where they are shown, with the values as their reader writes them."""

from datetime import date
from decimal import Decimal

import pytest

from dinero_sync.domain.hold import HeldError, HoldReason, hold_as_written
from dinero_sync.domain.step import NOTE, ORDER, TEXT, Language, Yaml, command, sentence
from dinero_sync.texts.catalogue import filled
from dinero_sync.texts.telling import in_short, message, next_step, reason

EN, DA = Language.ENGLISH, Language.DANISH


@pytest.mark.parametrize(
    ("template", "fact", "english", "danish"),
    [
        ("{it}", Decimal("1234.5"), "1234.5", "1.234,50"),
        ("{it}", Decimal("149.00"), "149.00", "149,00"),
        ("{it:amount}", Decimal("1234.5"), "1234.50", "1.234,50"),
        ("{it:change}", Decimal("1234.5"), "+1234.50", "+1.234,50"),
        ("{it:change}", Decimal(-5), "-5.00", "-5,00"),
        ("{it:percent}", Decimal("25.00"), "25 %", "25 %"),
        ("{it:percent}", Decimal("12.50"), "12.5 %", "12,5 %"),
        ("{it:percent}", (Decimal(7), Decimal(100)), "7 %, 100 %", "7 %, 100 %"),
        ("{it:number}", Decimal("3.0"), "3", "3"),
        (
            "{it:terms}",
            (Decimal(2), Decimal("9.95"), Decimal("0.5"), Decimal(10)),
            "2 × 9.95 + 0.5 × 10",
            "2 × 9,95 + 0,5 × 10,00",
        ),
        (
            "{it:documents}",
            (7, date(2026, 12, 1), 0, date(2026, 12, 24)),
            "invoice 7 of 2026-12-01, a draft of 2026-12-24",
            "faktura 7 af 1.12.2026, en kladde af 24.12.2026",
        ),
        ("{it}", date(2026, 12, 1), "2026-12-01", "1.12.2026"),
        ("{it}", 4815162, "4815162", "4815162"),
        ("{it}", ("new", "sent"), "new, sent", "new, sent"),
        ("{it:word}", "shipping", "shipping", "fragt"),
        ("{it:word}", "something else", "something else", "something else"),
        ("{it}", "shipping", "shipping", "shipping"),
    ],
)
def test_values_are_written_as_readers_of_the_language_do(
    template: str, fact: Decimal, english: str, danish: str
) -> None:
    assert filled(template, {"it": fact}, EN) == english
    assert filled(template, {"it": fact}, DA) == danish


def test_a_hold_is_told_in_both_languages_with_the_same_values() -> None:
    hold = HeldError(
        HoldReason.CHANGED_AFTER_BOOKING,
        "",
        (sentence("credit", invoice="12"), command("resolve", ORDER, "--accept", NOTE)),
        invoice="12",
        total=Decimal("1499.50"),
        currency="DKK",
    ).hold

    assert "invoice 12 was booked" in message(hold)
    assert "1499.50 DKK" in message(hold)
    assert "faktura 12 blev bogført" in message(hold, DA)
    assert "1.499,50 DKK" in message(hold, DA)
    assert next_step(hold.steps).endswith("then: dinero-sync resolve ORDER --accept NOTE")
    assert next_step(hold.steps, DA, order="4815162", program="sudo dinero-sync").endswith(
        "kør så: sudo dinero-sync resolve 4815162 --accept NOTAT"
    )


def test_sentences_commands_and_yaml_stand_after_each_other_as_one_reads_them() -> None:
    steps = (
        sentence("discount_code"),
        command("skip", ORDER, "--reason", TEXT),
        sentence("gift_card_by_hand"),
        sentence("correct_field", order="7"),
        Yaml("shoporama: {}"),
        sentence("write_country"),
        Yaml("a: 1\n"),
        sentence("doctor_tells_rights"),
    )

    assert next_step(steps) == (
        "A plain discount code: dinero-sync skip ORDER --reason TEXT. A gift card: book it in "
        "Dinero by hand, then skip the order. Correct it in the shop; the order is then read again "
        "by itself. Or, where the shop keeps it under another name (`dinero-sync show 7 --json` "
        "shows all names), say so in the configuration:\nshoporama: {} Look at the order in the "
        "shop and write the country's ISO code in place of XX:\n\na: 1\n`dinero-sync doctor` tells "
        "what the key may read."
    )


def test_what_an_older_version_wrote_is_told_as_it_was_written() -> None:
    hold = hold_as_written(HoldReason.NOT_SENT, "It {wasn't} sent.", "Send it.")

    assert (message(hold, DA), next_step(hold.steps, DA)) == ("It {wasn't} sent.", "Send it.")


def test_other_reasons_are_told_in_whole_sentences_and_in_short() -> None:
    assert reason("unpaid") == "It waits until it is paid."
    assert reason("unpaid", DA) == "Den venter på at blive betalt."
    assert reason("not_sent", DA) == ""
    assert in_short("unpaid", DA) == "venter på at blive betalt"
    assert (in_short("not_sent"), in_short(None)) == ("not_sent", "")
