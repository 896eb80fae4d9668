"""The e-mail address of an order, where it can be one by its form."""

import re

MOST_SIGNS = 254
"""Characters of the longest address that mail takes (RFC 5321, 4.5.3.1.3: 256 with brackets)."""
MOST_SIGNS_BEFORE_AT = 64
"""Characters before the @ (RFC 5321, 4.5.3.1.1)."""
SEVERAL = re.compile(r"[,;\n]|\s+(?:og|and|eller|or|/)\s+")
"""What people write between two addresses."""
IN_BRACKETS = re.compile(r"<([^<>]*)>")
BY_FORM = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>\"(),:;\[\]\\.]+(\.[^\s@<>\"(),:;\[\]\\.]+)+")


def email_of(text: str) -> str | None:
    """Return the first address in ``text``, None where none can be one by its form.

    ``Anna <anna@example.com>`` is that address; of ``a@example.com; b@example.com`` the first is
    taken. Letters stay as they are written.
    """
    addresses = (_address(part) for part in SEVERAL.split(text))
    return next((each for each in addresses if each is not None), None)


def _address(part: str) -> str | None:
    named = IN_BRACKETS.search(part)
    written = named[1] if named else part
    address = written.strip().removeprefix("mailto:").strip().strip(".'")
    local = address.partition("@")[0]
    if not BY_FORM.fullmatch(address) or ".." in address:
        return None
    fits = len(address) <= MOST_SIGNS and len(local) <= MOST_SIGNS_BEFORE_AT
    return address if fits and not local.endswith(".") else None
