"""``make mutants-exactly-once``: ten deliberate faults, each of which the suite must catch.

Each is put into a copy of the program; then the part of the suite that it concerns runs on the
copy until its first violation. The same case must pass on the program as it is. Exits 1 when a
fault isn't caught, or when the code to change isn't there any more.
"""

import compileall
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(__file__).parents[2] / "dinero_sync"
TESTS = Path(__file__).parents[1]
SUITE = Path(__file__).with_name("prove_exactly_once.py")
VIOLATION = re.compile(r"^VIOLATION (?P<case>\S+): (?P<text>.*)$", re.MULTILINE)
DEADLINE_SECONDS = 280


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Text of the program, and what stands there in the mutant."""

    file: str
    old: str
    new: str

    def applied_to(self, program: Path) -> None:
        """Change the program; raises ValueError unless the text stands there exactly once."""
        path = program / self.file
        text = path.read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise ValueError(f"{self.file} no longer holds once:\n{self.old}")
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A deliberate fault, and the part of the suite that looks there."""

    name: str
    cases: str
    changes: Sequence[Change]


MUTANTS = (
    Mutant(
        name="a change is sent without an intent in the journal",
        cases="kill/late_payment/request",
        changes=[
            Change(
                file="sync/work/ledger.py",
                old="            self._note(record, kind, Phase.INTENT, body)\n",
                new="",
            )
        ],
    ),
    Mutant(
        name="a payment without an answer is sent again at once",
        cases="fault/late_payment",
        changes=[
            Change(
                file="dinero/payments.py",
                old="to_json(body), one(timestamp_of))",
                new="to_json(body), one(timestamp_of), has_identity=True)",
            )
        ],
    ),
    Mutant(
        name="the watermark moves before the orders are in the journal",
        cases="kill/paid_orders/fsync",
        changes=[
            Change(
                file="sync/run/run.py",
                old="    warn_of_orders_without_id(reading, result)\n",
                new="    warn_of_orders_without_id(reading, result)\n"
                "    _move_watermark(place, poll, reading, started)\n",
            )
        ],
    ),
    Mutant(
        name="a renewed connection is used before it is saved",
        cases="kill/token_refresh/request",
        changes=[
            Change(
                file="dinero/auth/token_source.py",
                old="        self._store.save(fresh)\n        return fresh\n",
                new="        return fresh\n",
            ),
            Change(
                file="dinero/auth/token_source.py",
                old="        if self._usable(self._current):\n"
                "            return self._current.access_token\n"
                "        self._current = self._store.read()\n",
                new="        if self._usable(self._current):\n"
                "            self._store.save(self._current)\n"
                "            return self._current.access_token\n"
                "        self._current = self._store.read()\n",
            ),
        ],
    ),
    Mutant(
        name="a draft that is there already (409) isn't looked at",
        cases="kill/drafts/request",
        changes=[
            Change(
                file="sync/ladder/invoice.py",
                old="            pass  # its content decides, below\n",
                new="            return climbed(record, Rung.DRAFTED)\n",
            )
        ],
    ),
    Mutant(
        name="a credit note is made without an identity of ours",
        cases="fault/credit",
        changes=[
            Change(
                file="dinero/credit_notes.py",
                old="    body = to_json(_body(new, contact_guid))\n",
                new='    body = to_json({**_body(new, contact_guid), "Guid": None})\n',
            )
        ],
    ),
    Mutant(
        name="a refund is sent without a look at what was paid back",
        cases="fault/credit",
        changes=[
            Change(
                file="sync/ladder/refund.py",
                old="    if not ours:\n        return None\n    if len",
                new="    if ours is not None:\n        return None\n    if len",
            ),
            Change(
                file="sync/ladder/refund.py",
                old="    owed = min(-there.remaining, plan.in_money)\n",
                new="    owed = plan.in_money\n",
            ),
        ],
    ),
    Mutant(
        name="a payout's fee is counted twice",
        cases="kill/payout/request",
        changes=[
            Change(
                file="posting/payouts/plan.py",
                old='    yield from _moved(f"{FEE} {name}", -fees,',
                new='    yield from _moved(f"{FEE} {name}", -2 * fees,',
            )
        ],
    ),
    Mutant(
        name="a payout's own row is taken as a sale",
        cases="fault/payout",
        changes=[
            Change(
                file="settlements/formats/columns.py",
                old="                kind=None if kind == PAYOUT else _known",
                new="                kind=MovementKind.SALE if kind == PAYOUT else _known",
            ),
            Change(
                file="settlements/formats/columns.py",
                old="                amount=line.amount_if_any(columns.amount, currency),",
                new="                amount=abs(line.amount_if_any(columns.amount, currency)),",
            ),
        ],
    ),
    Mutant(
        name="a settlement file is moved before what came of it is journalled",
        cases="kill/payout/fsync",
        changes=[
            Change(
                file="sync/run/payouts/looking.py",
                old="    judgements = _judged(work, paper)\n",
                new="    judgements = _judged(work, paper)\n"
                "    put_away(paper, (paper.path,), DONE)\n",
            ),
            Change(
                file="sync/run/payouts/looking.py", old="        _put_away(work, each)\n", new=""
            ),
        ],
    ),
)


def main() -> int:
    """Try every mutant; returns 1 when one survives or can't be made."""
    return max([_tried(mutant) for mutant in MUTANTS])


def _tried(mutant: Mutant) -> int:
    with tempfile.TemporaryDirectory(prefix="dinero-sync-mutant-") as folder:
        try:
            _make(mutant, Path(folder))
        except ValueError as error:
            return _say(f"CAN'T BE MADE: {mutant.name}: {error}", status=1)
        violation = _first_violation(mutant.cases, Path(folder))
    if violation is None:
        return _say(f"SURVIVED: {mutant.name}", status=1)
    if _first_violation(violation["case"], PROGRAM.parent) is not None:
        return _say(f"PROVES NOTHING: {violation['case']} fails without the fault, too", status=1)
    return _say(f"caught: {mutant.name}\n  by {violation['case']}: {violation['text']}")


def _make(mutant: Mutant, folder: Path) -> None:
    program = folder / PROGRAM.name
    shutil.copytree(PROGRAM, program, ignore=shutil.ignore_patterns("__pycache__"))
    for change in mutant.changes:
        change.applied_to(program)
    compileall.compile_dir(program, quiet=1)


def _first_violation(cases: str, folder: Path) -> re.Match[str] | None:
    """Run a part of the suite on the program in ``folder`` up to its first violation."""
    ended = subprocess.run(
        [sys.executable, str(SUITE), "--only", cases, "--first"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(TESTS)))},
        capture_output=True,
        text=True,
        timeout=DEADLINE_SECONDS,
        check=False,
    )
    violation = VIOLATION.search(ended.stdout)
    if violation is None and ended.returncode != 0:
        raise RuntimeError(ended.stdout + ended.stderr)
    return violation


def _say(text: str, status: int = 0) -> int:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
    return status


if __name__ == "__main__":
    sys.exit(main())
