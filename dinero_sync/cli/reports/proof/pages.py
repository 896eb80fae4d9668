"""Files that anybody can read: Markdown, JSON, and the hashes by which they are checked."""

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dinero_sync.domain.documents import canonical_json
from dinero_sync.journal.folder.packs import SUMS

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


def digest(content: str) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content.encode()).hexdigest()


def with_sums(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files with the list of their hashes."""
    sums = "".join(f"{digest(content)}  {name}\n" for name, content in files.items())
    return {**files, SUMS: sums}


def archive(files: Mapping[str, str]) -> bytes:
    """Pack files into a ZIP archive; who unpacks it alone can read them."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as pack:
        for name, content in files.items():
            info = ZipInfo(name, FIRST_MOMENT)
            info.external_attr = FILE_MODE << 16
            info.compress_type = ZIP_DEFLATED
            pack.writestr(info, content.encode())
    return packed.getvalue()
