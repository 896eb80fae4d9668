"""The pages about proving a period name every class and every cause, in both languages."""

import re
from pathlib import Path

import pytest

from dinero_sync.posting.reconcile.documents import BillClass, OrderClass
from dinero_sync.posting.reconcile.outcome import Cause

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("page", ["reconcile.md", "afstemning.md"])
def test_every_class_and_every_cause_has_its_row(page: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \|", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)

    assert rows == [*OrderClass, *BillClass, *Cause]
