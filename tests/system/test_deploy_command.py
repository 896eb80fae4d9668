"""``deploy kubernetes``: a folder that a cluster takes, written whole or not at all."""

from pathlib import Path

import pytest
from desk import Desk

ROOT = Path(__file__).parent.parent.parent
SHOP = (ROOT / "examples" / "plain-danish.yaml").read_text(encoding="utf-8")


@pytest.fixture
def shops(tmp_path: Path) -> Path:
    folder = tmp_path / "shops"
    folder.mkdir()
    for name in ("first", "second"):
        (folder / f"{name}.yaml").write_text(SHOP, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_folder_of_configurations_becomes_a_base_and_is_replaced_by_the_next(
    desk: Desk, shops: Path, tmp_path: Path
) -> None:
    output = tmp_path / "cluster"
    call = ("-c", str(shops), "deploy", "kubernetes", "-o", str(output))

    done = desk.run(*call, "--image", "registry.example/dinero-sync:1")
    (shops / "second.yaml").unlink()
    again = desk.run(*call)

    assert done.stdout.startswith("2 shops are in")
    assert (again.status, again.stdout[:7]) == (0, "1 shop ")
    assert "image: registry.example" not in (output / "first.yaml").read_text()
    assert not (output / "second.yaml").exists()
    readme = (output / "README.md").read_text()
    assert "--from-file=SHOPORAMA_API_KEY=" in readme
    assert "kubectl apply -k ." in readme


def test_nothing_is_written_where_anything_is_wrong(
    desk: Desk, shops: Path, tmp_path: Path
) -> None:
    (shops / "second.yaml").write_text(SHOP.replace("sales_account: 1000", "sales_account: much"))
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "notes.txt").write_text("mine")

    wrong = desk.run("-c", str(shops), "deploy", "kubernetes", "-o", str(tmp_path / "cluster"))
    strange = desk.run("-c", str(shops / "first.yaml"), "deploy", "kubernetes", "-o", str(taken))

    assert wrong.status == 78
    assert "second.yaml" in wrong.stderr
    assert not (tmp_path / "cluster").exists()
    assert strange.status == 2
    assert [each.name for each in taken.iterdir()] == ["notes.txt"]
