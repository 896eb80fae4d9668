"""What providers paid out."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

PAYOUTS: Mapping[str, str] = {
    "add_exchange_account": _(
        "Add an account for it to the configuration, under the source (ask your bookkeeper):"
    ),
    "correct_fee_vat": _(
        "If that is right (ask your bookkeeper), say so in the configuration, under the source "
        "{source}:"
    ),
    "give_bank_statement": _("Give the bank statement of those days with it:"),
    "correct_booked_item": _("Look at both, and correct it in Dinero if it is wrong there. Then:"),
    "if_it_is_this_payout": _("If it is this payout:"),
    "if_it_is_another_payout": _("If it is another one:"),
    "if_payout_is_right": _("If it was read rightly:"),
    "if_payout_was_corrected": _(
        "If the provider corrected the payout, correct its ledger item in Dinero by hand. Then:"
    ),
    "look_at_payout": _("Look at what was read:"),
    "or_compare_with_bank": _("Or compare it with what the bank got, and if it is the same:"),
    "or_payout_by_hand": _("Or post the payout in Dinero by hand, then:"),
    "payout_by_hand": _("Post the payout in Dinero by hand, then:"),
    "wait_for_orders": _("Once the orders are booked:"),
    "put_source_back": _(
        "Put the source back under payouts.sources, with the same id; the payout then goes on by "
        "itself."
    ),
}
