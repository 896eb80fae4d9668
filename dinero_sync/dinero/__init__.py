"""The wire to the ledger: Dinero's API, its authorisation, and nothing about orders."""
