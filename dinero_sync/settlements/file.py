"""A file as it was handed in: its bytes, and what they are as text, JSON or XML."""

import codecs
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from dinero_sync.settlements.refusal import RefusedFileError

LARGEST = 256 * 1024 * 1024
"""Bytes; ten times more than a year of a large shop."""
BEGINNING = 64
STRUCTURED = frozenset({b"{", b"[", b"<"})
"""How JSON and XML begin."""
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Signs that no export holds: those of a PDF, of a spreadsheet, of UTF-16 without its mark."""


@dataclass(frozen=True)
class File:
    """A settlement file, or a bank statement; its bytes are kept no longer than they are needed."""

    path: Path

    @property
    def name(self) -> str:
        """Return the file's name, without its folder."""
        return self.path.name

    @cached_property
    def _begins_with(self) -> bytes:
        """Return the first byte that counts."""
        return _bytes(self.path, BEGINNING).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]

    @cached_property
    def text(self) -> str:
        """Return the file as text, without a mark at its beginning; empty for JSON and XML.

        UTF-8, UTF-16 with its mark, and else Windows-1252, as Danish banks and old exports write.
        Raises RefusedFileError for anything else, and for a file cut within a sign.
        """
        if self._begins_with in STRUCTURED:
            return ""
        return _decoded(_bytes(self.path))

    @cached_property
    def json(self) -> Any:  # noqa: ANN401 - whatever the file holds
        """Return what the file holds as JSON, numbers as Decimal; None where it is none.

        Raises RefusedFileError where it begins as JSON and can't be read to its end.
        """
        if self._begins_with not in {b"{", b"["}:
            return None
        try:
            return json.loads(_decoded(_bytes(self.path)), parse_float=Decimal)
        except (ValueError, RecursionError):
            raise RefusedFileError("cut_off") from None

    @cached_property
    def xml(self) -> Element | None:
        """Return the root of the file as XML; None where it is none.

        A file that declares entities of its own, or a type of document, is refused: no export has
        them, and they can make a small file endless. Raises RefusedFileError also where it begins
        as XML and can't be read to its end.
        """
        if self._begins_with != b"<":
            return None
        from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - few files are XML
        from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - the same

        try:
            root: Element = fromstring(_bytes(self.path), forbid_dtd=True)
        except DefusedXmlException:
            raise RefusedFileError("no_text") from None
        except (ParseError, ValueError, LookupError):
            raise RefusedFileError("cut_off") from None
        return root


def opened(path: Path) -> File:
    """Find a file; raises RefusedFileError where it can't be opened, is empty or far too large."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise _not_opened(error) from None
    if size > LARGEST:
        raise RefusedFileError("too_large", megabytes=LARGEST // 2**20)
    if not _bytes(path, BEGINNING).strip():
        raise RefusedFileError("empty")
    return File(path)


def _bytes(path: Path, most: int = LARGEST) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise _not_opened(error) from None


def _not_opened(error: OSError | ValueError) -> RefusedFileError:
    reason = error.strerror if isinstance(error, OSError) else None
    return RefusedFileError("not_opened", reason=reason or "not a path")


def _decoded(data: bytes) -> str:
    text = _as_text(data)
    if NO_TEXT.search(text):
        raise RefusedFileError("no_text")
    return text


def _as_text(data: bytes) -> str:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise RefusedFileError("cut_off") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "unexpected end of data":
            raise RefusedFileError("cut_off") from None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise RefusedFileError("no_text") from None
