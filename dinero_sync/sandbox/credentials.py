"""The sandbox's own invented credentials, the same on every machine and worth nothing elsewhere."""

SHOP_TOKEN = "sandbox-shop-token"  # noqa: S105 - invented, opens nothing but the sandbox

VISMA_CLIENT_ID = "isv_dinero_sync_sandbox"
VISMA_CLIENT_SECRET = "sandbox-visma-secret"  # noqa: S105 - invented, opens only the sandbox

API_KEY_CLIENT_ID = "sandbox-personal-client"
API_KEY_CLIENT_SECRET = "sandbox-personal-secret"  # noqa: S105 - invented, opens only the sandbox
API_KEY = "sandbox-api-key"

ORGANIZATION_ID = 123456
"""The company with Dinero Pro that the shop belongs to."""
ORGANIZATION_VAT_NUMBER = "90000012"
OTHER_ORGANIZATION_ID = 234567
"""A second company of the same owner, without Dinero Pro."""
OTHER_ORGANIZATION_VAT_NUMBER = "90000020"
