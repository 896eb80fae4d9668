"""Pasting back the address that the browser ended at."""

import pytest

from dinero_sync.dinero.auth.callback import callback_from_paste
from dinero_sync.errors import UsageError

REDIRECT_URI = "https://shop.example/dinero"
WHOLE = "https://shop.example/dinero?code=SECRET-code&state=our-state"


@pytest.mark.parametrize(
    "pasted",
    [
        WHOLE,
        f"  {WHOLE}\n",
        f'"{WHOLE}"',
        f"<{WHOLE}>",
        "https://shop.example/dinero?code=SECRET-\ncode&state=our-state",
        "?code=SECRET-code&state=our-state",
        "code=SECRET-code&state=our-state",
        "/dinero?code=SECRET-code&state=our-state",
        "shop.example/dinero?code=SECRET-code&state=our-state",
    ],
)
def test_the_address_may_be_pasted_whole_or_in_part(pasted: str) -> None:
    assert callback_from_paste(pasted, REDIRECT_URI) == WHOLE


def test_a_declined_consent_can_be_pasted_too() -> None:
    declined = "error=access_denied&state=our-state"

    assert callback_from_paste(declined, REDIRECT_URI) == f"{REDIRECT_URI}?{declined}"


@pytest.mark.parametrize(
    ("pasted", "reason"),
    [
        ("", "Nothing was pasted"),
        (" \n", "Nothing was pasted"),
        ("SECRET-code", "carries no answer"),
        ("https://shop.example/dinero", "carries no answer"),
        ("https://connect.visma.com/login?state=SECRET-state", "another page's"),
        ("https://shop.example/other?code=SECRET-code&state=s", "another page's"),
    ],
)
def test_anything_else_is_refused_with_what_to_paste_and_never_repeated(
    pasted: str, reason: str
) -> None:
    with pytest.raises(UsageError, match=reason) as caught:
        callback_from_paste(pasted, REDIRECT_URI)

    assert f"begins with {REDIRECT_URI}?code=" in str(caught.value)
    assert "SECRET" not in str(caught.value)
