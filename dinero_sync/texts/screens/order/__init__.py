"""Everything about one order: why it is booked as it is, and how it stands."""
