#!/usr/bin/env bash
# invoice2data 1.0.1 (with dateparser 1.2.1), Python 3.11: a template that says `languages: [da]`, and no
# `date_formats`, reads the Danish invoice date 03-09-2026 (3 September) as 9 March, in silence; the
# amount comes as a float. With `date_formats: ['%d-%m-%Y']` the date is right.
#
# Expected of a template in Danish: 2026-09-03, or an error that the form of the date must be named.
# What follows for us: dates on bills are read by a stated form alone, amounts as Decimal.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check invoice2data==1.0.1 dateparser==1.2.1
mkdir "$folder/unnamed" "$folder/named"
cat >"$folder/unnamed/bill.yml" <<'YAML'
issuer: Eksempel ApS
keywords: [Eksempel ApS]
fields:
  invoice_number: Faktura nr\. (\d+)
  date: Fakturadato (\d\d-\d\d-\d{4})
  amount: Total ([\d.,]+) DKK
options:
  currency: DKK
  languages: [da]
  decimal_separator: ","
YAML
{
  cat "$folder/unnamed/bill.yml"
  echo "  date_formats: ['%d-%m-%Y']"
} >"$folder/named/bill.yml"
printf 'Eksempel ApS\nFaktura nr. 1001\nFakturadato 03-09-2026\nTotal 1691,25 DKK\n' >"$folder/bill.txt"
cat >"$folder/read.py" <<'PY'
import sys

from invoice2data import extract_data
from invoice2data.extract.loader import read_templates
from invoice2data.input import text

seen = {}
for name in ("unnamed", "named"):
    templates = read_templates(f"{sys.argv[1]}/{name}")
    found = extract_data(f"{sys.argv[1]}/bill.txt", templates=templates, input_module=text)
    seen[name] = (f"{found['date']:%Y-%m-%d}", type(found["amount"]).__name__, found["amount"])
    print(name, *seen[name])
as_seen = {"unnamed": ("2026-03-09", "float", 1691.25), "named": ("2026-09-03", "float", 1691.25)}
sys.exit(0 if seen == as_seen else "This has changed: see the head of this file.")
PY
"$folder/venv/bin/python" "$folder/read.py" "$folder"
