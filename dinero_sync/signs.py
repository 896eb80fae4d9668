"""Which signs a stream can write: the locale decides, and not every locale is UTF-8."""

import codecs
from typing import TextIO


def takes_every_sign(stream: TextIO) -> bool:
    """Tell whether a stream writes UTF-8; JSON for another is written with escapes."""
    return codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name == "utf-8"
