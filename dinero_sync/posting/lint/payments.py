"""Payment types whose accounts can't be reconciled with what the provider pays out."""

from collections.abc import Iterator

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.finding import Finding, Source, hint, warning
from dinero_sync.domain.step import Yaml, sentence
from dinero_sync.posting.days.received import (
    OFTEN_AT_ONCE,
    agreed_trigger,
    received_to_paste,
    way_of_type,
)
from dinero_sync.posting.payments import (
    BY_BANK,
    CARDS,
    OWN_ACCOUNTS,
    deposit_for_type,
    deposit_to_paste,
    is_bank,
    provider_in,
)
from dinero_sync.posting.settings import PaymentType, PostingSettings, Received, Trigger
from dinero_sync.posting.suggestion import yaml_account


def payment_findings(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find payments that would be registered where they don't arrive, or mixed with others."""
    if not settings.payment_types:
        yield _none(chart)
    first: dict[int, PaymentType] = {}
    for at, entry in enumerate(settings.payment_types):
        yield from _money_before_shipping(f"payment_types[{at}]", entry, settings)
        account = entry.deposit_account
        if account is None:
            continue
        key = f"payment_types[{at}].deposit_account"
        known = chart.deposit.get(account)
        if is_bank(account, known) and (provider := _provider(entry)):
            yield _on_the_bank(key, entry, account, provider, chart)
        elif account in first and _are_apart(_provider(first[account]), _provider(entry)):
            yield _shared(key, first[account], entry, account, chart)
        first.setdefault(account, entry)


def _money_before_shipping(
    key: str, entry: PaymentType, settings: PostingSettings
) -> Iterator[Finding]:
    """Find money that comes before the goods are sent, where VAT is reckoned from the latter."""
    way = way_of_type(entry)
    if entry.received is not None or agreed_trigger(entry, settings) is not Trigger.SHIPPED:
        return
    at_once, when_shipped = (
        (sentence("say_received_at_once"), received_to_paste(entry, Received.AT_ONCE)),
        (
            sentence("or_say_received_when_shipped"),
            received_to_paste(entry, Received.WHEN_SHIPPED),
        ),
    )
    if way == BY_BANK or way in OFTEN_AT_ONCE:
        by_bank = way == BY_BANK
        yield warning(
            key=key,
            text="paid_by_bank_before_shipping" if by_bank else "perhaps_paid_before_shipping",
            facts={"payment_type": entry.name},
            source=(Source.PREPAYMENT,),
            steps=(*at_once, *when_shipped),
        )
    elif entry.deposit_account is not None:
        yield hint(
            key=key,
            text="payments_before_invoices",
            facts={"payment_type": entry.name},
            source=(Source.PREPAYMENT,),
            steps=(*at_once, *when_shipped),
        )


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
        text="no_payments",
        steps=(
            sentence("say_where_payments_go"),
            Yaml(
                "payment_types:\n"
                "  - name: Kort\n"
                '    when: {gateway: "quickpay*"}\n'
                "    paid: true\n"
                "    deposit_account: ",
                deposit_to_paste("Kort", "", chart),
                "\n",
            ),
        ),
    )


def _on_the_bank(
    key: str, entry: PaymentType, account: int, provider: str, chart: Chart
) -> Finding:
    payer = "The card acquirer (indløser)" if provider == CARDS else provider.capitalize()
    shown = deposit_to_paste(provider, "", chart)
    return warning(
        key=key,
        text="payments_on_the_bank",
        facts={"payment_type": entry.name, "account": account, "payer": payer},
        source=(Source.CLEARING,),
        steps=(
            sentence("own_account_for_provider"),
            Yaml("deposit_account: ", shown, "\n"),
        ),
    )


def _shared(
    key: str, first: PaymentType, entry: PaymentType, account: int, chart: Chart
) -> Finding:
    own = deposit_for_type(entry, chart)
    fits = own is not None and own.number != account
    shown = yaml_account(own) if own and fits else sentence("one_for_this_provider")
    return warning(
        key=key,
        text="payments_share_account",
        facts={"first": first.name, "other": entry.name, "account": account},
        source=(Source.CLEARING,),
        steps=(
            sentence("deposit_account_for_each"),
            Yaml("deposit_account: ", shown, "\n"),
        ),
    )
