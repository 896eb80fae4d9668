"""From the configuration to what the other packages work with."""

import os
from decimal import Decimal
from pathlib import Path

import platformdirs

from dinero_sync.config.model import AuthMethod, Config, PaymentType, Rule
from dinero_sync.dinero.tokens import AuthSettings
from dinero_sync.domain.documents import BuyerKind, PaymentTerms, PaymentTermsType
from dinero_sync.domain.zone import Zone
from dinero_sync.posting import settings as posting


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
    )


def _rule(rule: Rule) -> posting.Rule:
    when = rule.when
    return posting.Rule(
        name=rule.name,
        account=rule.account,
        when=posting.RuleCondition(
            line=tuple(posting.LineKind(each) for each in when.line),
            vat_rate=tuple(Decimal(each) for each in when.vat_rate),
            zone=tuple(Zone(each) for each in when.zone),
            country=when.country,
            buyer=tuple(BuyerKind(each) for each in when.buyer),
            payment_type=when.payment_type,
            sku=when.sku,
            product_id=when.product_id,
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
    )


def state_folder(config: Config) -> Path:
    """Return the state folder: the configured one, systemd's, or the user's.

    ``$STATE_DIRECTORY`` is set by systemd for a unit with ``StateDirectory=`` (systemd.exec(5)).
    """
    if config.sync.state_dir is not None:
        return config.sync.state_dir
    of_unit = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    return Path(of_unit) if of_unit else platformdirs.user_state_path("dinero-sync")
