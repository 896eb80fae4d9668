"""What `deploy kubernetes` writes is what Kubernetes takes, and holds nothing secret."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from dinero_sync.config.load import load_config
from dinero_sync.deploy.kubernetes import files_of
from dinero_sync.deploy.shops import Shop, read_shops
from dinero_sync.errors import ConfigError, UsageError

ROOT = Path(__file__).parent.parent.parent
SECRETS = ("SHOPORAMA_API_KEY", "DINERO_CLIENT_ID", "DINERO_CLIENT_SECRET", "DINERO_API_KEY")
LEAST = """\
shoporama:
  api_key: ${{{reference}}}
dinero:
  vat_number: "12345678"
  auth:
    method: api_key
    client_id: our-app
    client_secret: ${{credential:dinero-secret}}
    api_key: ${{file:keys/api}}
sync:
  start_date: 2026-12-01
{more}posting:
  sales_account: 1000
  shipping_account: 1350
payment_types: []
...
"""


@pytest.fixture(autouse=True)
def without_any_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what the configurations refer to be nowhere on this machine."""
    for name in (*SECRETS, "CREDENTIALS_DIRECTORY", "STATE_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """Collect the configurations of examples/ in a folder of their own."""
    folder = tmp_path / "shops"
    folder.mkdir()
    for path in (ROOT / "examples").glob("*.yaml"):
        shutil.copy(path, folder)
    return folder


def a_shop(folder: Path, name: str = "shop", reference: str = "KEY", more: str = "") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(LEAST.format(reference=reference, more=more))
    return path


def manifests(files: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the manifests that the kustomization names; others aren't applied."""
    base = yaml.safe_load(files["kustomization.yaml"])
    for name in base["resources"]:
        yield from yaml.safe_load_all(files[name])


def cron_job(shops: list[Shop]) -> dict[str, Any]:
    """Return the first CronJob."""
    files = files_of(shops, "dinero-sync:1", "")
    return next(each for each in manifests(files) if each["kind"] == "CronJob")


def pod_of(job: dict[str, Any]) -> dict[str, Any]:
    pod: dict[str, Any] = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    return pod


def test_every_manifest_keeps_to_the_published_schemas(examples: Path) -> None:
    files = files_of(read_shops(examples), "dinero-sync:1", "")

    found = [kubernetes_validate.validate(each, "1.34", strict=True) for each in manifests(files)]

    assert len(found) == 1 + 2 * len(list(examples.iterdir()))


def test_the_kustomization_has_all_that_the_jobs_refer_to(examples: Path) -> None:
    files = files_of(read_shops(examples), "dinero-sync:1", "")
    base = yaml.safe_load(files["kustomization.yaml"])
    generated = {each["name"]: each["files"] for each in base["configMapGenerator"]}
    claims = {
        each["metadata"]["name"]
        for each in manifests(files)
        if each["kind"] == "PersistentVolumeClaim"
    }

    for job in (each for each in manifests(files) if each["kind"] == "CronJob"):
        volumes = {each["name"]: each for each in pod_of(job)["volumes"]}
        (config,) = generated[volumes["config"]["configMap"]["name"]]
        assert config.removeprefix("config.yaml=") in files
        assert volumes["state"]["persistentVolumeClaim"]["claimName"] in claims
        mounted = {each["name"] for each in pod_of(job)["containers"][0]["volumeMounts"]}
        assert mounted == volumes.keys()


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl isn't here")
def test_kustomize_builds_it(examples: Path, tmp_path: Path) -> None:
    for name, text in files_of(read_shops(examples), "dinero-sync:1", "").items():
        (tmp_path / name).write_text(text)

    built = subprocess.run(
        ["kubectl", "kustomize", str(tmp_path)],  # noqa: S607 - wherever it is
        capture_output=True,
        text=True,
        check=True,
    )

    kinds = [each["kind"] for each in yaml.safe_load_all(built.stdout)]
    count = len(list(examples.iterdir()))
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "Namespace": 1,
        "ConfigMap": count,
        "PersistentVolumeClaim": count,
        "CronJob": count,
    }


def test_a_job_never_runs_beside_another_and_outlives_the_runs_own_deadline(tmp_path: Path) -> None:
    path = a_shop(tmp_path, more="  deadline_minutes: 12\n")

    spec = cron_job(read_shops(path))["spec"]

    assert spec["concurrencyPolicy"] == "Forbid"
    assert spec["jobTemplate"]["spec"]["backoffLimit"] == 0
    assert spec["jobTemplate"]["spec"]["activeDeadlineSeconds"] == (12 + 5) * 60


def test_a_pod_has_no_rights(tmp_path: Path) -> None:
    pod = pod_of(cron_job(read_shops(a_shop(tmp_path))))
    container = pod["containers"][0]

    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["fsGroup"] == pod["securityContext"]["runAsUser"] == 10001
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def test_shops_begin_at_minutes_of_their_own_and_always_the_same(tmp_path: Path) -> None:
    for name in range(12):
        a_shop(tmp_path, f"shop-{name}")
    jobs = [
        each
        for each in manifests(files_of(read_shops(tmp_path), "dinero-sync:1", ""))
        if each["kind"] == "CronJob"
    ]

    assert len({job["spec"]["schedule"] for job in jobs}) > 5
    assert cron_job(read_shops(a_shop(tmp_path)))["spec"]["schedule"] == "7-59/10 * * * *"


