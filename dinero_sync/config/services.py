"""The two services: where they are, and how they give access."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from dinero_sync.config.choices import AuthMethod, AuthScheme
from dinero_sync.config.values import (
    BaseAddress,
    Country,
    Currency,
    Day,
    File,
    Flag,
    Identifier,
    OneOrMore,
    PositiveNumber,
    Secret,
    Section,
    Text,
    TimeZoneName,
    WebAddress,
    wrong,
)
from dinero_sync.domain.order import OrderStatus
from dinero_sync.domain.spoken import spoken

# fmt: off
FIELD_NAMES = (
    "order_id", "webshop_order_id", "created", "last_modified", "status", "paid", "paid_time",
    "shipped_time", "currency", "total", "vat", "shipping_price", "shipping_id", "voucher_code",
    "voucher_discount_amount", "payment_gateway_id", "payment_gateway", "products", "order_name",
    "order_company_name", "order_address", "order_zipcode", "order_city", "order_country_id",
    "email", "phone", "vat_number", "ean_number", "buyer_reference", "del_name",
    "del_company_name", "del_address", "del_zipcode", "del_city", "del_country_id",
    "line_product_id", "line_sku", "line_name", "line_quantity", "line_unit_price",
    "line_vat_rate", "line_attributes",
    "payment_fee", "tip",
)
# fmt: on
"""What is read from an order, in our words; ``shoporama.fields`` maps them to the shop's."""

TOKEN_URLS: Mapping[str, str] = {
    AuthMethod.VISMA_CONNECT: "https://connect.visma.com/connect/token",
    AuthMethod.API_KEY: "https://authz.dinero.dk/dineroapi/oauth/token",
}
"""Where each method gets its access tokens, unless ``dinero.auth.token_url`` says otherwise."""


def _field_name(name: str) -> str:
    if name not in FIELD_NAMES:
        raise wrong(spoken("is not a field that is read from an order"))
    return name


def _country_id(key: object) -> int:
    if isinstance(key, int | str) and str(key).isascii() and str(key).isdigit():
        return int(key)
    raise wrong(spoken("must be the number that Shoporama gives the country"))


FieldName = Annotated[str, AfterValidator(_field_name)]
FieldNames = Annotated[tuple[Text, ...], OneOrMore]


CountryId = Annotated[int, BeforeValidator(_country_id)]


class Labels(Section):
    """The label that orders in the shop get."""

    write: Flag = Field(
        default=False,
        description=spoken(
            "true: each order in the shop gets a label that tells how it stands here. The API key "
            "then needs to change orders, too. How Shoporama takes labels isn't documented: where "
            "it doesn't as is thought, you are told once, and nothing else depends on it."
        ),
    )
    booked: Text = Field(default="dinero-ok", description=spoken("The invoice is booked."))
    waiting: Text = Field(
        default="dinero-pending",
        description=spoken("The next run goes on with it, or a draft waits for your word."),
    )
    held: Text = Field(
        default="dinero-failed", description=spoken("It is held, and waits for you.")
    )

    @property
    def names(self) -> tuple[str, str, str]:
        """Every label that is ours."""
        return self.booked, self.waiting, self.held

    @field_validator("waiting", "held")
    @classmethod
    def _tells_apart(cls, label: str, info: ValidationInfo) -> str:
        if label in info.data.values():
            raise wrong(spoken("is another state's label, too; give each its own"))
        return label


class Shoporama(Section):
    """The shop."""

    base_url: BaseAddress = Field(
        default="https://www.shoporama.dk/REST",
        description=spoken(
            "The address of Shoporama's API; your shop's own works too: https://your-shop.dk/REST."
        ),
    )
    api_key: Secret = Field(
        description=spoken(
            "The API key, from Shoporama: Account > Webshop > API access. It needs to read orders"
            " and countries, and what your rules ask for: `dinero-sync doctor` says which lists"
            " that is. It needs to change orders only where labels are written. Keep it out of"
            " this file, as here."
        ),
        examples=["${SHOPORAMA_API_KEY}"],
    )
    auth_scheme: AuthScheme = Field(
        default=AuthScheme.SHOPORAMA,
        description=spoken("What is sent before the key: Shoporama, Bearer, or bare for nothing."),
    )
    time_zone: TimeZoneName = Field(
        default="Europe/Copenhagen",
        description=spoken("The time zone of the times that Shoporama gives without one."),
    )
    currency: Currency = Field(
        default="DKK",
        description=spoken(
            "The shop's currency. An order in another one is held for you to look at."
        ),
    )
    countries: Mapping[CountryId, Country] = Field(
        default_factory=dict,
        description=spoken(
            "Only when an order asks for it: the ISO code of a country that Shoporama's"
            " list doesn't tell, by the id that its orders have."
        ),
        examples=[{999: "DE"}],
    )
    statuses: Mapping[Text, OrderStatus] = Field(
        default_factory=dict,
        description=spoken(
            "What your shop's own words for statuses mean: new (not shipped yet), shipped or "
            "cancelled. An order with any other word than these three, sent and canceled is held. "
            "One that was shipped in part has one invoice: new waits for the rest of it."
        ),
        examples=[{"completed": "shipped", "partially_sent": "new", "refunded": "cancelled"}],
    )
    daily_calls: Identifier = Field(
        default=1000,
        description=spoken("How many calls a day Shoporama allows for this key."),
    )
    labels: Labels = Field(
        description=spoken(
            "Labels on the shop's orders that tell how they stand; your other labels stay."
        )
    )
    fields: Mapping[FieldName, FieldNames] = Field(
        default_factory=dict,
        description=spoken(
            "Only when `dinero-sync doctor` says so: what a field is called in your shop's orders,"
            " as one name or a list of names, the most trusted first. buyer_reference has none "
            "until you name one: where buyers write their requisition number (a field, a key of "
            "extras, or comments), which then stands on the invoice and the e-invoice. Nor have "
            "payment_fee and tip: what is paid beside lines and freight, and becomes a line."
        ),
        examples=[
            {
                "paid_time": ["paid_time", "paid_at"],
                "buyer_reference": "rekvnr",
                "payment_fee": "gebyr",
                "tip": "tip",
            }
        ],
    )


