"""A file a format: each has one ``READER``, and is found by its name.

``stripe.py`` and ``stripe_api.py`` are both of the format ``stripe``: a file's name is its format,
or begins with it.
"""

__all__ = ["columns"]
