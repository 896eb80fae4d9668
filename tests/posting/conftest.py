"""The helpers beside this file are for the folders below as well: pytest finds them from here."""
