"""What `config check`, `config show`, `config example` and `config reference` say."""

from dinero_sync.texts.catalogue import _

SCREEN = {
    "in_order": _("{file} is in order."),
    "in_order_but": _("{file} is in order, as far as can be told here."),
    "not_in_order": (
        _("{file} is not in order: 1 problem. A run would refuse it, and book nothing."),
        _("{file} is not in order: {count} problems. A run would refuse it, and book nothing."),
    ),
    "shop": _("shop"),
    "company": _("company"),
    "no_company": _("the one that `dinero-sync connect` chose, or will choose"),
    "company_number": _("{number} at Dinero"),
    "company_of_vat": _("{number} at Dinero, and no other than the one with CVR number {vat}"),
    "trigger": _("invoices"),
    "trigger_paid": _("once an order is paid"),
    "trigger_shipped": _("once an order is shipped"),
    "and_drafts": _("{when}; as drafts that wait for your word"),
    "start": _("first day"),
    "start_of": _("{day}: what was paid earlier is never transferred"),
    "start_of_shipped": _("{day}: what was shipped earlier is never transferred"),
    "ways_to_pay": _("ways to pay"),
    "no_ways_to_pay": _("none: no payment is registered, and every invoice stays open"),
    "state": _("state folder"),
    "not_here": (
        _(
            "A reference yields nothing here. Where dinero-sync runs, or for the user who runs it, "
            "that may be otherwise: a run says so if not."
        ),
        _(
            "{count} references yield nothing here. Where dinero-sync runs, or for the user who "
            "runs it, that may be otherwise: a run says so if not."
        ),
    ),
    "unwise": _("To be mended, though it works:"),
    "no_service_asked": _(
        "No service was asked. Whether the keys work, and whether Dinero has these accounts: "
        "dinero-sync doctor"
    ),
    "meant": _("{file} as it is meant, every key of it."),
    "marks": _(
        "What has the remark “{remark}” isn't in the file. No secret is shown: a reference stands "
        "as it is written, anything else as {hidden}."
    ),
    "remark": _("default"),
    "written": _("{file} is written."),
}
