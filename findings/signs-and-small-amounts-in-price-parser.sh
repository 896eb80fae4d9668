#!/usr/bin/env bash
# price-parser 0.5.1, Python 3.11: the minus of an amount is dropped in silence, so a credit note over
# -1.691,25 kr. is a bill over as much; naming the decimal separator doesn't help. And where it isn't
# named, 0,125 kr (a price per kWh, per e-mail, per minute) is 125 kr, though no thousand begins with 0.
#
# Expected: -1691.25 and 0.125; or an error.
# What follows for us: amounts are read in the form that is stated, with their sign before or behind them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check price-parser==0.5.1
cat >"$folder/read.py" <<'PY'
import sys

from price_parser import Price

seen = {}
for text in ("1.691,25 kr.", "-1.691,25 kr.", "0,125 kr"):
    seen[text] = (
        f"{Price.fromstring(text).amount}",
        f"{Price.fromstring(text, decimal_separator=',').amount}",
    )
    print(text, *seen[text], sep=" | ")
as_seen = {
    "1.691,25 kr.": ("1691.25", "1691.25"),
    "-1.691,25 kr.": ("1691.25", "1691.25"),
    "0,125 kr": ("125", "0.125"),
}
sys.exit(0 if seen == as_seen else "This has changed: see the head of this file.")
PY
"$folder/venv/bin/python" "$folder/read.py"
