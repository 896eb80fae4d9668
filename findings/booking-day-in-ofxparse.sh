#!/usr/bin/env bash
# ofxparse 0.21, Python 3.11: an entry that a bank booked as 1 December begins in Denmark, written with its
# offset (20261201000000[+1:CET]), is dated 30 November: the time is turned into UTC and told without a
# zone, so the bank's day is lost, and with it the month and the quarter's VAT. Without the name of the
# zone, which OFX lets banks leave out ([+1]), the offset isn't looked at and the day is right.
#
# Expected of a statement: the day that the bank wrote, or a time that still bears its zone; and the same
# for both ways of writing an offset.
# What follows for us: a statement's day is taken as the bank wrote it, never by way of UTC.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ofxparse==0.21
cat >"$folder/statement.ofx" <<'OFX'
OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261202<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>DKK
<BANKACCTFROM><BANKID>0040<ACCTID>0440116243<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261201<DTEND>20261201
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261201<TRNAMT>100.00<FITID>day alone<NAME>Salg</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261201000000[+1:CET]<TRNAMT>100.00<FITID>zone named<NAME>Salg</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261201000000[+1]<TRNAMT>100.00<FITID>zone unnamed<NAME>Salg</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>300.00<DTASOF>20261201</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
OFX
cat >"$folder/read.py" <<'PY'
import sys

from ofxparse import OfxParser

with open(sys.argv[1], "rb") as file:
    entries = OfxParser.parse(file).account.statement.transactions
seen = {each.id: (f"{each.date:%Y-%m-%d %H:%M}", each.date.tzinfo) for each in entries}
for name, found in seen.items():
    print(name, *found)
as_seen = {
    "day alone": ("2026-12-01 00:00", None),
    "zone named": ("2026-11-30 23:00", None),
    "zone unnamed": ("2026-12-01 00:00", None),
}
sys.exit(0 if seen == as_seen else "This has changed: see the head of this file.")
PY
"$folder/venv/bin/python" "$folder/read.py" "$folder/statement.ofx"
