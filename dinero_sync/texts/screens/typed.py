"""What is said of days and amounts that can't be read."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "no_day": _("“{text}” can't be read as a day; write it like 2026-12-01 or 01-12-2026."),
    "no_amount": _("“{text}” can't be read as an amount; write it like 12500.50 or 12.500,50."),
    "nothing": _("“{text}” credits nothing; write an amount above 0."),
}
