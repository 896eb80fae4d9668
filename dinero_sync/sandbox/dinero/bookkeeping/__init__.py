"""The books read from outside: entries as the API lists them, and a bookkeeper at work by hand."""
