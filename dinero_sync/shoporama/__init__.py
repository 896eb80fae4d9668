"""Shoporama, the shop: reading orders over its REST API and turning them into our own order."""
