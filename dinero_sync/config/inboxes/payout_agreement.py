"""What has to agree between the sources of payouts, so that each file has one."""

from collections.abc import Iterator

from dinero_sync.config.agreement import entries
from dinero_sync.config.references import Resolved
from dinero_sync.config.yaml_text import Document, KeyPath
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import Problem

SOURCES: KeyPath = ("payouts", "sources")


def source_problems(document: Document, resolved: Resolved) -> Iterator[Problem]:
    """Yield a problem for each id that is used twice, and for sources that only names could part.

    Two sources of one format need ``files``, or nobody can tell whose a file is; sources of
    ``columns`` are told apart by their columns.
    """
    ids: dict[str, int] = {}
    lines: dict[str, list[tuple[KeyPath, dict[str, object]]]] = {}
    for path, entry in entries(resolved, SOURCES):
        id_, format_ = entry.get("id"), entry.get("format")
        if isinstance(id_, str):
            line = document.values[(*path, "id")].line
            if id_ in ids:
                message = spoken(
                    "is the id of the source on line {line} too; give each its own, and never "
                    "change it: payouts are known by it",
                    line=ids[id_],
                )
                yield document.problem((*path, "id"), message)
            ids.setdefault(id_, line)
        if isinstance(format_, str) and format_ != "columns":
            lines.setdefault(format_, []).append((path, entry))
    for format_, sharing in lines.items():
        for path, entry in sharing:
            if len(sharing) > 1 and not entry.get("files"):
                yield document.problem(
                    (*path, "format"),
                    spoken(
                        "is that of another source too: add files to both, like "
                        '`files: ["{format}-eur*"]`, or nobody can tell whose a file is',
                        format=format_,
                    ),
                )
