"""Which deposit account (indbetalingskonto) a payment provider's money belongs on."""

import re
from collections.abc import Collection, Iterator

from dinero_sync.domain.chart import Account, Chart

BANK = 55000
"""The bank (Bank) in Dinero's standard chart."""
PROVIDERS = (
    "adyen", "anyday", "bambora", "billwerk", "clearhaus", "dankort", "epay", "freepay", "klarna",
    "mobilepay", "nets", "onpay", "paypal", "pensopay", "quickpay", "reepay", "scanpay", "stripe",
    "swiftpay", "viabill", "vipps", "worldline", "yourpay",
)  # fmt: skip
"""Who collects money for shops in Denmark and pays it out later, less a fee."""
OWN_ACCOUNTS = {"anyday", "klarna", "mobilepay", "paypal", "stripe", "viabill", "vipps"}
"""Providers that pay out by themselves; the others carry cards to an acquirer (indløser)."""
ALSO_CALLED = {"vipps": "mobilepay"}
CARDS = "kort"
"""Stands for whoever pays out card payments, where no provider is named."""
BEGIN, END = r"(?<![^\W_])", r"(?![^\W_])"
"""Where a word, or a part of it before or after _, begins and ends."""
LIKE_OTHER_WORDS = {"nets"}
"""Providers that other words begin with: netsalg."""
CALLED_CARD = re.compile(
    rf"{BEGIN}(visa|master\s?card|maestro|american express|eurocard|(apple|google)\s?pay"
    rf"|(amex|jcb|(credit|debit)?(?<!gift[\W_])cards?){END}"
    rf"|(betalings|bank|debet|debit|firma|hæve|kredit|master)?(?<!fi[\W_])kort"
    rf"((-?(betaling|indløs|terminal)\w*)|{END}))",
    re.IGNORECASE,
)
"""What payments by card are called; not gift cards, nor paying-in slips (FI-kort)."""
CALLED_BANK = re.compile(
    rf"^drift|driftskonto|(erhvervs|firma|forenings|forretnings|løn|nem)konto|kassekredit|bank{END}"
    r"|l[åa]n\s?(&|og)\s?spar|lunar|nordea|nykredit|spar nord|sparekasse",
    re.IGNORECASE,
)
"""What bank accounts are called beside Bank."""
WAITS = re.compile("afregning|clearing|indløs|mellemregning|tilgode", re.IGNORECASE)
"""What deposit accounts are called where money waits for its payout."""
NO_PROVIDERS = ("bank", "gavekort", "kasse", "kontant")
"""What accounts are called where no provider's money waits for its payout."""
COMMON = 55010
"""The number that is proposed where no deposit account for providers is known."""


def provider_in(text: str) -> str:
    """Return the provider that a text speaks of, or that it speaks of cards; else empty."""
    named = next((provider for provider in PROVIDERS if _names(text, provider)), "")
    return named or (CARDS if CALLED_CARD.search(text) else "")


def _is_called(name: str, word: str) -> bool:
    """Tell whether an account is called after a provider, or after cards (no gift cards)."""
    if word == CARDS:
        return CARDS in name.lower().replace("gavekort", "")
    return bool(word) and _names(name, word)


def _names(text: str, provider: str) -> bool:
    end = r"(?![^\W\d_])" if provider in LIKE_OTHER_WORDS else ""
    return re.search(BEGIN + provider + end, text, re.IGNORECASE) is not None


def is_bank(number: int, account: Account | None) -> bool:
    """Tell whether a deposit account is a bank account."""
    if account is None:
        return number == BANK
    if account.name.lower().startswith("bank"):
        return True
    waits = WAITS.search(account.name) or provider_in(account.name)
    return not waits and (number == BANK or CALLED_BANK.search(account.name) is not None)


def clearing_account(provider: str, chart: Chart) -> Account | None:
    """Return the visible deposit account that is called after a provider, or its payout's."""
    words = [provider, ALSO_CALLED.get(provider, provider)]
    if provider and provider not in OWN_ACCOUNTS:
        words.append(CARDS)
    for word in words:
        found = next((each for each in _of_providers(chart) if _is_called(each.name, word)), None)
        if found is not None:
            return found
    return None


def deposit_to_paste(gateway: str, taken: Collection[int], chart: Chart) -> str:
    """Name, for YAML, the deposit account that fits a gateway best.

    That is one called after its provider; else one that no payment type names yet (``taken`` are
    those); else any that isn't a bank account or cash. Where it has to be made, a comment says so.
    """
    known = clearing_account(provider_in(gateway), chart)
    others = list(_of_providers(chart))
    free = [each for each in others if each.number not in taken]
    best = next((each for each in (known, *free, *others) if each is not None), None)
    if best is not None:
        return f"{best.number}  # {best.name}"
    return f"{COMMON}  # create it in Dinero first" if chart.deposit else f"{COMMON}"


def _of_providers(chart: Chart) -> Iterator[Account]:
    for number, account in sorted(chart.deposit.items()):
        other = is_bank(number, account) or account.name.lower().startswith(NO_PROVIDERS)
        if not account.hidden and not other:
            yield account
