"""From the configuration to what the other packages work with."""

import os
from collections.abc import Callable, Mapping
from decimal import Decimal
from inspect import signature
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from dinero_sync.config.choices import AuthMethod, ConsumerContacts, VatNumberCheck
from dinero_sync.config.home import user_state_folder
from dinero_sync.config.inboxes import bills
from dinero_sync.config.inboxes.payouts import sources_of
from dinero_sync.config.model import Config
from dinero_sync.config.rules.payments import PaymentType
from dinero_sync.config.rules.posting import GiftCards, Kinds, Rule
from dinero_sync.config.values import Section
from dinero_sync.dinero.auth.tokens import AuthSettings
from dinero_sync.domain.documents import PaymentTerms, PaymentTermsType
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem
from dinero_sync.journal.database import FILE_NAME
from dinero_sync.posting import settings as posting
from dinero_sync.posting.bills.settings import BillRule, BillSettings
from dinero_sync.posting.payouts.settings import PayoutSettings
from dinero_sync.shoporama.fields import fields_with
from dinero_sync.shoporama.reader import ReaderSettings

Setting = TypeVar("Setting")


def posting_settings(config: Config, organization_id: int) -> posting.PostingSettings:
    """Return the rules of ``config`` for the organisation."""
    rules = config.posting
    kinds = rules.kinds or Kinds()
    return posting.PostingSettings(
        organization_id=organization_id,
        trigger=config.sync.trigger,
        start_date=config.sync.start_date,
        sales_account=rules.sales_account,
        shipping_account=rules.shipping_account,
        rules=tuple(_rule(rule) for rule in rules.rules),
        payment_types=tuple(_payment_type(each) for each in config.payment_types),
        sending=tuple(
            _same(posting.SendRule, rule, when=_same(posting.SendCondition, rule.when))
            for rule in config.sending
        ),
        fees=_same_or_none(posting.ProductCondition, kinds.fee),
        gift_cards=_same_or_none(
            posting.GiftCards,
            rules.gift_cards,
            sold_as=_same_or_none(posting.ProductCondition, kinds.gift_card),
            single_purpose=_single_purpose(rules.gift_cards),
        ),
        margin=_same_or_none(posting.Margin, rules.margin_scheme),
        rounding=_same_or_none(posting.Rounding, rules.rounding),
        handed_over=_same_or_none(posting.HandedOver, rules.handed_over),
        check_vat_numbers=rules.eu_vat_numbers.check is VatNumberCheck.VIES,
        unconfirmed=rules.eu_vat_numbers.unconfirmed,
        refuse_above_threshold=rules.above_eu_threshold is posting.Undecided.HOLD,
        eu_vat_rates=frozenset(
            (country, rate) for country, rates in rules.eu_vat_rates.items() for rate in rates
        ),
        closed_until=config.dinero.closed_until,
        shared_contacts=config.contacts.consumers is ConsumerContacts.SHARED,
    )


def bill_settings(config: Config, organization_id: int) -> BillSettings | None:
    """Return the rules for bills; None where the configuration has no ``bills``."""
    if config.bills is None:
        return None
    return BillSettings(
        organization_id=organization_id,
        start_date=config.bills.start_date or config.sync.start_date,
        rules=tuple(map(_bill_rule, config.bills.rules)),
        closed_until=config.dinero.closed_until,
    )


def payout_settings(config: Config, organization_id: int) -> PayoutSettings | None:
    """Return what is said of payouts; None where the configuration has no source of them."""
    if not config.payouts.sources:
        return None
    return PayoutSettings(
        organization_id=organization_id,
        start_date=config.payouts.start_date or config.sync.start_date,
        orders_from=config.sync.start_date,
        closed_until=config.dinero.closed_until,
        sources=sources_of(config.payouts),
    )


def _bill_rule(rule: bills.BillRule) -> BillRule:
    by_rate = rule.vat if isinstance(rule.vat, Mapping) else {}
    return _same(
        BillRule,
        rule,
        names=rule.when.name,
        vat_numbers=rule.when.vat_number,
        vat=rule.vat if isinstance(rule.vat, str) else None,
        vat_by_rate=tuple(by_rate.items()),
    )


