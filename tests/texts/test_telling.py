"""Sentences are made where they are shown, with the values as their reader writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dinero_sync.domain.finding import Severity, Source, error
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import (
    AS_WRITTEN,
    NOTE,
    ORDER,
    TEXT,
    Fact,
    Language,
    Yaml,
    command,
    sentence,
)
from dinero_sync.texts.catalogue import filled
from dinero_sync.texts.telling import (
    blocks,
    follows_from,
    found,
    how_many,
    in_short,
    message,
    next_step,
    reason,
    said,
)

EN, DA = Language.ENGLISH, Language.DANISH
NONE = Decimal(0)


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
        (
            "{it}",
            datetime(2026, 12, 1, 23, 5, tzinfo=UTC),
            "2026-12-02 00:05",
            "2.12.2026 kl. 00.05",
        ),
        ("{it}", 4815162, "4815162", "4815162"),
        ("{it}", ("new", "sent"), "new, sent", "new, sent"),
        ("{it:| & }", ("new", "sent"), "new & sent", "new & sent"),
        ("{it:percent| or }", (Decimal(0), Decimal(25)), "0 % or 25 %", "0 % or 25 %"),
        ("{it:word}", "shipping", "shipping", "fragt"),
        ("{it:word}", "something else", "something else", "something else"),
        ("{it}", "shipping", "shipping", "shipping"),
    ],
)
def test_values_are_written_as_readers_of_the_language_do(
    template: str, fact: Fact, english: str, danish: str
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
    assert next_step(hold.steps, DA).endswith("kør så: dinero-sync resolve ORDRE --accept NOTAT")


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
        "Dinero by hand, then adopt the order: Correct it in the shop; the order is then read "
        "again by itself. Or, where the shop keeps it under another name (`dinero-sync show 7 "
        "--json` shows all names), say so in the configuration:\nshoporama: {}\nLook at the order "
        "in the shop and write the country's ISO code in place of XX:\n\na: 1\n`dinero-sync "
        "doctor` tells what the key may read."
    )


def test_a_value_may_be_words_of_its_own_in_the_readers_language() -> None:
    words = sentence("rule_takes_rates", rule="eksport", rates=(Decimal(0), Decimal("12.5")))
    finding = error(
        key="posting.rules[0].account",
        text="account_unfit",
        facts={"account": 1000, "has": sentence("no_known_rate"), "why": words, "wanted": (NONE,)},
        source=(Source.DANISH_SALES, Source.SALES_BY_COUNTRY),
        steps=(),
    )

    assert found(finding) == (
        'Account 1000 has unknown VAT, but rule "eksport" takes lines with 0 %, 12.5 %, so it must '
        "have 0 %."
    )
    assert found(finding, DA) == (
        "Konto 1000 har ukendt moms, men reglen »eksport« tager linjer med 0 %, 12,5 %, så den "
        "skal have 0 %."
    )
    assert follows_from(finding) == "Source: momsloven §§ 33 and 34; momsbekendtgørelsen § 111"
    assert follows_from(finding, DA) == "Kilde: momsloven §§ 33 og 34; momsbekendtgørelsen § 111"


def test_a_remark_in_yaml_is_in_the_readers_language() -> None:
    steps = (sentence("name_taxed"), Yaml("account: ", sentence("create_first"), "\n"))

    assert next_step(steps).endswith("U25:\n\naccount: # create one first\n")
    assert next_step(steps, DA).endswith("U25:\n\naccount: # opret en først\n")


def test_a_sentence_with_nothing_to_show_behind_it_ends_in_a_full_stop() -> None:
    assert next_step((sentence("name_taxed"),)) == "Name an account with the VAT code U25."
    assert next_step((sentence("name_taxed"), command("doctor"))).endswith(
        "U25: dinero-sync doctor"
    )
    assert next_step((Yaml("posting:"),)) == "posting:"


def test_what_is_said_and_what_is_to_be_pasted_can_be_told_apart() -> None:
    steps = (
        sentence("look_at_what_would_be_booked"),
        command("run", "--dry-run"),
        sentence("choose_a_day"),
        Yaml("sync:\n  start_date: 2026-12-01\n\n"),
        sentence("or_name_debt", account=64200),
    )

    (first, said), (second, pasted), (third, rest) = blocks(steps)

    assert (first, second, third) == (False, True, False)
    assert said.startswith("Look at what would be booked: dinero-sync run --dry-run. For a first")
    assert said.endswith("a day that nothing else has booked:")
    assert pasted == "sync:\n  start_date: 2026-12-01"
    assert rest.startswith("or, for another country's VAT")


def test_findings_are_counted_in_the_readers_language() -> None:
    counts = {Severity.ERROR: 1, Severity.WARNING: 2}

    assert how_many(counts) == "1 error, 2 warnings"
    assert how_many(counts, DA) == "1 fejl, 2 advarsler"
    assert (how_many({}), how_many({}, DA)) == ("Nothing was found.", "Intet at bemærke.")


def test_what_an_older_version_wrote_is_told_as_it_was_written() -> None:
    said_then = said(AS_WRITTEN, {"text": "It {wasn't} sent."}, DA)
    to_do_then = next_step((sentence(AS_WRITTEN, text="Send it."),), DA)

    assert (said_then, to_do_then) == ("It {wasn't} sent.", "Send it.")


def test_other_reasons_are_told_in_whole_sentences_and_in_short() -> None:
    assert reason("unpaid") == "It waits until it is paid."
    assert reason("unpaid", DA) == "Den venter på at blive betalt."
    assert reason("not_sent", DA) == ""
    assert in_short("unpaid", DA) == "venter på at blive betalt"
    assert (in_short("not_sent"), in_short(None)) == ("not_sent", "")


def test_nothing_that_is_said_stands_on_a_line_to_be_pasted() -> None:
    steps = (sentence("name_fee"), Yaml("shoporama: {}"), sentence("or_invoice_by_hand"))

    assert "\n\nshoporama: {}\nOr make the invoice" in next_step(steps)
    assert "\n\nshoporama: {}\nEller lav fakturaen" in next_step(steps, DA)
