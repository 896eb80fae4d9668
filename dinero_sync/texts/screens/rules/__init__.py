"""Rules tried on orders, examples and files."""
