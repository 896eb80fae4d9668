"""Making the connection to Dinero: consent or key, and the company it is for."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from dinero_sync.clock import Clock, SystemClock
from dinero_sync.config.choices import AuthMethod
from dinero_sync.config.model import Config
from dinero_sync.dinero.auth import api_key, oauth
from dinero_sync.dinero.auth.token_source import BearerAuth
from dinero_sync.dinero.auth.tokens import Tokens
from dinero_sync.dinero.client import DineroClient
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.dinero.organisations import Organization
from dinero_sync.errors import DamagedStateError
from dinero_sync.http import HttpClient
from dinero_sync.journal.token_file import TokenFile
from dinero_sync.sync.work.settings import auth_settings, state_folder
from dinero_sync.sync.work.workplace import LEDGER, bound_organization, token_source

Ask = Callable[[oauth.Consent], str]
"""Shows a person the consent's address and returns the address that they ended at."""
Choose = Callable[[list[Organization]], Organization]


def connect(config: Config, clock: SystemClock, ask: Ask, choose: Choose) -> Organization:
    """Obtain tokens, save them, choose the organisation (firma) and pin it.

    ``choose`` is asked only when several companies could be meant. Raises NotConnectedError when
    consent, key or subscription doesn't suffice; what was connected before then stays as it was,
    except that a consent ends the one before. Until another company is pinned it is the old one.
    """
    store = TokenFile(state_folder(config))
    with store.alone():
        tokens = _tokens(config, clock, ask)
        store.save(replace(tokens, organization_id=_pinned(store)))
    organization = _chosen(config, clock, store, choose)
    store.pin(organization.organization_id)
    return organization


def _pinned(store: TokenFile) -> int | None:
    """Return the company chosen before; a damaged file is replaced, and tells none."""
    with suppress(DamagedStateError):
        kept = store.read()
        return kept.organization_id if kept else None
    return None


def _tokens(config: Config, clock: Clock, ask: Ask) -> Tokens:
    settings = auth_settings(config)
    if config.dinero.auth.method is AuthMethod.API_KEY:
        return api_key.exchange(settings, clock)
    consent = oauth.begin(settings)
    return oauth.finish(settings, consent, ask(consent), clock)


def _chosen(config: Config, clock: SystemClock, store: TokenFile, choose: Choose) -> Organization:
    organizations = visible_organizations(config, clock, store)
    wanted = config.dinero.organization_id or bound_organization(state_folder(config))
    if wanted is not None:
        organizations = [each for each in organizations if each.organization_id == wanted]
    if not organizations:
        which = f"company {wanted}" if wanted is not None else "any company"
        raise NotConnectedError(
            f"The connection works, but it doesn't see {which} in Dinero. Log in as a user of the "
            "right company, or correct dinero.organization_id, then: dinero-sync connect"
        )
    usable = [each for each in organizations if each.has_plan]
    if not usable:
        numbers = ", ".join(str(each.organization_id) for each in organizations)
        raise NotConnectedError(
            f"Company {numbers} has no Dinero Pro or Total, which the API needs. Choose one under "
            "Indstillinger → Abonnement in Dinero, then: dinero-sync connect"
        )
    return usable[0] if len(usable) == 1 else choose(usable)


def visible_organizations(
    config: Config, clock: SystemClock, store: TokenFile
) -> list[Organization]:
    """List the companies that the connection sees (one call)."""
    auth = BearerAuth(token_source(config, store, clock))
    http = HttpClient(
        service=LEDGER,
        timeout_seconds=float(config.http.timeout_seconds),
        clock=clock,
        read_only=True,
        auth=auth,
        ca_file=config.http.ca_file,
    )
    return DineroClient(http, config.dinero.base_url, None, auth).organizations()
