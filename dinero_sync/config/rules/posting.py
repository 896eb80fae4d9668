"""Which account takes which line: the section ``posting``."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from dinero_sync.config.choices import VatNumberCheck
from dinero_sync.config.rules.conditions import NamesOrIds, ProductWhen, RuleWhen, Texts
from dinero_sync.config.values import (
    AccountNumber,
    Amount,
    BaseAddress,
    Country,
    Flag,
    OneOrMore,
    Percent,
    Section,
    Text,
    wrong,
)
from dinero_sync.domain.documents import MarginScheme
from dinero_sync.domain.spoken import spoken
from dinero_sync.posting.conditions import any_glob
from dinero_sync.posting.settings import GiftCardKind, MarginMethod, Undecided

OTHER_SCHEMES = ("margin_scheme", "foreign_vat_account")


def _skus_alone(value: object) -> object:
    """Let a text or a list stand for the numbers of the products."""
    return {"sku": value} if isinstance(value, str | list) else value


class Rule(Section):
    """A posting rule: which account takes which lines."""

    name: Text = Field(
        description=spoken("What you call the rule; it stands in the explanations."),
        examples=["sold to EU businesses"],
    )
    when: RuleWhen = Field(description=spoken("Which lines; left out, the rule takes all."))
    account: AccountNumber = Field(
        description=spoken(
            "The account in Dinero. Its VAT code decides the VAT; a line with another VAT"
            " rate is held for you to look at."
        ),
        examples=[1100],
    )
    margin_scheme: MarginScheme | None = Field(
        default=None,
        description=spoken(
            "Second-hand goods (brugtmoms): used_goods, art or collectors. The account takes the "
            "whole price and carries no VAT; see posting.margin_scheme. Such a rule takes products"
            " alone, never freight or fees."
        ),
    )
    foreign_vat_account: AccountNumber | None = Field(
        default=None,
        validate_default=True,
        description=spoken(
            "For sales with another country's VAT (OSS, VOEC): the account of debt that"
            " takes that VAT. account then takes the net, and carries no Danish VAT."
        ),
    )
    reverse_charge: Flag = Field(
        default=False,
        validate_default=True,
        description=spoken(
            "true: goods that Danish businesses pay the VAT of themselves (omvendt"
            " betalingspligt: mobile phones, game consoles, tablets, laptops). The invoice says so,"
            " with the buyer's CVR number. Such a rule takes what is sold without VAT and stays in"
            " Denmark; account carries no VAT, and is one for box C."
        ),
    )

    @field_validator("foreign_vat_account")
    @classmethod
    def _one_scheme(cls, account: int | None, info: ValidationInfo) -> int | None:
        if account is not None and info.data.get("margin_scheme") is not None:
            raise wrong(
                spoken(
                    "does not go with margin_scheme: such goods bear the VAT of Denmark on their "
                    "margin, wherever in the EU they go; remove one of the two"
                )
            )
        return account

    @field_validator("reverse_charge")
    @classmethod
    def _alone(cls, reverse_charge: object, info: ValidationInfo) -> object:
        other = next((key for key in OTHER_SCHEMES if info.data.get(key) is not None), None)
        if reverse_charge and other:
            raise wrong(
                spoken(
                    "does not go with {other}: what a Danish business pays the VAT of is sold "
                    "without any; remove one of the two",
                    other=other,
                )
            )
        return reverse_charge


class Kinds(Section):
    """Which order lines aren't ordinary goods."""

    gift_card: Annotated[ProductWhen | None, BeforeValidator(_skus_alone)] = Field(
        default=None,
        description=spoken(
            "Which products are gift cards (gavekort): by sku, product_id, category,"
            " profile or label."
        ),
    )
    fee: Annotated[ProductWhen | None, BeforeValidator(_skus_alone)] = Field(
        default=None,
        description=spoken("Which products are fees that the customer pays, likewise."),
    )


class SinglePurposeCards(Section):
    """How single-purpose gift cards are posted in a shop that has both kinds."""

    account: AccountNumber = Field(
        description=spoken(
            "An account with 25 % VAT that takes them when they are sold and used. A rule with this"
            " account and line: gift_card says which of the cards that are sold they are."
        ),
        examples=[63085],
    )
    voucher_codes: Annotated[Texts, OneOrMore] = Field(
        description=spoken(
            "The discount codes that are such cards. They are looked at before those of "
            "posting.gift_cards: a code that fits both is a single-purpose card."
        ),
        examples=["GK1-*"],
    )


