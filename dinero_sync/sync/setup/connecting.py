"""Making the connection to Dinero: consent or key, and the company it is for."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from dinero_sync.clock import Clock, SystemClock
from dinero_sync.config.choices import AuthMethod
from dinero_sync.config.model import Config
from dinero_sync.dinero import organisations
from dinero_sync.dinero.auth import api_key, oauth
from dinero_sync.dinero.auth.tokens import Tokens
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.dinero.organisations import Organization
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import DamagedStateError
from dinero_sync.journal.folder.token_file import TokenFile
from dinero_sync.sync.work.services import dinero_auth, open_dinero
from dinero_sync.sync.work.settings import auth_settings, state_folder
from dinero_sync.sync.work.state import bound_organization

Ask = Callable[[oauth.Consent], str]
"""Shows a person the consent's address and returns the address that they ended at."""
Choose = Callable[[list[Organization]], Organization]
Unusable = Callable[[Sequence[Organization], str], NotConnectedError]
"""Builds the error where no company can be used: from those meant, which have no plan, and from
the words for what was looked for."""


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
    auth = dinero_auth(config, store, clock)
    seen = organisations.organizations(open_dinero(config, auth, clock, None))
    wanted = config.dinero.organization_id or bound_organization(state_folder(config))
    organization = choose_company(seen, wanted, choose, _unusable)
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


def choose_company(
    seen: Sequence[Organization], wanted: int | None, choose: Choose, unusable: Unusable
) -> Organization:
    """Return the company meant, of those that the connection sees and whose plan has the API.

    ``wanted`` is its number where that is known; ``choose`` is asked only when several could be
    meant. Raises what ``unusable`` builds where none can be used.
    """
    meant = [each for each in seen if wanted in {None, each.organization_id}]
    usable = [each for each in meant if each.has_plan]
    if not usable:
        any_company = spoken("any company")
        raise unusable(
            meant, any_company if wanted is None else spoken("company {wanted}", wanted=wanted)
        )
    return usable[0] if len(usable) == 1 else choose(usable)


def _unusable(meant: Sequence[Organization], which: str) -> NotConnectedError:
    if not meant:
        return NotConnectedError(
            spoken(
                "The connection works, but it doesn't see {which} in Dinero. Log in as a "
                "user of the right company, or correct dinero.organization_id, then: "
                "dinero-sync connect",
                which=which,
            )
        )
    numbers = ", ".join(str(each.organization_id) for each in meant)
    return NotConnectedError(
        spoken(
            "Company {numbers} has no Dinero Pro or Total, which the API needs. Choose "
            "one under Indstillinger → Abonnement in Dinero, then: dinero-sync connect",
            numbers=numbers,
        )
    )
