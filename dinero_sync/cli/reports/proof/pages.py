"""Files that anybody can read: Markdown, JSON, and the hashes by which they are checked."""

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dinero_sync.domain.documents import canonical_json
from dinero_sync.journal.folder.packs import SUMS

Content = TypeVar("Content", str, str | bytes)
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, so that the same evidence is the same archive."""
FILE_MODE = 0o600
MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>|#])")


def json_file(value: object) -> str:
    """Write ``value`` as JSON that a person can read; amounts as plain text."""
    told = json.loads(canonical_json(value))
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def cell(value: object) -> str:
    """Write a value so that it stands in a Markdown table as it is, whatever signs are in it."""
    return MEANS_SOMETHING.sub(r"\\\1", " ".join(str(value).split()))


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Write a Markdown table; cells that hold links or code are the caller's, and stand as told."""
    yield "| " + " | ".join(heads) + " |"
    yield "| " + " | ".join("---" for _ in heads) + " |"
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"


Files = Mapping[str, str | bytes]
"""Files by their names: texts, and what came from elsewhere as it is."""


def digest(content: str | bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(_bytes(content)).hexdigest()


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def with_sums(files: Mapping[str, Content]) -> dict[str, Content]:
    """Return the files with the list of their hashes."""
    sums = "".join(f"{digest(content)}  {name}\n" for name, content in files.items())
    return {**files, SUMS: sums}


def archive(files: Files) -> bytes:
    """Pack files into a ZIP archive; who unpacks it alone can read them."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as pack:
        for name, content in files.items():
            info = ZipInfo(name, FIRST_MOMENT)
            info.external_attr = FILE_MODE << 16
            info.compress_type = ZIP_DEFLATED
            pack.writestr(info, _bytes(content))
    return packed.getvalue()
