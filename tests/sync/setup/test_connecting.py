"""Connecting to Dinero: a consent or a key, and the one company it is for."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from business import Business, SandboxClock
from shop import ORDER_ID, raw_order

from dinero_sync.dinero import organisations
from dinero_sync.dinero.auth.oauth import Consent
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.dinero.organisations import Organization
from dinero_sync.errors import ExitCode, TemporaryError
from dinero_sync.journal.folder.token_file import TokenFile
from dinero_sync.sandbox import credentials
from dinero_sync.sync.setup.connecting import connect

TIMEOUT_SECONDS = 10
SHOP_COMPANY, OTHER_COMPANY = credentials.ORGANIZATION_ID, credentials.OTHER_ORGANIZATION_ID


def accept(consent: Consent) -> str:
    """Press "accept" on the consent page and return where the browser is sent."""
    parts = urlsplit(consent.url)
    form = {**dict(parse_qsl(parts.query)), "decision": "accept"}
    address = f"{parts.scheme}://{parts.netloc}{parts.path.replace('authorize', 'consent')}"
    answer = requests.post(address, data=form, timeout=TIMEOUT_SECONDS, allow_redirects=False)
    return answer.headers["Location"]


def nobody_asks(_: object) -> str:
    raise AssertionError("a key needs no consent")


def nobody_chooses(_: list[Organization]) -> Organization:
    raise AssertionError("there was nothing to choose")


def connected(business: Business, *, key: bool = False) -> Organization:
    ask = nobody_asks if key else accept
    return connect(business.loaded(), SandboxClock(business.sandbox), ask, nobody_chooses)


@pytest.fixture
def visma(business: Business) -> Business:
    """Configure Visma Connect, and no company."""
    del business.config["dinero"]["organization_id"]
    business.config["dinero"]["auth"] = {
        "method": "visma_connect",
        "client_id": credentials.VISMA_CLIENT_ID,
        "client_secret": credentials.VISMA_CLIENT_SECRET,
        "authorize_url": f"{business.sandbox.url}/visma/connect/authorize",
        "token_url": f"{business.sandbox.url}/visma/connect/token",
        "redirect_uri": "http://localhost:8765/callback",
    }
    return business


def test_a_consent_is_kept_and_the_next_run_books(visma: Business) -> None:
    visma.sell(raw_order())

    organization = connected(visma)
    finished = visma.run_once()

    assert organization.organization_id == SHOP_COMPANY
    assert finished.exit_code == ExitCode.OK
    assert visma.invoice().is_booked


def test_the_only_company_with_a_plan_is_chosen_and_remembered(visma: Business) -> None:
    connected(visma)

    kept = TokenFile(visma.state_folder).read()

    assert kept is not None
    assert kept.organization_id == SHOP_COMPANY


def test_a_person_chooses_among_several_companies(visma: Business) -> None:
    visma.sandbox.organisations[OTHER_COMPANY].has_pro = True
    offered: list[int] = []

    def choose(organizations: list[Organization]) -> Organization:
        offered.extend(each.organization_id for each in organizations)
        return organizations[1]

    chosen = connect(visma.loaded(), SandboxClock(visma.sandbox), accept, choose)

    assert offered == [SHOP_COMPANY, OTHER_COMPANY]
    assert chosen.organization_id == OTHER_COMPANY


def test_the_configured_company_is_taken_without_asking(visma: Business) -> None:
    visma.sandbox.organisations[OTHER_COMPANY].has_pro = True
    visma.config["dinero"]["organization_id"] = SHOP_COMPANY

    assert connected(visma).organization_id == SHOP_COMPANY


def test_the_company_of_the_state_folder_is_taken_without_asking(visma: Business) -> None:
    connected(visma)
    visma.sell(raw_order())
    visma.run_once()
    visma.sandbox.organisations[OTHER_COMPANY].has_pro = True

    assert connected(visma).organization_id == SHOP_COMPANY


def test_a_company_that_is_not_seen_is_named(visma: Business) -> None:
    visma.config["dinero"]["organization_id"] = 999999

    with pytest.raises(NotConnectedError, match="doesn't see company 999999"):
        connected(visma)


def test_a_connection_that_sees_no_company_says_so(
    visma: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organisations, "organizations", lambda _: [])

    with pytest.raises(NotConnectedError, match="doesn't see any company"):
        connected(visma)


def test_a_company_without_a_plan_is_named_with_what_it_needs(visma: Business) -> None:
    visma.config["dinero"]["organization_id"] = OTHER_COMPANY

    with pytest.raises(NotConnectedError, match="no Dinero Pro or Total"):
        connected(visma)


def test_an_api_key_is_proved(business: Business) -> None:
    organization = connected(business, key=True)

    assert organization.organization_id == SHOP_COMPANY
    assert TokenFile(business.state_folder).read() is not None


@pytest.mark.parametrize(("days_left", "warns"), [(13, True), (15, False)])
def test_the_end_of_a_consent_is_told_two_weeks_ahead(
    visma: Business,
    days_left: int,
    warns: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    connected(visma)
    visma.expire_consent_in(timedelta(days=days_left))

    finished = visma.run_once()

    assert bool(finished.events("connection.expires")) is warns


def test_a_consent_that_was_withdrawn_ends_the_run(visma: Business) -> None:
    connected(visma)
    visma.run_once()
    visma.sandbox.consents.refresh_tokens.clear()
    visma.wait(hours=2)
    visma.sell(raw_order())

    finished = visma.run_once()

    assert finished.exit_code == ExitCode.NOT_CONNECTED
    assert "dinero-sync connect" in str(finished.result.stopped)


def test_a_connection_cut_short_leaves_the_company_as_it_was(visma: Business) -> None:
    visma.sell(raw_order())
    connected(visma)
    visma.fault("status_before", "*/organizations", "GET", times=None)
    with pytest.raises(TemporaryError):
        connected(visma)
    visma.sandbox.clear_faults()

    finished = visma.run_once()

    assert finished.exit_code == ExitCode.OK
    assert visma.invoice().is_booked


def test_a_state_folder_that_belongs_to_a_company_is_for_no_other_until_one_is_chosen(
    visma: Business,
) -> None:
    visma.sell(raw_order())
    connected(visma)
    visma.run_once()
    store = TokenFile(visma.state_folder)
    kept = store.read()
    assert kept is not None
    store.save(replace(kept, organization_id=None))
    visma.sell(raw_order(ORDER_ID + 1))

    finished = visma.run_once()

    assert finished.exit_code == ExitCode.OK
    assert visma.invoice(ORDER_ID + 1).is_booked


def test_a_damaged_token_file_is_replaced_by_connecting_again(visma: Business) -> None:
    connected(visma)
    TokenFile(visma.state_folder).path.write_text("{")

    connected(visma)

    kept = TokenFile(visma.state_folder).read()
    assert kept is not None
    assert kept.organization_id == SHOP_COMPANY
