"""Access to Dinero: API keys, consent at Visma Connect, and the tokens that come of either."""
