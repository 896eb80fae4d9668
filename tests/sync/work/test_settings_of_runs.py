"""From the configuration to the rules, the authorisation and the state folder of a run."""

from decimal import Decimal
from pathlib import Path

import platformdirs
import pytest
from business import Business

from dinero_sync.domain.documents import BuyerKind, PaymentTerms, PaymentTermsType
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import LineKind, Trigger
from dinero_sync.sandbox import credentials
from dinero_sync.sync.work.settings import auth_settings, posting_settings, state_folder


def test_a_rule_keeps_every_condition(business: Business) -> None:
    business.config["posting"]["rules"] = [
        {
            "name": "all",
            "account": 1100,
            "when": {
                "line": "product",
                "vat_rate": [25, 0],
                "zone": "eu",
                "country": "DE",
                "buyer": "business",
                "payment_type": "Kort",
                "sku": "A*",
                "product_id": 7,
            },
        }
    ]

    (rule,) = posting_settings(business.loaded(), 123456).rules

    assert (rule.name, rule.account) == ("all", 1100)
    assert rule.when.line == (LineKind.PRODUCT,)
    assert rule.when.vat_rate == (Decimal(25), Decimal(0))
    assert rule.when.zone == (Zone.EU,)
    assert rule.when.country == ("DE",)
    assert rule.when.buyer == (BuyerKind.BUSINESS,)
    assert rule.when.payment_type == ("Kort",)
    assert rule.when.product.sku == ("A*",)
    assert rule.when.product.product_id == (7,)


def test_a_payment_type_keeps_account_terms_and_trigger(business: Business) -> None:
    types = {each.name: each for each in posting_settings(business.loaded(), 1).payment_types}

    assert types["Kort"].deposit_account == 55010
    assert (types["Kort"].terms, types["Kort"].trigger) == (None, None)
    assert types["Faktura"].deposit_account is None
    assert types["Faktura"].terms == PaymentTerms(type=PaymentTermsType.NETTO, days=14)
    assert types["Faktura"].trigger is Trigger.SHIPPED


def test_an_api_key_is_used_only_with_its_method(business: Business) -> None:
    with_key = auth_settings(business.loaded())
    business.config["dinero"]["auth"]["method"] = "visma_connect"
    without = auth_settings(business.loaded())

    assert with_key.api_key == credentials.API_KEY
    assert without.api_key == ""


def test_the_state_folder_is_the_configured_one(business: Business) -> None:
    assert state_folder(business.loaded()) == business.state_folder


@pytest.mark.parametrize("value", ["/var/lib/dinero-sync", "/var/lib/dinero-sync:/var/lib/other"])
def test_without_one_it_is_that_of_the_systemd_unit(
    business: Business, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", value)
    config = business.loaded()
    plain = config.model_copy(update={"sync": config.sync.model_copy(update={"state_dir": None})})

    assert state_folder(plain) == Path("/var/lib/dinero-sync")


def test_without_any_it_is_the_users_own(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    config = business.loaded()
    plain = config.model_copy(update={"sync": config.sync.model_copy(update={"state_dir": None})})

    assert state_folder(plain) == platformdirs.user_state_path("dinero-sync")


def test_a_shop_of_many_has_a_folder_by_its_files_name(
    business: Business, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def folder() -> Path:
        config = business.loaded()
        sync = config.sync.model_copy(update={"state_dir": None})
        return state_folder(config.model_copy(update={"sync": sync}))

    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    alone = folder()
    monkeypatch.setenv("DINERO_SYNC_CONFIG", str(business.config_file.parent))
    among_others = folder()
    monkeypatch.delenv("DINERO_SYNC_CONFIG")
    among_others.mkdir(exist_ok=True)
    (among_others / "journal.sqlite3").touch()
    named_alone_later = folder()

    assert alone == tmp_path
    assert among_others == named_alone_later == tmp_path / business.config_file.stem