class Auth(Section):
    """How Dinero gives access."""

    method: AuthMethod = Field(
        default=AuthMethod.VISMA_CONNECT,
        description=spoken(
            "visma_connect (you consent once in the browser: `dinero-sync connect`), or"
            " api_key (a personal integration, for your own company only)."
        ),
    )
    client_id: Text = Field(
        description=spoken("The integration's client id, as Dinero gave it to you."),
        examples=["${DINERO_CLIENT_ID}"],
    )
    client_secret: Secret = Field(
        description=spoken("The integration's client secret."), examples=["${DINERO_CLIENT_SECRET}"]
    )
    api_key: Secret | None = Field(
        default=None,
        validate_default=True,
        description=spoken(
            "The API key, from Dinero: Integrationer > Se og opret API-nøgler. Needed with"
            " method api_key, unused otherwise."
        ),
        examples=["${DINERO_API_KEY}"],
    )
    authorize_url: WebAddress = Field(
        default="https://connect.visma.com/connect/authorize",
        description=spoken("Where you consent; unused with method api_key."),
    )
    redirect_uri: WebAddress = Field(
        default="http://localhost:8765/callback",
        description=spoken(
            "Where the browser returns to after the consent, exactly as it is registered"
            " for the integration. When it is not on this machine, you paste the address back."
        ),
    )
    token_url: WebAddress = Field(
        default=TOKEN_URLS[AuthMethod.VISMA_CONNECT],
        description=spoken(
            "Where access is renewed. With method api_key the default is {url}.",
            url=TOKEN_URLS[AuthMethod.API_KEY],
        ),
    )

    @model_validator(mode="before")
    @classmethod
    def _token_url_follows_method(cls, data: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        if isinstance(data, dict) and data.get("token_url") is None:
            default = TOKEN_URLS[AuthMethod.VISMA_CONNECT]
            return {**data, "token_url": TOKEN_URLS.get(str(data.get("method")), default)}
        return data

    @field_validator("api_key")
    @classmethod
    def _method_api_key_needs_it(
        cls, value: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        if value is None and info.data.get("method") is AuthMethod.API_KEY:
            raise wrong(
                spoken(
                    "is missing, and method api_key needs it; write `api_key: ${{DINERO_API_KEY}}`"
                )
            )
        return value


class Dinero(Section):
    """The ledger."""

    organization_id: Identifier | None = Field(
        default=None,
        description=spoken(
            "The number of your company at Dinero. `dinero-sync connect` finds it and says"
            " what to write here."
        ),
        examples=[123456],
    )
    vat_number: Text | None = Field(
        default=None,
        description=spoken(
            "Your company's CVR number, in quotes. When it is given, nothing is written to"
            " any other company."
        ),
        examples=["12345678"],
    )
    closed_until: Day | None = Field(
        default=None,
        description=spoken(
            "The last day whose VAT you have reported. Nothing is dated on or before it by"
            " itself: such an order is held, and you choose its own day or an open one."
        ),
        examples=["2026-12-31"],
    )
    base_url: BaseAddress = Field(
        default="https://api.dinero.dk", description=spoken("The address of Dinero's API.")
    )
    calls_per_minute: PositiveNumber = Field(
        default=55,
        description=spoken(
            "How many calls a minute to make at most; Dinero allows 100, and 60 with a"
            " personal integration. 1000000 is no limit."
        ),
    )
    auth: Auth = Field(description=spoken("How Dinero gives access."))


class Http(Section):
    """How the services are reached."""

    timeout_seconds: PositiveNumber = Field(
        default=30, description=spoken("How long to wait for a connection, and for each answer.")
    )
    ca_file: File | None = Field(
        default=None,
        description=spoken(
            "Only where your network has a certificate authority of its own: its certificate "
            "(PEM). It is trusted besides this machine's; left out, what SSL_CERT_FILE or "
            "REQUESTS_CA_BUNDLE name is."
        ),
        examples=["/etc/ssl/our-network.pem"],
    )
