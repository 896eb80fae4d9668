"""Visma Connect and Dinero's own authorisation, as the sandbox plays them."""
