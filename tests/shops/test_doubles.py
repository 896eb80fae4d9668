"""Which shops of a folder have something in common that they mustn't."""

import pytest

from dinero_sync.cli.shops.doubles import Known, problems_of


def a_shop(
    state: str, organization: int | None, vat: str | None = None, left_behind: str | None = None
) -> Known:
    return Known(
        state=state,
        organization=organization,
        vat_number=vat,
        deadline_minutes=30,
        left_behind=left_behind,
    )


@pytest.mark.parametrize(
    ("shops", "keys"),
    [
        ({"a": a_shop("/a", 1), "b": a_shop("/b", 2)}, {}),
        ({"a": a_shop("/a", None), "b": a_shop("/b", None)}, {}),
        (
            {"a": a_shop("/a", 1), "b": a_shop("/b", 1), "c": a_shop("/c", 2)},
            {"a": "dinero.organization_id", "b": "dinero.organization_id"},
        ),
        (
            {"a": a_shop("/a", 1), "b": a_shop("/a", 2), "c": a_shop("/c", 3)},
            {"a": "sync.state_dir", "b": "sync.state_dir"},
        ),
        # A number that several bear says nothing where each of them tells its company.
        ({"a": a_shop("/a", 1, "90000012"), "b": a_shop("/b", 2, "90000012")}, {}),
        (
            {"a": a_shop("/a", 1, "90000012"), "b": a_shop("/b", None, "90000012")},
            {"a": "dinero.vat_number", "b": "dinero.vat_number"},
        ),
        (
            {
                "a": a_shop("/a", 1, "90000012"),
                "b": a_shop("/b", 1, "90000012"),
                "c": a_shop("/c", 2, "90000012"),
            },
            {"a": "dinero.organization_id", "b": "dinero.organization_id"},
        ),
        ({"a": a_shop("/usual/a", 1, left_behind="/usual")}, {"a": "sync.state_dir"}),
    ],
)
def test_shops_with_something_in_common_are_found(
    shops: dict[str, Known], keys: dict[str, str]
) -> None:
    assert {name: key for name, (key, _) in problems_of(shops).items()} == keys


def test_each_is_told_of_the_others() -> None:
    shops = {name: a_shop("/same", at) for at, name in enumerate(("a", "b", "c"))}

    _, message = problems_of(shops)["b"]

    assert ": a, c. " in message