def _single_purpose(cards: GiftCards | None) -> posting.GiftCards | None:
    if cards is None or cards.single_purpose is None:
        return None
    return posting.GiftCards(
        kind=posting.GiftCardKind.SINGLE_PURPOSE,
        account=cards.single_purpose.account,
        voucher_codes=cards.single_purpose.voucher_codes,
    )


def _rule(rule: Rule) -> posting.Rule:
    product = _same(posting.ProductCondition, rule.when)
    return _same(posting.Rule, rule, when=_same(posting.RuleCondition, rule.when, product=product))


def _payment_type(entry: PaymentType) -> posting.PaymentType:
    terms = entry.payment_terms
    return _same(
        posting.PaymentType,
        entry,
        when=_same(posting.PaymentTypeCondition, entry.when),
        terms=terms and PaymentTerms(type=PaymentTermsType(terms.type), days=terms.days),
    )


def _same(kind: Callable[..., Setting], section: Section, **others: object) -> Setting:
    """Make a value of the rules from a section whose keys are called like its fields.

    ``others`` are the fields that aren't; a field that is in neither raises AttributeError, so none
    is left at its default by mistake.
    """
    named = signature(kind).parameters.keys() - others.keys()
    return kind(**{name: getattr(section, name) for name in named}, **others)


def _same_or_none(
    kind: Callable[..., Setting], section: Section | None, **others: object
) -> Setting | None:
    return None if section is None else _same(kind, section, **others)


def reader_settings(config: Config) -> ReaderSettings:
    """Return how orders of the shop are read."""
    shop, rounding = config.shoporama, config.posting.rounding
    return ReaderSettings(
        zone=ZoneInfo(shop.time_zone),
        currency=shop.currency,
        names=fields_with(shop.fields),
        countries=shop.countries,
        statuses={word.strip().lower(): meaning for word, meaning in shop.statuses.items()},
        rounding_limit=rounding.limit if rounding else Decimal(0),
    )


def auth_settings(config: Config) -> AuthSettings:
    """Return how to authorise at Dinero."""
    auth = config.dinero.auth
    with_key = auth.method is AuthMethod.API_KEY and auth.api_key is not None
    return AuthSettings(
        client_id=auth.client_id,
        client_secret=auth.client_secret.get_secret_value(),
        token_url=auth.token_url,
        timeout_seconds=float(config.http.timeout_seconds),
        authorize_url=auth.authorize_url,
        redirect_uri=auth.redirect_uri,
        api_key=auth.api_key.get_secret_value() if with_key and auth.api_key else "",
        ca_file=config.http.ca_file,
    )


def state_folder(config: Config) -> Path:
    """Return the state folder of a configuration, as :func:`folder_of_state` finds it."""
    return folder_of_state(config.sync.state_dir, config.name, is_one_of_many=config.is_one_of_many)


def folder_of_state(configured: Path | None, name: str, *, is_one_of_many: bool) -> Path:
    """Return the state folder: the configured one, systemd's, or the user's.

    A shop of many has one below the usual by its file's ``name``. It keeps that when its file is
    named alone: it is looked for there first. Raises ConfigError where there is none of them.
    """
    if configured is not None:
        return configured
    usual = usual_state_folder()
    own = usual / name
    return own if is_one_of_many or has_journal(own) else usual


def usual_state_folder() -> Path:
    """Return the state folder of a configuration that names none: systemd's, or the user's.

    ``$STATE_DIRECTORY`` is set by systemd for a unit with ``StateDirectory=`` (systemd.exec(5)).
    Raises ConfigError where there is none of them.
    """
    of_unit = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    if of_unit:
        return Path(of_unit)
    of_user = user_state_folder()
    if of_user is None:
        raise ConfigError([Problem(key="sync.state_dir", message=NO_HOME)])
    return of_user


def has_journal(folder: Path) -> bool:
    """Tell whether a run has worked with a state folder."""
    return os.path.exists(folder / FILE_NAME)  # noqa: PTH110 - never raises


NO_HOME = spoken(
    "the user that this runs as has no home folder ($HOME isn't set, and passwd "
    "has no entry), so nothing says where to remember what was done. Nothing was "
    "booked. Name sync.state_dir, a folder that stays: `state_dir: "
    "/var/lib/dinero-sync` under sync"
)
