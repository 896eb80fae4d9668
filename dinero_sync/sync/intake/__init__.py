"""From the shop's words to a decision about each order."""
