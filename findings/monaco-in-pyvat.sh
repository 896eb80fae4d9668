#!/usr/bin/env bash
# pyvat 1.3.18, Python 3.11: of an electronic service that a Danish seller sells to a consumer in Monaco, it
# says that no VAT is charged, as of one outside the EU. For VAT, sales to Monaco are sales to France
# (Directive 2006/112/EC, article 7), and so bear 20 %.
#
# Expected: charge, FR, 20.
# What follows for us: Monaco is a country within the EU for VAT, taxed as France, with numbers of France.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyvat==1.3.18
cat >"$folder/ask.py" <<'PY'
import sys
from datetime import date

from pyvat import ItemType, Party, get_sale_vat_charge

seller = Party(country_code="DK", is_business=True)
seen = {}
for country in ("FR", "MC", "US"):
    told = get_sale_vat_charge(
        date(2026, 11, 30),
        ItemType.generic_electronic_service,
        Party(country_code=country, is_business=False),
        seller,
    )
    seen[country] = (told.action.name, told.country_code, int(told.rate))
    print(country, *seen[country])
as_seen = {"FR": ("charge", "FR", 20), "MC": ("no_charge", "MC", 0), "US": ("no_charge", "US", 0)}
sys.exit(0 if seen == as_seen else "This has changed: see the head of this file.")
PY
"$folder/venv/bin/python" "$folder/ask.py"
