"""Payment types whose accounts can't be reconciled with what the provider pays out."""

from collections.abc import Iterator

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.finding import Finding, hint, warning
from dinero_sync.posting.payments import (
    CARDS,
    OWN_ACCOUNTS,
    deposit_for_type,
    deposit_to_paste,
    is_bank,
    provider_in,
)
from dinero_sync.posting.settings import PaymentType, PostingSettings

CLEARING = "Dinero support: salg på internettet, betalingsløsning og bogføring"


def payment_findings(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find payments that would be registered where they don't arrive, or mixed with others."""
    if not settings.payment_types:
        yield _none(chart)
    first: dict[int, PaymentType] = {}
    for at, entry in enumerate(settings.payment_types):
        account = entry.deposit_account
        if account is None:
            continue
        key = f"payment_types[{at}].deposit_account"
        known = chart.deposit.get(account)
        if is_bank(account, known) and (provider := _provider(entry)):
            yield _on_the_bank(key, entry, account, provider, chart)
        elif account in first and _are_apart(_provider(first[account]), _provider(entry)):
            yield _shared(key, first[account], entry, chart)
        first.setdefault(account, entry)


def _provider(entry: PaymentType) -> str:
    """Return the provider that a payment type's condition or name speaks of; else empty."""
    return provider_in(" ".join((*entry.when.gateway, *entry.when.gateway_name, entry.name)))


def _are_apart(one: str, other: str) -> bool:
    """Tell whether two providers pay out apart; a gateway for cards may be meant by cards."""
    cards = CARDS in {one, other} and not {one, other} & {*OWN_ACCOUNTS, ""}
    return one != other and not cards


def _none(chart: Chart) -> Finding:
    return hint(
        key="payment_types",
        message="No payment is registered: every invoice stays open in Dinero.",
        mending="Say where payments go:\n\n"
        "payment_types:\n"
        "  - name: Kort\n"
        '    when: {gateway: "quickpay*"}\n'
        "    paid: true\n"
        f"    deposit_account: {deposit_to_paste('Kort', '', chart)}\n",
    )


def _on_the_bank(
    key: str, entry: PaymentType, account: int, provider: str, chart: Chart
) -> Finding:
    payer = "The card acquirer (indløser)" if provider == CARDS else provider.capitalize()
    shown = deposit_to_paste(provider, "", chart)
    return warning(
        key=key,
        message=f'Payment type "{entry.name}" registers payments on the bank account {account}. '
        f"{payer} pays out later, several orders at once and less fees, so the "
        "bank can never be reconciled.",
        source=CLEARING,
        mending="Use a deposit account of its own for the provider (create it in Dinero), which "
        f"the payout empties:\n\ndeposit_account: {shown}\n",
    )


def _shared(key: str, first: PaymentType, entry: PaymentType, chart: Chart) -> Finding:
    account, own = entry.deposit_account, deposit_for_type(entry, chart)
    fits = own is not None and own.number != account
    shown = f"{own.number}  # {own.name}" if own and fits else "# one for this provider alone"
    return warning(
        key=key,
        message=f'Payment types "{first.name}" and "{entry.name}" share the deposit account '
        f"{account}. If different providers pay them out, what each still owes can't be told.",
        source=CLEARING,
        mending="Create a deposit account for each provider in Dinero, and name it:\n\n"
        f"deposit_account: {shown}\n",
    )
