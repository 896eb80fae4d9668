"""A complete configuration for dinero-sync against a running sandbox."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal, TypeAlias

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.clock import copenhagen_day

AuthMethod: TypeAlias = Literal["api_key", "visma_connect"]
Trigger: TypeAlias = Literal["paid", "shipped"]
ORDER_HISTORY_DAYS = 31

HEAD = """\
# A shop and a company that exist only in the sandbox at {url}
shoporama:
  base_url: {url}/shoporama/REST
  api_key: {shop_token}
  auth_scheme: Shoporama
dinero:
  organization_id: {organization_id}
  vat_number: "{vat_number}"
  base_url: {url}/dinero
  calls_per_minute: 1000000        # the sandbox has no limit unless it is asked for one
  auth:
"""

API_KEY_AUTH = """\
    method: api_key
    client_id: {client_id}
    client_secret: {client_secret}
    api_key: {api_key}
    token_url: {url}/authz/dineroapi/oauth/token
"""

VISMA_AUTH = """\
    method: visma_connect
    client_id: {client_id}
    client_secret: {client_secret}
    authorize_url: {url}/visma/connect/authorize
    token_url: {url}/visma/connect/token
    redirect_uri: {redirect_uri}
"""

REST = """\
posting:
  sales_account: 1000
  shipping_account: 1350
  eu_vat_numbers:
    vies_url: {url}/vies           # the EU's register, made up as well
{check}  rules:
    - name: EU businesses
      when: {{zone: eu, buyer: business}}
      account: 1100
    - name: export
      when: {{zone: world}}
      account: 1255
{eu_consumers}payment_types:
  - name: Kort
    when: {{gateway: "quickpay*"}}
    paid: true
    deposit_account: 55010
  - name: MobilePay
    when: {{gateway: mobilepay}}
    paid: true
    deposit_account: 55020
  - name: PayPal
    when: {{gateway: paypal}}
    paid: true
    deposit_account: 55030
  - name: Bankoverførsel
    when: {{gateway_name: "Bankoverførsel*"}}
    paid: true
    deposit_account: 55000
  - name: Faktura
    when: {{gateway_name: "Faktura*"}}
    paid: false
    payment_terms: {{type: Netto, days: 14}}
    trigger: shipped
sync:
  trigger: {trigger}
  booking: automatic
{state_dir}  start_date: {start_date}     # has to be there, and last: a copy cut short is refused
...
"""

TOGETHER = """\
    - name: EU consumers, goods
      when: {zone: eu, line: product}
      account: 1001
"""
BY_COUNTRY = """\
    - name: consumers in DE
      when: {zone: eu, country: DE, buyer: consumer, line: product}
      account: 1002
    - name: consumers in SE
      when: {zone: eu, country: SE, buyer: consumer, line: product}
      account: 1003
    - name: consumers in other EU countries
      when: {zone: eu, buyer: consumer, line: product}
      account: 1001
"""


def demo_config(  # noqa: PLR0913 - what may be different about it
    url: str,
    *,
    start_date: date | None = None,
    auth: AuthMethod = "api_key",
    trigger: Trigger = "paid",
    redirect_uri: str = "http://localhost:8765/callback",
    state_dir: str | None = None,
) -> str:
    """Return the YAML; its rules book the whole seeded shop.

    ``url`` is the sandbox's address and ``start_date`` the first day whose orders are due, a day
    before the oldest seeded order by default. With a ``state_dir`` it is one to rehearse with,
    which a check of the rules finds nothing to say of.
    """
    rehearses = state_dir is not None
    first_day = start_date or first_due_day(datetime.now(UTC))
    head = HEAD.format(
        url=url,
        shop_token=credentials.SHOP_TOKEN,
        organization_id=credentials.ORGANIZATION_ID,
        vat_number=credentials.ORGANIZATION_VAT_NUMBER,
    )
    rest = REST.format(
        url=url,
        trigger=trigger,
        start_date=first_day.isoformat(),
        check="    check: vies\n" if rehearses else "",
        eu_consumers=BY_COUNTRY if rehearses else TOGETHER,
        state_dir=f"  state_dir: {state_dir}\n" if rehearses else "",
    )
    return head + _auth_text(url, auth, redirect_uri) + rest


def first_due_day(started_at: datetime) -> date:
    """Return the day before the oldest seeded order of a sandbox started at that moment."""
    return copenhagen_day(started_at) - timedelta(days=ORDER_HISTORY_DAYS)


def _auth_text(url: str, auth: AuthMethod, redirect_uri: str) -> str:
    if auth == "api_key":
        return API_KEY_AUTH.format(
            url=url,
            client_id=credentials.API_KEY_CLIENT_ID,
            client_secret=credentials.API_KEY_CLIENT_SECRET,
            api_key=credentials.API_KEY,
        )
    return VISMA_AUTH.format(
        url=url,
        client_id=credentials.VISMA_CLIENT_ID,
        client_secret=credentials.VISMA_CLIENT_SECRET,
        redirect_uri=redirect_uri,
    )
