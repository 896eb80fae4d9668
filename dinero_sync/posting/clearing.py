"""Which deposit account (indbetalingskonto) a payment provider's money belongs on."""

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
NO_PROVIDERS = ("bank", "kasse", "kontant")
"""What accounts are called where no provider's money waits for its payout."""
COMMON = 55010
"""The number that is proposed where no deposit account for providers is known."""


def provider_in(text: str) -> str:
    """Return the provider that a text speaks of; else empty."""
    return next((provider for provider in PROVIDERS if provider in text.lower()), "")


def is_bank(number: int, account: Account | None) -> bool:
    """Tell whether a deposit account is a bank account."""
    return number == BANK or (account is not None and account.name.lower().startswith("bank"))


def clearing_account(provider: str, chart: Chart) -> Account | None:
    """Return the visible deposit account that is called after a provider, or its payout's."""
    words = [provider, ALSO_CALLED.get(provider, provider)]
    if provider and provider not in OWN_ACCOUNTS:
        words.append(CARDS)
    for word in words:
        found = next((each for each in _of_providers(chart) if word in each.name.lower()), None)
        if word and found is not None:
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
