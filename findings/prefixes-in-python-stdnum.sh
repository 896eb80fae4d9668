#!/usr/bin/env bash
# python-stdnum 2.2, Python 3.11: stdnum.eu.vat calls GR094259216 a valid VAT number of the EU and returns
# it so, although its own page says that Greece uses EL. `compact`, which makes numbers comparable, leaves
# GR094259216 and EL094259216 two numbers. VIES and the list of EU sales know EL alone. And it calls
# EU372022452 valid: what a seller outside the EU is registered with for the one stop shop (non-Union
# scheme), which no buyer can be sold to without VAT by.
#
# Expected: EL094259216 for both, or GR refused; and EU numbers asked for by their own module, stdnum.eu.oss.
# What follows for us: a buyer's Greek number is written with EL before it is compared or sent, and what
# doesn't bear a member state's prefix, or XI, is no EU number, whatever the library says.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-stdnum==2.2
cat >"$folder/check.py" <<'PY'
import sys

from stdnum.eu import vat

seen = {}
for number in ("EL 094259216", "GR 094259216", "EU 372022452"):
    seen[number] = (vat.is_valid(number), vat.compact(number))
    print(number, *seen[number], sep=", ")
as_seen = {
    "EL 094259216": (True, "EL094259216"),
    "GR 094259216": (True, "GR094259216"),
    "EU 372022452": (True, "EU372022452"),
}
sys.exit(0 if seen == as_seen else "This has changed: see the head of this file.")
PY
"$folder/venv/bin/python" "$folder/check.py"
