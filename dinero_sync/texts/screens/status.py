"""Where everything stands."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    # What is known of the whole.
    "company": _("Company in Dinero"),
    "no_company": _("none yet: dinero-sync connect"),
    "not_connected": _("{company}, not connected: dinero-sync connect"),
    "read_up_to": _("Shop read up to"),
    "last_run": _("Last run"),
    "orders": _("Orders"),
    "under_way": _("Under way"),
    "eu_consumers": _("EU consumers"),
    "counts": _("{done} done, {skipped} skipped, {waiting} waiting"),
    "goes_on": _("{count}; the next run goes on with them"),
    "sold": _("{sold} of {threshold} this year, without VAT (OSS threshold)"),
    # How the last run ended.
    "never": _("never"),
    "never_look": _("never; what it would do: dinero-sync plan"),
    "at_work": _("{when}, still at work"),
    "broke_off": _("{when}, broke off"),
    "ended": _("{when}, exit code {code}: {what}"),
    "refused": _(
        "refused, and nothing was delivered (a stale plan, or orders or days that can't be)"
    ),
    "bills": (_("{count} bill {outcome}"), _("{count} bills {outcome}")),
    "payouts": (_("{count} payout {outcome}"), _("{count} payouts {outcome}")),
    "nothing_to_do": _("nothing to do"),
    "ended_early": _("ended early"),
    # What needs a person.
    "drafts": (
        _("1 draft waits for your word. Book it in Dinero, or with:"),
        _("{count} drafts wait for your word. Book each in Dinero, or all of them with:"),
    ),
    "first": _("This needs you first:"),
    "none_is_held": _("No order is held."),
    "none_ended_well": _("No run has ended well yet."),
    "nothing_needs_you": _("Nothing needs you."),
    "goes_on_by_itself": _("The last run ended early, and the next one goes on by itself:"),
    "orders_need_you": (_("1 order needs you:"), _("{count} orders need you:")),
    "bills_need_you": (_("1 bill needs you:"), _("{count} bills need you:")),
    "payouts_need_you": (_("1 payout needs you:"), _("{count} payouts need you:")),
    "uncredited": _("Providers paid back to buyers what isn't credited here:"),
}
