"""Files: uploaded as one part of a form, listed with what they are linked to, and read back."""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import PurePath
from uuid import uuid4

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.clock import utc_text
from dinero_sync.sandbox.dinero.books import LedgerItem
from dinero_sync.sandbox.dinero.call import Call, Handlers
from dinero_sync.sandbox.dinero.errors import NOT_FOUND, Refusal, invalid
from dinero_sync.sandbox.dinero.purchases.kept import Purchase, StoredFile

LARGEST = 6 * 1024 * 1024
BEGINNINGS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""How PDFs and pictures begin."""
USUAL_PAGE = 1000


def upload_file(call: Call) -> Answer:
    """``POST files``: keeps a PDF or a picture; one over 6 MB is refused (413)."""
    if call.upload is None:
        raise invalid("file", "Is required.")
    name, content = call.upload
    if len(content) > LARGEST:
        raise Refusal("The file is too large.", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if not content.startswith(BEGINNINGS):
        raise invalid("file", "Is no PDF and no picture.")
    kept = StoredFile(
        guid=uuid4().hex,
        name=call.query.get("fileName") or name,
        content=content,
        uploaded_at=call.sandbox.now(),
    )
    call.organisation.files[kept.guid] = kept
    return json_answer({"FileGuid": kept.guid})


def list_files(call: Call) -> Answer:
    """``GET files``: a plain list, a page of at most 1000, with the vouchers each is linked to."""
    status = (call.query.get("fileStatus") or "All").lower()
    rows = [
        row
        for row in map(
            _row, [call] * len(call.organisation.files), call.organisation.files.values()
        )
        if status == "all" or bool(row["Linked"]) == (status == "used")
    ]
    size = int(call.query.get("pageSize") or USUAL_PAGE)
    start = int(call.query.get("page") or 0) * size
    return json_answer(rows[start : start + size])


def download_file(call: Call) -> Answer:
    """``GET files/{fileGuid}``: the bytes."""
    kept = call.organisation.files.get(call.path["fileGuid"])
    if kept is None:
        raise Refusal("The file was not found.", code=NOT_FOUND, status=HTTPStatus.NOT_FOUND)
    return Answer(HTTPStatus.OK, kept.content, "application/octet-stream")


def _row(call: Call, kept: StoredFile) -> Json:
    path = PurePath(kept.name)
    return {
        "FileGuid": kept.guid,
        "Name": path.name,
        "Extension": path.suffix.lstrip("."),
        "Size": len(kept.content),
        "UploadedAt": utc_text(kept.uploaded_at),
        "Note": None,
        "NumberOfPages": 1,
        "Linked": list(_links(call, kept)),
        "UploadedBy": None,
    }


def _links(call: Call, kept: StoredFile) -> Iterator[Json]:
    organisation = call.organisation
    vouchers: tuple[Purchase | LedgerItem, ...] = (
        *organisation.purchases.values(),
        *organisation.ledger_items.values(),
    )
    for at, voucher in enumerate(vouchers, 1):
        if voucher.fields.get("FileGuid") == kept.guid and not voucher.deleted:
            linked = utc_text(kept.uploaded_at)
            yield {"VoucherId": at, "VoucherGuid": voucher.guid, "LinkedAt": linked}


HANDLERS: Handlers = {
    "UploadFile": upload_file,
    "ListFiles": list_files,
    "DownloadFile": download_file,
}
