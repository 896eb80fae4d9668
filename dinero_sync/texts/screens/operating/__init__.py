"""Operating: what the state folder remembers, and deployment to a cluster."""
