"""The run: polls the shop, plans, and delivers to Dinero. Only this package writes to Dinero."""
