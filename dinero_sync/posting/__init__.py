"""The posting rules: pure functions from an order and the rules to the documents in Dinero."""
