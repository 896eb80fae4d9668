"""The sessions with the services, each wired as the configuration says."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from dinero_sync.clock import Clock
from dinero_sync.config.choices import AuthMethod
from dinero_sync.config.model import Config
from dinero_sync.dinero.auth import api_key, oauth
from dinero_sync.dinero.auth.token_source import BearerAuth
from dinero_sync.dinero.transport import Transport
from dinero_sync.http import HttpClient
from dinero_sync.journal.database import LIMITS, open_copy
from dinero_sync.journal.folder.token_file import TokenFile
from dinero_sync.shoporama.client import ShopAuth, ShopClient
from dinero_sync.sync.work.pacing import DailyQuota
from dinero_sync.sync.work.settings import auth_settings, state_folder
from dinero_sync.vies import SERVICE as VIES

SHOP = "Shoporama"
LEDGER = "Dinero"


def shop_session(config: Config, quota: DailyQuota, clock: Clock, *, read_only: bool) -> HttpClient:
    """Open the session with the shop, which keeps its daily quota."""
    return HttpClient(
        service=SHOP,
        timeout_seconds=float(config.http.timeout_seconds),
        clock=clock,
        read_only=read_only,
        waits_for_limit=False,
        auth=ShopAuth(config.shoporama.api_key.get_secret_value(), config.shoporama.auth_scheme),
        ca_file=config.http.ca_file,
        before_call=quota.use,
        never_called=quota.take_back,
    )


@contextmanager
def shop_to_read(config: Config, clock: Clock) -> Iterator[ShopClient]:
    """Open the shop for a command that only reads; its calls count for this process alone."""
    with closing(open_copy(state_folder(config), LIMITS)) as db:
        quota = DailyQuota(db, clock, SHOP, config.shoporama.daily_calls)
        http = shop_session(config, quota, clock, read_only=True)
        yield ShopClient(http, config.shoporama.base_url)


def dinero_auth(config: Config, tokens: TokenFile, clock: Clock) -> BearerAuth:
    """Return what authorises at Dinero, by the configured method."""
    with_key = config.dinero.auth.method is AuthMethod.API_KEY
    source = api_key.token_source if with_key else oauth.token_source
    return BearerAuth(source(auth_settings(config), tokens, clock))


def open_dinero(  # noqa: PLR0913 - what a connection to Dinero is made of
    config: Config,
    auth: BearerAuth,
    clock: Clock,
    organization_id: int | None,
    *,
    read_only: bool = True,
    before_call: Callable[[], None] | None = None,
    too_many_calls: Callable[[], None] | None = None,
) -> Transport:
    """Open a session with Dinero about one company; without one only the companies can be asked.

    ``before_call`` keeps the limit, where a journal counts the calls; ``too_many_calls`` learns
    from refusals.
    """
    http = HttpClient(
        service=LEDGER,
        timeout_seconds=float(config.http.timeout_seconds),
        clock=clock,
        read_only=read_only,
        auth=auth,
        ca_file=config.http.ca_file,
        before_call=before_call,
        too_many_calls=too_many_calls,
    )
    return Transport(http, config.dinero.base_url, organization_id, auth)


def vies_session(config: Config, clock: Clock) -> HttpClient:
    """Open the session with the EU's register of VAT numbers."""
    return HttpClient(
        service=VIES,
        timeout_seconds=float(config.http.timeout_seconds),
        clock=clock,
        read_only=True,
        ca_file=config.http.ca_file,
        waits_for_limit=False,  # nobody waits for it: the next run asks again
    )
