"""Settlement files of payment providers, and bank statements: read whole and proved, or refused.

:mod:`.reading` leads through it: a :mod:`.file` becomes a :mod:`.table`, one of :mod:`.formats`
makes payouts of it, and :mod:`.proof` sees that they add up.
"""

__all__ = [
    "amounts",
    "file",
    "paypal_conversions",
    "paypal_table",
    "proof",
    "reader",
    "reading",
    "refusal",
    "sheet",
    "statements",
    "stripe_rows",
    "table",
    "trying",
]
