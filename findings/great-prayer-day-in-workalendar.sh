#!/usr/bin/env bash
# workalendar 17.0.0 (the newest on PyPI), Python 3.11: Denmark still has Great Prayer Day, which the
# Folketing abolished from 2024 on (bill L 13 of 2022-23). Friday 1 May 2026 is told as a holiday, and a
# term of one working day from Thursday 30 April as ended on Monday 4 May instead of on that Friday.
#
# Expected: a holiday until 2023, and a day of work from 2024 on.
# What follows for us: no term and no day of a document is reckoned in working days.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check workalendar==17.0.0
cat >"$folder/check.py" <<'PY'
import sys
from datetime import date

from workalendar.europe import Denmark

denmark = Denmark()
seen = {
    "2023-05-05": denmark.get_holiday_label(date(2023, 5, 5)),
    "2024-04-26": denmark.get_holiday_label(date(2024, 4, 26)),
    "2026-05-01": denmark.get_holiday_label(date(2026, 5, 1)),
    "a working day after 2026-04-30": f"{denmark.add_working_days(date(2026, 4, 30), 1)}",
}
for asked, found in seen.items():
    print(asked, found, sep=": ")
as_seen = {
    "2023-05-05": "Store Bededag",
    "2024-04-26": "Store Bededag",
    "2026-05-01": "Store Bededag",
    "a working day after 2026-04-30": "2026-05-04",
}
sys.exit(0 if seen == as_seen else "This has changed: see the head of this file.")
PY
"$folder/venv/bin/python" "$folder/check.py"
