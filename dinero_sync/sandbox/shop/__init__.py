"""The shop that the sandbox plays: its orders, its catalogue, its answers."""
