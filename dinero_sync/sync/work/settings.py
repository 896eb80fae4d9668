"""From the configuration to what the other packages work with."""

import os
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from dinero_sync.config.home import user_state_folder
from dinero_sync.config.model import (
    AuthMethod,
    Config,
    ConsumerContacts,
    PaymentType,
    ProductWhen,
    Rule,
    SendRule,
    Undecided,
    VatNumberCheck,
)
from dinero_sync.dinero.auth.tokens import AuthSettings
from dinero_sync.domain.documents import (
    BuyerKind,
    MarginScheme,
    PaymentTerms,
    PaymentTermsType,
    Sending,
)
from dinero_sync.domain.zone import Zone
from dinero_sync.errors import ConfigError, Problem
from dinero_sync.posting import settings as posting
from dinero_sync.shoporama.fields import fields_with
from dinero_sync.shoporama.reader import ReaderSettings


def posting_settings(config: Config, organization_id: int) -> posting.PostingSettings:
    """Return the rules of ``config`` for the organisation."""
    return posting.PostingSettings(
        organization_id=organization_id,
        trigger=posting.Trigger(config.sync.trigger),
        start_date=config.sync.start_date,
        sales_account=config.posting.sales_account,
        shipping_account=config.posting.shipping_account,
        rules=tuple(_rule(rule) for rule in config.posting.rules),
        payment_types=tuple(_payment_type(each) for each in config.payment_types),
        sending=tuple(_send_rule(rule) for rule in config.sending),
        fees=_fees(config),
        gift_cards=_gift_cards(config),
        margin=_margin(config),
        rounding=_rounding(config),
        check_vat_numbers=config.posting.eu_vat_numbers.check is VatNumberCheck.VIES,
        unconfirmed=posting.Unconfirmed(config.posting.eu_vat_numbers.unconfirmed),
        refuse_above_threshold=config.posting.above_eu_threshold is Undecided.HOLD,
        shared_contacts=config.contacts.consumers is ConsumerContacts.SHARED,
    )


def _send_rule(rule: SendRule) -> posting.SendRule:
    return posting.SendRule(
        name=rule.name,
        when=posting.SendCondition(
            zone=tuple(Zone(each) for each in rule.when.zone),
            country=rule.when.country,
            buyer=tuple(BuyerKind(each) for each in rule.when.buyer),
            payment_type=rule.when.payment_type,
        ),
        by=Sending(rule.by),
    )


def _fees(config: Config) -> posting.ProductCondition | None:
    kinds = config.posting.kinds
    return _product(kinds.fee) if kinds and kinds.fee else None


def _gift_cards(config: Config) -> posting.GiftCards | None:
    kinds, cards = config.posting.kinds, config.posting.gift_cards
    if cards is None:
        return None
    return posting.GiftCards(
        kind=posting.GiftCardKind(cards.kind),
        account=cards.account,
        sold_as=_product(kinds.gift_card) if kinds and kinds.gift_card else None,
        voucher_codes=cards.voucher_codes,
    )


def _margin(config: Config) -> posting.Margin | None:
    margin = config.posting.margin_scheme
    if margin is None:
        return None
    return posting.Margin(method=posting.MarginMethod(margin.method), account=margin.account)


def _rounding(config: Config) -> posting.Rounding | None:
    rounding = config.posting.rounding
    if rounding is None:
        return None
    return posting.Rounding(limit=rounding.limit, account=rounding.account)


def _product(when: ProductWhen) -> posting.ProductCondition:
    return posting.ProductCondition(
        sku=when.sku,
        product_id=when.product_id,
        category=when.category,
        profile=when.profile,
        label=when.label,
    )


def _rule(rule: Rule) -> posting.Rule:
    when, scheme = rule.when, rule.margin_scheme
    return posting.Rule(
        name=rule.name,
        account=rule.account,
        margin_scheme=MarginScheme(scheme) if scheme else None,
        foreign_vat_account=rule.foreign_vat_account,
        when=posting.RuleCondition(
            line=tuple(posting.LineKind(each) for each in when.line),
            vat_rate=tuple(Decimal(each) for each in when.vat_rate),
            zone=tuple(Zone(each) for each in when.zone),
            country=when.country,
            buyer=tuple(BuyerKind(each) for each in when.buyer),
            payment_type=when.payment_type,
            product=_product(when),
        ),
    )


def _payment_type(entry: PaymentType) -> posting.PaymentType:
    terms = entry.payment_terms
    return posting.PaymentType(
        name=entry.name,
        when=posting.PaymentTypeCondition(
            gateway=entry.when.gateway,
            gateway_id=entry.when.gateway_id,
            gateway_name=entry.when.gateway_name,
        ),
        deposit_account=entry.deposit_account,
        terms=PaymentTerms(type=PaymentTermsType(terms.type), days=terms.days) if terms else None,
        trigger=posting.Trigger(entry.trigger) if entry.trigger else None,
        exchange_rate=entry.exchange_rate,
    )


def reader_settings(config: Config) -> ReaderSettings:
    """Return how orders of the shop are read."""
    shop, rounding = config.shoporama, config.posting.rounding
    return ReaderSettings(
        zone=ZoneInfo(shop.time_zone),
        currency=shop.currency,
        names=fields_with(shop.fields),
        countries=shop.countries,
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
    """Return the state folder: the configured one, systemd's, or the user's.

    ``$STATE_DIRECTORY`` is set by systemd for a unit with ``StateDirectory=`` (systemd.exec(5)).
    Raises ConfigError where there is none of them.
    """
    if config.sync.state_dir is not None:
        return config.sync.state_dir
    of_unit = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    if of_unit:
        return Path(of_unit)
    of_user = user_state_folder()
    if of_user is None:
        raise ConfigError([Problem(key="sync.state_dir", message=NO_HOME)])
    return of_user


NO_HOME = (
    "the user that this runs as has no home folder ($HOME isn't set, and passwd has no entry), so "
    "nothing says where to remember what was done. Nothing was booked. Name sync.state_dir, a "
    "folder that stays: `state_dir: /var/lib/dinero-sync` under sync"
)