class GiftCards(Section):
    """How gift cards are posted."""

    kind: GiftCardKind = Field(
        description=spoken(
            "single_purpose: usable in Denmark alone, for goods of one VAT rate; VAT is due"
            " when the card is sold. multi_purpose: any other; VAT is due when it is used. Ask your"
            " bookkeeper which yours are."
        ),
        examples=["single_purpose"],
    )
    account: AccountNumber = Field(
        description=spoken(
            "Takes the sale of cards: for single_purpose an account with 25 % VAT, for"
            " multi_purpose an account of debt without VAT (63080 in Dinero's chart)."
        ),
        examples=[63085],
    )
    voucher_codes: Texts = Field(
        default=(), description=spoken('The discount codes that are such cards, like "GK-*".')
    )
    redeemed_account: AccountNumber | None = Field(
        default=None,
        validate_default=True,
        description=spoken(
            "With multi_purpose: the deposit account (indbetalingskonto) where what a card paid is"
            " registered as a payment, to be moved from there to account by a ledger item. Make "
            "one for it alone; it always comes back to 0. Left out, orders paid with cards are "
            "held."
        ),
        examples=[55090],
    )
    single_purpose: SinglePurposeCards | None = Field(
        default=None,
        validate_default=True,
        description=spoken(
            "With multi_purpose, in a shop that has single-purpose cards, too: their account and "
            "codes. Left out, all cards are of the one kind."
        ),
        examples=[{"account": 63085, "voucher_codes": "GK1-*"}],
    )

    @field_validator("redeemed_account")
    @classmethod
    def _fits_kind(cls, redeemed: int | None, info: ValidationInfo) -> int | None:
        if redeemed is None:
            return None
        if info.data.get("kind") is GiftCardKind.SINGLE_PURPOSE:
            raise wrong(
                spoken(
                    "does not go with kind: single_purpose, where a card that is used is a line "
                    "of the invoice and no payment; remove it"
                )
            )
        if redeemed == info.data.get("account"):
            raise wrong(
                spoken(
                    "is the account that takes the sale of cards; name a deposit account "
                    "(indbetalingskonto) of its own, from which what cards paid is moved there"
                )
            )
        return redeemed

    @field_validator("single_purpose")
    @classmethod
    def _is_another_kind(
        cls, single: SinglePurposeCards | None, info: ValidationInfo
    ) -> SinglePurposeCards | None:
        if single is None:
            return None
        if info.data.get("kind") is GiftCardKind.SINGLE_PURPOSE:
            raise wrong(
                spoken(
                    "goes with kind: multi_purpose, and is for the other cards of a shop that has "
                    "both kinds; remove it, or write the multi-purpose cards above"
                )
            )
        if single.account == info.data.get("account"):
            raise wrong(
                spoken(
                    "names the account that takes multi-purpose cards, which bears no VAT; name "
                    "one with 25 % VAT (63085)"
                )
            )
        for code in info.data.get("voucher_codes", ()):
            if any_glob(single.voucher_codes, code):
                raise wrong(
                    spoken(
                        "takes the codes {code} of the multi-purpose cards, too, as its own are "
                        "looked at first; name codes by which the two are told apart",
                        code=code,
                    )
                )
        return single


class MarginSchemes(Section):
    """How second-hand goods are accounted for."""

    method: MarginMethod = Field(
        description=spoken(
            "individual: each piece's margin is posted from its purchase price at Shoporama. "
            "collective (samlemetoden): sales only; the period's margin is posted by your "
            "bookkeeper."
        ),
        examples=["individual"],
    )
    account: AccountNumber | None = Field(
        default=None,
        validate_default=True,
        description=spoken("With individual: takes the margins, and carries 25 % VAT."),
        examples=[1052],
    )

    @field_validator("account")
    @classmethod
    def _fits_method(cls, account: int | None, info: ValidationInfo) -> int | None:
        method = info.data.get("method")
        if method is MarginMethod.INDIVIDUAL and account is None:
            raise wrong(
                spoken(
                    "is missing, and method: individual needs it: the account with 25 % VAT that "
                    "takes the margins; write for example `account: 1052`"
                )
            )
        if method is MarginMethod.COLLECTIVE and account is not None:
            raise wrong(
                spoken("does not go with method: collective, which posts no margins; remove it")
            )
        return account


