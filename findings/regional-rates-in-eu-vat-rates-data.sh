#!/usr/bin/env bash
# eu-vat-rates-data 2026.9.29, Python 3.11: a country's list of reduced rates holds the standard rates of
# its islands, and not all of the islands' reduced ones. Portugal's `reduced` is 6, 13, 16, 22: 22 and 16
# are what Madeira and the Azores charge on ordinary goods, while the reduced rates there (12, 9, 5, 4)
# are left out. Greece's holds 17, the standard rate of some Aegean islands, and leaves out their 9.
#
# Expected: the rates of the mainland alone, or those of each region marked as such, or all of them.
# What follows for us: whether a rate can be a country's is asked of a table of our own; where this one
# was compared with it, the islands' rates were added from other sources.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check eu-vat-rates-data==2026.9.29
cat >"$folder/read.py" <<'PY'
import sys

import eu_vat_rates_data as table

seen = {}
for country in ("PT", "GR"):
    found = table.get_rate(country)
    seen[country] = (found["standard"], found["reduced"], found["super_reduced"])
    print(country, *seen[country])
as_seen = {
    "PT": (23.0, [6.0, 13.0, 16.0, 22.0], 6.0),
    "GR": (24.0, [6.0, 13.0, 17.0], 4.0),
}
sys.exit(0 if seen == as_seen else "This has changed: see the head of this file.")
PY
"$folder/venv/bin/python" "$folder/read.py"
