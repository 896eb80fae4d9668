"""A file a bank's form: each has one ``READER``, and is found by being here."""