class Rounding(Section):
    """What may be booked as a difference of øre."""

    limit: Annotated[Amount, Field(le=1)] = Field(
        description=spoken("In kroner; a larger difference holds the order."), examples=["0.05"]
    )
    account: AccountNumber = Field(
        description=spoken("Takes the difference; carries no VAT."), examples=[1490]
    )


class HandedOver(Section):
    """Where buyers get the goods, by freight method."""

    in_denmark: NamesOrIds = Field(
        default=(),
        description=spoken(
            "Names or ids of freight methods by which buyers collect the goods in Denmark,"
            ' like "Afhentning*". Such a sale is Danish, wherever the buyer lives: its zone is dk.'
        ),
    )
    elsewhere: NamesOrIds = Field(
        default=(),
        description=spoken(
            "Names or ids of methods that sound so, and send the goods all the same."
        ),
    )


class EuVatNumbers(Section):
    """How the VAT numbers of businesses in other EU countries are looked at."""

    check: VatNumberCheck = Field(
        default=VatNumberCheck.FORMAT,
        description=spoken(
            "format looks at the form of the number. vies asks the EU's register, and keeps"
            " the answer as proof."
        ),
    )
    unconfirmed: Undecided = Field(
        default=Undecided.HOLD,
        description=spoken(
            "What becomes of a buyer whose number vies doesn't confirm: hold holds an order"
            " without VAT; charge posts the order as a consumer's."
        ),
    )
    vies_url: BaseAddress = Field(
        default="https://ec.europa.eu/taxation_customs/vies/rest-api",
        description=spoken("Where the EU's register is."),
    )


class PostingRules(Section):
    """Which account takes which line."""

    sales_account: AccountNumber = Field(
        default=1000, description=spoken("Takes the product lines that no rule takes.")
    )
    shipping_account: AccountNumber = Field(
        default=1350, description=spoken("Takes the freight that no rule takes.")
    )
    kinds: Kinds | None = Field(
        default=None,
        description=spoken("Which products are gift cards, and which are fees."),
        examples=[{"gift_card": {"sku": "GAVEKORT*"}, "fee": {"sku": "GEBYR"}}],
    )
    gift_cards: GiftCards | None = Field(
        default=None,
        description=spoken("How gift cards (gavekort) are posted when they are sold and used."),
        examples=[{"kind": "single_purpose", "account": 63085, "voucher_codes": "GK-*"}],
    )
    margin_scheme: MarginSchemes | None = Field(
        default=None,
        description=spoken(
            "How goods whose rule names a margin_scheme (brugtmoms) are accounted for."
        ),
        examples=[{"method": "individual", "account": 1052}],
    )
    rounding: Rounding | None = Field(
        default=None,
        description=spoken(
            "What may differ between an order's lines and its total. Left out: nothing."
        ),
        examples=[{"limit": Decimal("0.05"), "account": 1490}],
    )
    handed_over: HandedOver | None = Field(
        default=None,
        description=spoken(
            "Freight methods by which the goods never leave Denmark. Left out, an order"
            " that goes abroad by a free method that is called so (Afhentning, pick up) is held."
        ),
        examples=[{"in_denmark": ["Afhentning*"]}],
    )
    eu_vat_numbers: EuVatNumbers = Field(
        description=spoken("VAT numbers of businesses in other EU countries.")
    )
    above_eu_threshold: Undecided = Field(
        default=Undecided.HOLD,
        description=spoken(
            "What becomes of sales with Danish VAT to consumers in other EU countries above"
            " 10,000 EUR a year, when those countries' VAT is due: hold, or charge to book them."
        ),
    )
    eu_vat_rates: Mapping[Country, Annotated[tuple[Percent, ...], OneOrMore]] = Field(
        default_factory=dict,
        description=spoken(
            "VAT rates of other EU countries that are newer than this program, as percent by "
            "country. Another country's VAT (foreign_vat_account) at a rate that it doesn't have "
            "is held."
        ),
        examples=[{"EE": [26]}],
    )
    rules: tuple[Rule, ...] = Field(
        default=(),
        description=spoken(
            "For each line of an order the first rule whose conditions all hold decides; a"
            " list of values means any of them."
        ),
    )
