"""Writes everything that is made from the golden cases, for a person to look over.

``make cases``: a text for each case and one Beancount file, in ``results``, and the examples in
the bookkeeper's pages. The tests hold what is committed equal to this.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from bill_cases import bills_beancount
from case_beancount import beancount_file
from case_books import Settled, a_sandbox, settle
from case_credits import PAGES as OF_CREDITS
from case_credits import credited, with_credits
from case_docs import PAGES, page
from case_files import FOLDER, cases
from case_month import PAGES as OF_MONEY
from case_month import Month, a_month, month_page, with_month
from case_report import report
from payout_cases import payouts_beancount

RESULTS = FOLDER / "results"
BEANCOUNT = RESULTS / "cases.beancount"
BILLS = RESULTS / "bills.beancount"
PAYOUTS = RESULTS / "payouts.beancount"


def settled_cases() -> tuple[Settled, ...]:
    """Sell every case in books of its own."""
    with a_sandbox() as sandbox:
        return tuple(settle(case, sandbox) for case in cases())


def worked_month() -> Month:
    """Sell and pay out a month in books of its own."""
    with a_sandbox() as sandbox:
        return a_month(sandbox)


def made_from(settled: tuple[Settled, ...], month: Month) -> Mapping[Path, str]:
    """Return the files with their texts."""
    return {
        **{RESULTS / f"{each.case.name}.txt": report(each) for each in settled},
        BEANCOUNT: beancount_file(settled),
        BILLS: bills_beancount(),
        PAYOUTS: payouts_beancount(),
        **{path: page(path, settled) for path in PAGES},
        **{path: month_page(path, month) for path in OF_MONEY},
    }


def main() -> None:
    """Write the files, and name those that changed."""
    RESULTS.mkdir(exist_ok=True)
    month = worked_month()
    texts = made_from(settled_cases(), month)
    with a_sandbox() as sandbox:
        entries = credited(sandbox)
    for path in OF_CREDITS:
        texts = {**texts, path: with_month(with_credits(path, entries), OF_MONEY[path], month)}
    for path in set(RESULTS.iterdir()) - texts.keys():
        path.unlink()
    for path, text in texts.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"changed: {path.relative_to(FOLDER.parents[1])}\n")
    sys.stdout.write(f"{len(texts)} files made from {len(cases())} cases\n")


if __name__ == "__main__":
    main()
