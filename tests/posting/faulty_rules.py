"""Rules with one fault each, whose findings stand in ``texts.yaml`` for a person to look over."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from builders import (
    ENTRY_ACCOUNTS,
    START,
    a_chart,
    a_payment_type,
    a_rule,
    an_account,
    settings,
)

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.documents import BuyerKind, MarginScheme
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    LineKind,
    Margin,
    MarginMethod,
    PaymentType,
    PaymentTypeCondition,
    PostingSettings,
    ProductCondition,
    Received,
    Rounding,
    Rule,
    Trigger,
)

CHART = a_chart(
    [
        *ENTRY_ACCOUNTS,
        an_account(1260, "Salg af ydelser til udlandet", "UVY"),
        an_account(1999, "Odd", "XYZ"),
    ]
)
CARD = a_payment_type(when=PaymentTypeCondition(gateway=("quickpay*",)))
EU_BUSINESSES = a_rule(1100, "EU businesses", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,))
GERMANS = a_rule(
    1001,
    "DE",
    zone=(Zone.EU,),
    country=("DE",),
    buyer=(BuyerKind.CONSUMER,),
    vat_rate=(Decimal(25),),
)
FOREIGN = a_rule(
    1151, "OSS", zone=(Zone.EU,), buyer=(BuyerKind.CONSUMER,), foreign_vat_account=64200
)
EXPORT = a_rule(1255, "export", zone=(Zone.WORLD,))
USED = a_rule(1051, "used", sku=("BRUGT-*",), margin_scheme=MarginScheme.USED_GOODS)
MARGIN = Margin(method=MarginMethod.INDIVIDUAL, account=1052)
SINGLE = GiftCards(
    kind=GiftCardKind.SINGLE_PURPOSE,
    account=63085,
    sold_as=ProductCondition(sku=("GAVEKORT*",)),
    voucher_codes=("GK-*",),
)
MULTI = replace(SINGLE, kind=GiftCardKind.MULTI_PURPOSE, account=63080, redeemed_account=55090)
"""The kind that a shop under OSS sells."""
SOUND = settings(
    rules=(EU_BUSINESSES, GERMANS, FOREIGN, EXPORT, USED),
    payment_types=(CARD,),
    check_vat_numbers=True,
    margin=MARGIN,
    gift_cards=MULTI,
    rounding=Rounding(limit=Decimal("0.05"), account=1490),
)
"""Rules with which nothing is wrong."""

Case = tuple[PostingSettings, Chart]
UNTAXED = (Decimal(0),)
DANISH = (Decimal(25),)
FREIGHT = a_rule(1300, "freight", line=(LineKind.SHIPPING,), zone=(Zone.DK,), vat_rate=UNTAXED)


def a_deposit_chart(**named: str) -> Chart:
    """Return the chart with these deposit accounts: ``_55000="Bank"``, and the one for cards."""
    names = {int(number.strip("_")): name for number, name in named.items()}
    names.setdefault(55090, "Gavekort indløst")
    deposit = {number: an_account(number, name) for number, name in names.items()}
    return Chart(entry=CHART.entry, deposit=deposit, vat_rates=CHART.vat_rates)


def paid_to(account: int | None, name: str, gateway: str) -> PaymentType:
    """Return a payment type of a gateway."""
    when = PaymentTypeCondition(gateway=(gateway,))
    return a_payment_type(name=name, when=when, deposit_account=account)


def rules(*added: Rule) -> Case:
    """Put rules after the sound ones."""
    return replace(SOUND, rules=(*SOUND.rules, *added)), CHART


def only(*those: Rule) -> Case:
    """Put rules in the place of the sound ones, without second-hand goods."""
    return replace(SOUND, rules=those, margin=None), CHART


def but(**changes: object) -> Case:
    """Change the sound settings."""
    return replace(SOUND, **changes), CHART  # type: ignore[arg-type] # settings refuse what they lack


def without(chart: Chart, *codes: str) -> Chart:
    """Leave the accounts with these VAT codes out of a chart."""
    kept = {number: each for number, each in chart.entry.items() if each.vat_code not in codes}
    return Chart(entry=kept, deposit=chart.deposit, vat_rates=chart.vat_rates)


def less(chart: Chart, *numbers: int) -> Chart:
    """Leave these accounts out of a chart."""
    kept = {number: each for number, each in chart.entry.items() if number not in numbers}
    return Chart(entry=kept, deposit=chart.deposit, vat_rates=chart.vat_rates)


def beside(*accounts: Account) -> Chart:
    """Add accounts to the chart, and the VAT code U12 of 12 %."""
    added = {account.number: account for account in accounts}
    rates = {**CHART.vat_rates, "U12": Decimal(12)}
    return Chart(entry={**CHART.entry, **added}, deposit=CHART.deposit, vat_rates=rates)


BANK = a_deposit_chart(_55000="Bank", _55005="Bankkonto 2", _55010="Tilgode", _55020="MobilePay")
PLAIN = settings(payment_types=(CARD,))
WHEN_SHIPPED = Received.WHEN_SHIPPED

FAULTY: dict[str, Case] = {
    # accounts
    "an account that isn't in Dinero": but(sales_account=1049),
    "an account that is hidden": but(shipping_account=1200),
    "no account at all in Dinero": (replace(PLAIN, sales_account=1049), a_chart([])),
    "a deposit account, and none is there": (SOUND, a_deposit_chart()),
    "a deposit account that isn't in Dinero, and one that is called after its payments": (
        replace(SOUND, payment_types=(CARD, paid_to(55019, "Mobil", "mobilepay"))),
        a_deposit_chart(_55010="Tilgodehavende kort", _55020="Tilgodehavende MobilePay"),
    ),
    "an account of purchases": rules(a_rule(7300, "bought", sku=("K-*",))),
    "a VAT code without a rate": rules(a_rule(1999, "odd", sku=("O-*",))),
    "a rule for lines without VAT on an account whose VAT code has no rate": rules(
        a_rule(1999, "odd", sku=("O-*",), vat_rate=UNTAXED)
    ),
    "a rule for lines without VAT on an account with VAT": rules(
        a_rule(1000, "books", sku=("BOG-*",), vat_rate=UNTAXED)
    ),
    "a rule for rates that no account has": rules(
        a_rule(1000, "odd", sku=("O-*",), vat_rate=(Decimal(6), Decimal(12)))
    ),
    "a margin scheme on an account with VAT": rules(
        a_rule(1000, "art", sku=("K-*",), margin_scheme=MarginScheme.ART)
    ),
    "foreign VAT on accounts with VAT": rules(
        a_rule(1000, "SE", country=("SE",), sku=("S-*",), foreign_vat_account=63085)
    ),
    "single-purpose cards on an account without VAT": but(
        gift_cards=replace(SINGLE, account=63080)
    ),
    "multi-purpose cards on an account with VAT": but(
        gift_cards=replace(SINGLE, kind=GiftCardKind.MULTI_PURPOSE)
    ),
    "margins on an account without VAT": but(margin=replace(MARGIN, account=1051)),
    "roundings on an account with VAT": but(rounding=Rounding(limit=Decimal(1), account=1000)),
    "the common accounts without VAT": but(sales_account=1050, shipping_account=1300),
    "freight without VAT beside goods with it by the common accounts": but(shipping_account=1300),
    "freight without VAT, and no account for it with VAT": (
        replace(SOUND, shipping_account=1300),
        less(CHART, 1350),
    ),
    "the common accounts with codes of trade abroad": but(
        sales_account=1100, shipping_account=1255
    ),
    "the common accounts called after something else": (
        replace(SOUND, sales_account=1001, shipping_account=1052),
        CHART,
    ),
    "the common account with another rate": (
        replace(SOUND, sales_account=1012),
        beside(an_account(1012, "Mad", "U12")),
    ),
    "the common accounts without VAT, and none with it": (
        replace(PLAIN, sales_account=1050, shipping_account=1300),
        without(CHART, "U25"),
    ),
    # the law
    "freight without VAT beside goods with it": rules(FREIGHT),
    "freight without VAT beside goods whose account isn't known": (
        replace(SOUND, rules=(*SOUND.rules, FREIGHT), sales_account=1049),
        CHART,
    ),
    "EU businesses on an account without a VAT code": only(
        GERMANS, FOREIGN, a_rule(1050, "EU", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,))
    ),
    "EU businesses on an account for exports": only(
        GERMANS, FOREIGN, a_rule(1255, "EU", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,))
    ),
    "EU businesses, and no account for them": (
        only(GERMANS, a_rule(1050, "EU", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,)))[0],
        without(CHART, "UEUV", "UEUY"),
    ),
    "a country's VAT by OSS, and no rule for the others": only(
        EU_BUSINESSES, EXPORT, replace(FOREIGN, when=replace(FOREIGN.when, country=("DE",)))
    ),
    "a country's VAT by OSS, and no accounts for the others": (
        only(EU_BUSINESSES, EXPORT, replace(FOREIGN, when=replace(FOREIGN.when, country=("DE",))))[
            0
        ],
        less(CHART, 64200, 1151),
    ),
    "a country's VAT by OSS, for whoever lives there": only(
        EU_BUSINESSES, EXPORT, a_rule(1151, "DE", country=("DE",), foreign_vat_account=64200)
    ),
    "the VAT of all of the EU by OSS, for freight alone": only(
        EU_BUSINESSES,
        EXPORT,
        a_rule(
            1151,
            "OSS",
            line=(LineKind.SHIPPING,),
            zone=(Zone.EU,),
            foreign_vat_account=64200,
        ),
    ),
    "Danish VAT of EU consumers beside OSS": only(
        EU_BUSINESSES,
        a_rule(1001, "EU", zone=(Zone.EU,), buyer=(BuyerKind.CONSUMER,), vat_rate=DANISH),
        FOREIGN,
        EXPORT,
    ),
    "single-purpose cards in a shop under OSS": but(gift_cards=SINGLE),
    "single-purpose cards in a shop under OSS, and no account for others": (
        replace(SOUND, gift_cards=SINGLE),
        less(CHART, 63080),
    ),
    "EU consumers' Danish VAT of any rate beside OSS": only(
        EU_BUSINESSES, a_rule(1001, "EU", buyer=(BuyerKind.CONSUMER,), zone=(Zone.EU,)), FOREIGN
    ),
    "consumers of the EU without any VAT": only(GERMANS, a_rule(1100, "EU", zone=(Zone.EU,))),
    "consumers of the EU without any VAT, and no account of debt": (
        only(GERMANS, a_rule(1100, "EU", zone=(Zone.EU,)))[0],
        less(CHART, 64200),
    ),
    "consumers of one country without any VAT": only(GERMANS, a_rule(1050, "S", country=("SE",))),
    "exports on an account without a VAT code": only(
        GERMANS, FOREIGN, a_rule(1050, "world", zone=(Zone.WORLD,))
    ),
    "exports on an account for EU businesses": only(
        GERMANS, FOREIGN, a_rule(1100, "world", zone=(Zone.WORLD,))
    ),
    "businesses of one EU country on an account without a VAT code": only(
        GERMANS, FOREIGN, a_rule(1050, "DE", country=("DE",), buyer=(BuyerKind.BUSINESS,))
    ),
    "public bodies in the EU on an account without a VAT code": only(
        GERMANS, FOREIGN, a_rule(1050, "public", zone=(Zone.EU,), buyer=(BuyerKind.PUBLIC,))
    ),
    "exports to one country on an account without a VAT code": only(
        GERMANS, FOREIGN, a_rule(1050, "NO", country=("NO",))
    ),
    "Danish sales on an account for EU businesses": rules(
        a_rule(1100, "books", zone=(Zone.DK,), sku=("BOG-*",), vat_rate=UNTAXED)
    ),
    "Danish sales on an account for EU businesses, where the number for others is taken": (
        rules(a_rule(1100, "books", zone=(Zone.DK,), sku=("BOG-*",), vat_rate=UNTAXED))[0],
        beside(an_account(1050, "Salg på messer", "U25")),
    ),
    "sales without VAT that go anywhere": only(
        GERMANS, FOREIGN, a_rule(1050, 'Bøger "A"', vat_rate=UNTAXED)
    ),
    "sales without VAT that go anywhere, as to EU businesses": (
        only(GERMANS, FOREIGN, a_rule(1100, "0 %", vat_rate=UNTAXED))[0],
        without(CHART, "UVV", "UVC", "UVY"),
    ),
    "sales without VAT that go anywhere, as to EU businesses, beside an account like it": (
        only(GERMANS, FOREIGN, a_rule(1100, "0 %", vat_rate=UNTAXED))[0],
        beside(an_account(1090, "EU-leverancer, andre varer", "UEUV")),
    ),
    "sales without VAT that go anywhere, where the number for exports is taken": (
        only(GERMANS, FOREIGN, a_rule(1050, "0 %", vat_rate=UNTAXED))[0],
        without(beside(an_account(1255, "Salg på messer", "U25")), "UVV", "UVC", "UVY"),
    ),
    "another country's VAT on an account without a VAT code": only(
        EU_BUSINESSES, GERMANS, replace(FOREIGN, account=1050)
    ),
    "another country's VAT on the EU sales list": only(
        EU_BUSINESSES, GERMANS, replace(FOREIGN, account=1100)
    ),
    "Norway's VAT on the EU sales list": only(
        EU_BUSINESSES,
        GERMANS,
        FOREIGN,
        a_rule(1100, "VOEC", country=("NO",), vat_rate=DANISH, foreign_vat_account=64210),
    ),
    "the VAT of any country, and the debt of it, on the EU sales list": only(
        EU_BUSINESSES,
        GERMANS,
        a_rule(1100, "abroad", vat_rate=(Decimal(19),), foreign_vat_account=1100),
    ),
    "Danish sales by another country's VAT": only(
        EU_BUSINESSES, GERMANS, replace(FOREIGN, when=a_rule(1, country=("DK", "FI")).when)
    ),
    "a margin scheme on the EU sales list": but(
        rules=(*SOUND.rules[:-1], replace(USED, account=1100))
    ),
    "a margin scheme on the EU sales list, and no other account": (
        replace(SOUND, rules=(*SOUND.rules[:-1], replace(USED, account=1100))),
        less(CHART, 1051),
    ),
    "roundings on the EU sales list": but(rounding=Rounding(limit=Decimal(1), account=1100)),
    "multi-purpose cards as exports": but(
        gift_cards=replace(SINGLE, kind=GiftCardKind.MULTI_PURPOSE, account=1255)
    ),
    "multi-purpose cards as exports, and no account for them": (
        replace(SOUND, gift_cards=replace(SINGLE, kind=GiftCardKind.MULTI_PURPOSE, account=1255)),
        less(CHART, 63080, 63085),
    ),
    "the debt of another country's VAT as exports, and no account for it": (
        only(EU_BUSINESSES, GERMANS, replace(FOREIGN, foreign_vat_account=1255))[0],
        less(CHART, 64200, 64210),
    ),
    "a margin scheme on an account for distance sales": but(
        rules=(*SOUND.rules[:-1], replace(USED, account=1151))
    ),
    "exports, and no account for them": (
        only(GERMANS, FOREIGN, a_rule(1050, "world", zone=(Zone.WORLD,)))[0],
        without(CHART, "UVV", "UVC", "UVY"),
    ),
    "VAT numbers that nobody asks about": but(check_vat_numbers=False),
    "reverse charge on an account with VAT": rules(
        a_rule(1000, "phones", buyer=(BuyerKind.BUSINESS,), sku=("MOBIL*",), reverse_charge=True)
    ),
    "reverse charge on an account without a code": rules(
        a_rule(1050, "phones", buyer=(BuyerKind.BUSINESS,), sku=("MOBIL*",), reverse_charge=True)
    ),
    "reverse charge on an account of sales to the EU": rules(
        a_rule(1100, "phones", buyer=(BuyerKind.BUSINESS,), sku=("MOBIL*",), reverse_charge=True)
    ),
    "reverse charge for anybody and anything": rules(a_rule(1255, "phones", reverse_charge=True)),
    "reverse charge abroad": rules(
        a_rule(1255, "phones", zone=(Zone.EU,), sku=("MOBIL*",), reverse_charge=True)
    ),
    "goods that sound like reverse charge": rules(
        a_rule(
            1255,
            "phones",
            zone=(Zone.DK,),
            buyer=(BuyerKind.BUSINESS,),
            vat_rate=UNTAXED,
            sku=("MOBIL*",),
        )
    ),
    "second-hand goods without a method": but(margin=None),
    "second-hand goods without a method, and no account for margins": (
        replace(SOUND, margin=None),
        less(CHART, 1052),
    ),
    "second-hand goods without a scheme": rules(a_rule(1051, "old", category=("Brugt*",))),
    "goods that sound second-hand without a scheme": rules(
        a_rule(1050, "old", category=("Vintage*",), zone=(Zone.DK,))
    ),
    "a method for no second-hand goods": but(rules=SOUND.rules[:-1]),
    "a method for no second-hand goods, and no account for them": (
        replace(SOUND, rules=SOUND.rules[:-1]),
        less(CHART, 1051),
    ),
    "a collective method for no second-hand goods": but(
        rules=SOUND.rules[:-1], margin=Margin(method=MarginMethod.COLLECTIVE, account=None)
    ),
    "no rule for EU consumers": only(EXPORT),
    "no rule for EU consumers, though one for EU businesses": only(EU_BUSINESSES),
    "a rule for some EU consumers": only(GERMANS),
    "all of the EU with Danish VAT and by OSS": only(
        a_rule(1001, "EU", zone=(Zone.EU,), vat_rate=DANISH),
        a_rule(1151, "OSS", zone=(Zone.EU,), foreign_vat_account=64200),
    ),
    "a margin scheme for freight": rules(
        a_rule(
            1051,
            "freight",
            line=(LineKind.SHIPPING,),
            margin_scheme=MarginScheme.USED_GOODS,
        )
    ),
    "Swedes with Danish VAT and by OSS": only(
        FOREIGN, a_rule(1001, "Swedes", zone=(Zone.EU,), country=("SE",), vat_rate=DANISH)
    ),
    "EU consumers of all countries on one account": only(
        a_rule(1001, "EU", zone=(Zone.EU,), buyer=(BuyerKind.CONSUMER,))
    ),
    "EU consumers of all countries on one account beside accounts of their own": (
        only(a_rule(1001, "EU", zone=(Zone.EU,), buyer=(BuyerKind.CONSUMER,)))[0],
        beside(
            an_account(1002, "Fjernsalg EU privat m/dansk moms - DE", "U25"),
            an_account(1003, "Fjernsalg EU privat m/dansk moms - SE", "U25"),
        ),
    ),
    "EU consumers, and no account for them": (
        only(EXPORT)[0],
        beside(an_account(1001, "Fjernsalg uden moms")),
    ),
    # gift cards
    "a rule for gift cards of no kind": (
        replace(
            SOUND, gift_cards=None, rules=(*SOUND.rules, a_rule(63085, line=(LineKind.GIFT_CARD,)))
        ),
        CHART,
    ),
    "a rule for gift cards of no kind, and no account for them": (
        replace(
            SOUND, gift_cards=None, rules=(*SOUND.rules, a_rule(1000, line=(LineKind.GIFT_CARD,)))
        ),
        less(CHART, 63080, 63085),
    ),
    "a rule that seems to be for gift cards of no kind": (
        replace(
            SOUND,
            gift_cards=None,
            rules=(*SOUND.rules, a_rule(1000, "cards", category=("Gavekort*",))),
        ),
        CHART,
    ),
    "an account for gift cards of no kind": (
        replace(
            SOUND, gift_cards=None, rules=(*SOUND.rules, a_rule(63080, "cards", product_id=(7,)))
        ),
        CHART,
    ),
    "gift cards whose codes aren't known": but(gift_cards=replace(MULTI, voucher_codes=())),
    "gift cards whose products aren't known": but(gift_cards=replace(MULTI, sold_as=None)),
    "gift cards whose payments go nowhere": but(gift_cards=replace(MULTI, redeemed_account=None)),
    "gift cards whose payments go where others do": but(
        gift_cards=replace(MULTI, redeemed_account=55010)
    ),
    "gift cards whose payments go to no deposit account": but(
        gift_cards=replace(MULTI, redeemed_account=63085)
    ),
    "gift cards whose debt is on another account": rules(
        a_rule(64200, "cards", line=(LineKind.GIFT_CARD,))
    ),
    "gift cards of both kinds, and no rule for the single-purpose ones": but(
        gift_cards=replace(MULTI, single_purpose=replace(SINGLE, voucher_codes=("GK-K*",)))
    ),
    "gift cards of both kinds, and a rule that sells goods of the single-purpose ones": but(
        gift_cards=replace(MULTI, single_purpose=replace(SINGLE, voucher_codes=("GK-K*",))),
        rules=(*SOUND.rules, a_rule(63085, "cards", sku=("KURSUS*",))),
    ),
    "gift cards of both kinds, the single-purpose ones on an account without VAT": but(
        gift_cards=replace(MULTI, single_purpose=replace(SINGLE, account=1050)),
        rules=(*SOUND.rules, a_rule(1050, "cards", line=(LineKind.GIFT_CARD,))),
    ),
    "gift cards of both kinds, and a rule that sells them on neither account": but(
        gift_cards=replace(MULTI, single_purpose=SINGLE),
        rules=(
            *SOUND.rules,
            a_rule(63085, "cards", line=(LineKind.GIFT_CARD,), sku=("KURSUS*",)),
            a_rule(64200, "odd", line=(LineKind.GIFT_CARD,)),
        ),
    ),
    # reach
    "a rule after one that takes all of it": rules(a_rule(1000, "late", zone=(Zone.WORLD,))),
    "a payment type after one that takes all of it": but(
        payment_types=(CARD, paid_to(55010, "Andet", "quickpayv10"))
    ),
    "a rule for gift cards that no product is": (
        replace(
            SOUND,
            gift_cards=replace(SINGLE, sold_as=None),
            rules=(*SOUND.rules, a_rule(63085, "cards", line=(LineKind.GIFT_CARD,))),
        ),
        CHART,
    ),
    "a rule for fees that no product is": rules(a_rule(1000, "fees", line=(LineKind.FEE,))),
    "a rule for a country that isn't in its zone": rules(
        a_rule(1000, "odd", country=("SE",), zone=(Zone.DK,))
    ),
    "a rule for freight that is a product": rules(
        a_rule(1350, "parcels", line=(LineKind.SHIPPING,), sku=("X*",))
    ),
    # payments
    "no payment types": but(payment_types=()),
    "cards on the bank account": (
        replace(
            SOUND,
            payment_types=(paid_to(None, "Faktura", "f"), paid_to(55000, "Kort", "quickpay*")),
        ),
        BANK,
    ),
    "MobilePay on another bank account": (
        replace(SOUND, payment_types=(paid_to(55005, "Mobil", "mobilepay"),)),
        BANK,
    ),
    "cards that are only called so on the bank account": (
        replace(
            SOUND,
            payment_types=(
                a_payment_type(
                    name="Visa/Mastercard",
                    when=PaymentTypeCondition(gateway_id=(3,)),
                    deposit_account=55001,
                ),
            ),
        ),
        a_deposit_chart(_55001="Driftskonto"),
    ),
    "cards on an account that is the bank by number": (
        replace(SOUND, payment_types=(paid_to(55000, "Kort", "stripe"),)),
        a_deposit_chart(_55000="Konto", _55010="Tilgodehavende Stripe"),
    ),
    "two providers on one deposit account": (
        replace(
            SOUND,
            payment_types=(paid_to(55010, "Kort", "quickpay*"), paid_to(55010, "Penge", "vipps")),
        ),
        BANK,
    ),
    "two gateways on the deposit account for cards": (
        replace(
            SOUND,
            payment_types=(paid_to(55010, "Kort", "quickpay*"), paid_to(55010, "Visa", "onpay*")),
        ),
        a_deposit_chart(_55010="Tilgodehavende kort"),
    ),
    "money on the bank before the goods are sent": (
        replace(
            SOUND,
            trigger=Trigger.SHIPPED,
            payment_types=(replace(CARD, received=WHEN_SHIPPED), paid_to(55000, "Overførsel", "o")),
        ),
        BANK,
    ),
    "money that may be taken before the goods are sent": (
        replace(
            SOUND,
            payment_types=(
                CARD,
                replace(paid_to(55020, "Mobil", "mobilepay"), trigger=Trigger.SHIPPED),
            ),
        ),
        BANK,
    ),
    "cards of which nothing says when their money comes": but(trigger=Trigger.SHIPPED),
    # time
    "a period that was reported before it came": but(closed_until=date(2027, 12, 31)),
    "a start date long ago": but(start_date=START.replace(month=8)),
}
