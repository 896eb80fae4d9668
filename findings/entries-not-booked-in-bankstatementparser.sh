#!/usr/bin/env bash
# bankstatementparser 0.0.29, Python 3.11: of a statement in camt.053, entries that the bank hasn't booked
# (status PDNG) and those that are told for information alone (INFO) come beside the booked one (BOOK) as
# transactions like it. Nothing of the status is told, and their amounts are in the total: 175.00 where
# the statement's own balances, which the summary shows too, moved by 100.00.
#
# Expected: what is booked alone; or the status beside each entry; or a total that agrees with the balances.
# What follows for us: entries count with the status BOOK alone, and opening and closing balance prove them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bankstatementparser==0.0.29
cat >"$folder/write.py" <<'PY'
import sys

day = "<Dt><Dt>2026-12-01</Dt></Dt>"


def balance(code, amount):
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='DKK'>{amount}</Amt>"
        f"<CdtDbtInd>CRDT</CdtDbtInd>{day}</Bal>"
    )


def entry(status, amount):
    return (
        f"<Ntry><Amt Ccy='DKK'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{status}</Sts>"
        f"<BookgDt><Dt>2026-12-01</Dt></BookgDt><ValDt><Dt>2026-12-01</Dt></ValDt>"
        "<BkTxCd><Prtry><Cd>OVF</Cd></Prtry></BkTxCd></Ntry>"
    )


balances = balance("OPBD", "1000.00") + balance("CLBD", "1100.00")
entries = entry("BOOK", "100.00") + entry("PDNG", "50.00") + entry("INFO", "25.00")
print(
    "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'><BkToCstmrStmt><GrpHdr>"
    "<MsgId>1</MsgId><CreDtTm>2026-12-02T06:00:00</CreDtTm></GrpHdr><Stmt><Id>1</Id>"
    "<CreDtTm>2026-12-02T06:00:00</CreDtTm><Acct><Id><IBAN>DK5000400440116243</IBAN></Id>"
    f"<Ccy>DKK</Ccy></Acct>{balances}{entries}</Stmt></BkToCstmrStmt></Document>",
    file=open(sys.argv[1], "w", encoding="utf-8"),
)
PY
cat >"$folder/read.py" <<'PY'
import sys

from bankstatementparser import CamtParser

statement = CamtParser(sys.argv[1])
told = statement.parse().to_dict("records")
summary = statement.get_summary()
wanted = ("opening_balance", "closing_balance", "total_amount")
seen = {
    "amounts": [f"{each['Amount']}" for each in told],
    "status told": any("BOOK" in map(str, each.values()) for each in told),
    **{name: f"{summary[name]}" for name in wanted},
}
for name, found in seen.items():
    print(name, found, sep=": ")
as_seen = {
    "amounts": ["100.00", "50.00", "25.00"],
    "status told": False,
    "opening_balance": "1000.00",
    "closing_balance": "1100.00",
    "total_amount": "175.00",
}
sys.exit(0 if seen == as_seen else "This has changed: see the head of this file.")
PY
"$folder/venv/bin/python" "$folder/write.py" "$folder/statement.xml"
"$folder/venv/bin/python" "$folder/read.py" "$folder/statement.xml"