def test_the_same_configurations_give_the_same_files(examples: Path) -> None:
    made = [files_of(read_shops(examples), "dinero-sync:1", "") for _ in range(2)]

    assert made[0] == made[1]


def test_whatever_is_referred_to_becomes_a_key_of_a_secret_that_is_named(tmp_path: Path) -> None:
    shops = read_shops(a_shop(tmp_path, reference="file:/run/other/api"))

    (shop,) = shops
    secret = next(each["secret"] for each in pod_of(cron_job(shops))["volumes"] if "secret" in each)
    assert shop.credentials == ("api", "api-2", "dinero-secret")
    assert [each["key"] for each in secret["items"]] == [*shop.credentials]
    assert secret["secretName"] == "dinero-sync-shop"


def test_the_configuration_in_the_cluster_means_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path
) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    for name in SECRETS:
        (keys / name).write_text(f"{name}-value\n")
        monkeypatch.setenv(name, f"{name}-value")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(keys))
    (tmp_path / "there").mkdir()

    for path in examples.iterdir():
        (shop,) = read_shops(path)
        there = tmp_path / "there" / path.name
        there.write_text(shop.text)
        assert load_config(there) == load_config(path)


def test_no_secret_is_written_be_it_known_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEY", "the-very-secret")
    path = a_shop(tmp_path)
    path.write_text(f"# was: another-secret\n{path.read_text()}")

    files = files_of(read_shops(path), "dinero-sync:1", "")

    assert "secret" not in "".join(files.values()).replace("dinero-secret", "").replace(
        "client_secret", ""
    ).replace("secretName", "").replace(" secret:", "")


def test_a_secret_in_the_file_itself_is_refused_by_its_line(tmp_path: Path) -> None:
    path = a_shop(tmp_path)
    path.write_text(path.read_text().replace("${KEY}", "abc123"))

    with pytest.raises(ConfigError, match=r"refer to it: \$\{credential:api-key\}") as refused:
        read_shops(path)

    assert "abc123" not in str(refused.value)
    assert [each.line for each in refused.value.problems] == [2]


def test_a_secret_that_is_written_out_in_part_is_refused_as_well(tmp_path: Path) -> None:
    path = a_shop(tmp_path)
    path.write_text(path.read_text().replace("${KEY}", "abc123${KEY}"))

    with pytest.raises(ConfigError, match="the secret stands in the file itself"):
        read_shops(path)


@pytest.mark.parametrize("address", ['"${credential:topic}"', '["${credential:topic}"]'])
def test_addresses_of_channels_are_keys_of_the_secret_too(tmp_path: Path, address: str) -> None:
    notify = f'notify: {{apprise: {address}, ping: "${{PING}}"}}\n'
    path = a_shop(tmp_path)
    path.write_text(path.read_text().replace("...\n", f"{notify}...\n"))

    (shop,) = read_shops(path)

    assert shop.credentials == ("KEY", "PING", "api", "dinero-secret", "topic")


def test_every_problem_of_every_shop_is_named(tmp_path: Path) -> None:
    a_shop(tmp_path, "first", more="  overlap: much\n")
    a_shop(tmp_path, "second", reference="weird ref")
    a_shop(tmp_path, "third")
    a_shop(tmp_path, ".left-by-an-editor", more="  overlap: much\n")
    (tmp_path / "folder.yaml").mkdir()

    with pytest.raises(ConfigError) as refused:
        read_shops(tmp_path)

    assert {Path(each.file).stem for each in refused.value.problems} == {"first", "second"}


def test_a_number_that_is_referred_to_and_unknown_here_is_asked_for(tmp_path: Path) -> None:
    path = a_shop(tmp_path)
    text = path.read_text().replace("dinero:\n", "dinero:\n  organization_id: ${COMPANY}\n")
    path.write_text(text)

    with pytest.raises(ConfigError, match="environment variable COMPANY is not set"):
        read_shops(path)


@pytest.mark.parametrize("folder", ["state", "~/state", "/var/lib/dinero-sync/../x"])
def test_a_state_folder_that_a_cluster_can_not_keep_is_refused(tmp_path: Path, folder: str) -> None:
    path = a_shop(tmp_path, more=f"  state_dir: {folder}\n")

    with pytest.raises(ConfigError, match="only what is on the shop's volume is there"):
        read_shops(path)


def test_the_volume_is_where_the_state_folder_is(tmp_path: Path) -> None:
    job = cron_job(read_shops(a_shop(tmp_path, more="  state_dir: /srv/shop\n")))
    container = pod_of(job)["containers"][0]

    assert {"name": "state", "mountPath": "/srv/shop"} in container["volumeMounts"]
    assert {"name": "STATE_DIRECTORY", "value": "/srv/shop"} in container["env"]


def test_two_shops_never_share_a_name(tmp_path: Path) -> None:
    a_shop(tmp_path, "My shop")
    a_shop(tmp_path, "my-shop")

    with pytest.raises(ConfigError, match="called my-shop in the cluster as well"):
        read_shops(tmp_path)


def test_a_name_of_no_letters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="needs letters of a to z"):
        read_shops(a_shop(tmp_path, "æøå"))


def test_a_folder_without_configurations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no configuration"):
        read_shops(tmp_path)
