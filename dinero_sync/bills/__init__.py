"""Bills (købsbilag) read from their files: e-invoices, PDFs, and YAML beside one.

:mod:`.reading` leads through it: a file becomes a bill with the document that is to be kept, or is
held with a sentence that says what to do. Nothing here asks anybody or changes a file, and whatever
a file holds costs bounded time and memory.
"""

__all__ = ["numbers", "reading", "statement", "templates", "trial"]
