"""The way up in Dinero: contact, draft, booking, margin, sending, payment."""
