#!/usr/bin/env bash
# django-localflavor 5.1 (with Django 5.2.19), Python 3.11: VATINValidator, which says of itself that it
# supports the VAT numbers in VIES, accepts GB numbers, which VIES hasn't known since Great Britain left
# the EU's VAT area with the end of 2020, and refuses XI, which numbers from Northern Ireland have borne
# there since. So it answers wrongly for both: whether a British buyer counts as one in the EU.
#
# Expected: XI980780684 accepted, GB980780684 refused.
# What follows for us: a British number counts for a sale of goods without VAT within the EU with XI alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django-localflavor==5.1 django==5.2.19
cat >"$folder/check.py" <<'PY'
import sys

from django.conf import settings

settings.configure(USE_I18N=False)
from django.core.exceptions import ValidationError
from localflavor.generic.validators import VATINValidator

seen = {}
for number in ("DK13585628", "GB980780684", "XI980780684"):
    try:
        VATINValidator()(number)
        seen[number] = "accepted"
    except ValidationError as error:
        seen[number] = error.code
    print(number, seen[number])
as_seen = {"DK13585628": "accepted", "GB980780684": "accepted", "XI980780684": "country_code"}
sys.exit(0 if seen == as_seen else "This has changed: see the head of this file.")
PY
"$folder/venv/bin/python" "$folder/check.py"
