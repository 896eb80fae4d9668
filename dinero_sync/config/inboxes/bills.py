"""The bills of suppliers: where they lie, and which account takes which."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from dinero_sync.config.choices import Booking
from dinero_sync.config.values import (
    AccountNumber,
    Country,
    Day,
    Flag,
    Folder,
    OneOrMore,
    Section,
    Text,
    wrong,
)
from dinero_sync.domain.spoken import spoken

RATE = re.compile(r"(0|[1-9][0-9]?)(\.[0-9]{1,3})?")


def _codes(value: object) -> object:
    """Read one VAT code, or codes by the rate that is on the bill."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    if isinstance(value, Mapping) and value:
        return {_rate(key): _code(code) for key, code in value.items()}
    raise wrong(
        spoken("must be a VAT code like I25, none, or codes by rate like {{25: I25, 0: none}}")
    )


def _rate(key: object) -> Decimal:
    if not RATE.fullmatch(str(key)):
        raise wrong(spoken("takes rates in percent before its codes, like {{25: I25, 0: none}}"))
    return Decimal(str(key))


def _code(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise wrong(spoken("takes a VAT code behind each rate, like {{25: I25, 0: none}}"))


def _vat_number(value: object) -> object:
    return "".join(value.split()).upper() if isinstance(value, str) else value


Texts = Annotated[tuple[Text, ...], OneOrMore]
VatNumbers = Annotated[tuple[Annotated[Text, BeforeValidator(_vat_number)], ...], OneOrMore]


class BillWhen(Section):
    """Which bills; all that is given must hold."""

    name: Texts = Field(
        default=(), description=spoken('The supplier\'s name, also with *: "Shoporama*".')
    )
    vat_number: VatNumbers = Field(
        default=(),
        description=spoken("The supplier's VAT number with its country's letters: DK12345678."),
    )


class BillRule(Section):
    """Which account takes which bills."""

    name: Text = Field(description=spoken("What you call the rule."), examples=["Shoporama"])
    when: BillWhen = Field(description=spoken("Which bills; left out, all."))
    account: AccountNumber | None = Field(
        default=None, description=spoken("The account of purchases that takes it, like 7300.")
    )
    vat: Annotated[str | Mapping[Decimal, str] | None, BeforeValidator(_codes)] = Field(
        default=None,
        description=spoken(
            "The VAT code: I25, none, REP, HREP, IEUY, IEUV, IVY, IVV, OBPK or one of your"
            " own; or by the rate that is on the bill: {{25: I25, 0: none}}."
        ),
    )
    paid_from: AccountNumber | None = Field(
        default=None, description=spoken("The deposit account that paid it, like 55000.")
    )
    on_credit: Flag = Field(
        default=False,
        description=spoken(
            "true: the bill is owed to the supplier until you register its payment."
        ),
    )
    country: Country | None = Field(
        default=None,
        description=spoken(
            "The supplier's country, where it is abroad and its bills bear no VAT number."
        ),
    )
    settled_by: Text | None = Field(
        default=None,
        description=spoken(
            "The id of the payout source whose payouts post these fees already: the"
            " document is kept, and linked where the sums agree in time; nothing is posted."
        ),
    )

    @model_validator(mode="after")
    def _says_what_becomes_of_it(self) -> Self:
        ways = [self.paid_from is not None, self.on_credit, self.settled_by is not None]
        if sum(ways) != 1:
            raise wrong(spoken("takes one of paid_from, on_credit: true and settled_by"))
        posts = self.account is not None and self.vat is not None
        if self.settled_by is None and not posts:
            raise wrong(
                spoken("needs the account that takes the bill, and its VAT code: account and vat")
            )
        if self.settled_by is not None and (self.account is not None or self.vat is not None):
            raise wrong(spoken("posts nothing with settled_by; remove account and vat"))
        return self


class Bills(Section):
    """The bills of suppliers (bilag)."""

    inbox: Folder | None = Field(
        default=None,
        description=spoken(
            "A folder that every run looks into. A bill is moved to done/ in it once its"
            " voucher is made, or to held/ with a text that says what to do; nothing is deleted."
        ),
    )
    start_date: Day | None = Field(
        default=None,
        description=spoken("Bills of an earlier day are held. Left out, it is sync.start_date."),
    )
    booking: Booking | None = Field(
        default=None,
        description=spoken("automatic or draft, for vouchers. Left out, it is sync.booking."),
    )
    templates: Folder | None = Field(
        default=None, description=spoken("A folder with templates of your own for bills in PDF.")
    )
    looked_at: tuple[Text, ...] = Field(
        default=(),
        description=spoken(
            "Names of templates by which a bill was read that you found right: the first"
            " bill by a template that nobody has proven is held for that look."
        ),
    )
    rules: tuple[BillRule, ...] = Field(
        default=(),
        description=spoken(
            "Which account takes which bill: the first rule whose condition holds decides. Without"
            " one, a bill is held, and you are shown the rule to add. A rule: {{name: Shoporama, "
            'when: {{name: "Shoporama*"}}, account: 7300, vat: I25, paid_from: 55000}}'
        ),
    )
