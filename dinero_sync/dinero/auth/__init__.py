"""Access to Dinero: API keys, consent at Visma Connect, and the tokens that come of either."""

__all__ = ["api_key", "callback", "loopback", "oauth", "token_source", "tokens"]
