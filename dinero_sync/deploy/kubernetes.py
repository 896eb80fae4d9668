"""What Kubernetes is told: a CronJob and a volume for each shop, as a kustomize base.

The same configurations give the same files, whenever and wherever they are made. Fields as in
https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/. The pods keep
to ``restricted`` (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from dinero_sync.deploy.shops import HOME, Shop

Manifest = Mapping[str, Any]

NAMESPACE = "dinero-sync"
USER = 10001
"""The image's own user and group."""
CONFIG_FOLDER = "/etc/dinero-sync"
CREDENTIALS_FOLDER = "/run/credentials"
EVERY_MINUTES = 10
"""As often as the timer of systemd: an idle run makes one call to the shop."""
LATE_SECONDS = 300
"""A run that couldn't begin by then is left to the next."""
ENDING_SECONDS = 300
"""How long a run has, past its own deadline, to finish the call under way."""
GRACE_SECONDS = 60
KUSTOMIZATION = "kustomization.yaml"
README = "README.md"
MANIFEST = "manifest.json"


def resource_name(shop: Shop) -> str:
    """Return what a shop's CronJob, volume, Secret and configuration are called."""
    return f"dinero-sync-{shop.name}"


def files_of(shops: Sequence[Shop], image: str, readme: str) -> dict[str, str]:
    """Return the files of the base by their names, with a manifest of their hashes."""
    files = {
        KUSTOMIZATION: _yaml([_kustomization(shops)]),
        "namespace.yaml": _yaml([_namespace()]),
        README: readme,
    }
    for shop in shops:
        files[f"{shop.name}.yaml"] = _yaml([_volume_claim(shop), _cron_job(shop, image)])
        files[f"{shop.name}.config.yaml"] = shop.text
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    files[MANIFEST] = json.dumps({"files": hashes}, indent=2, sort_keys=True) + "\n"
    return files


def _yaml(manifests: Iterable[Manifest]) -> str:
    text: str = yaml.safe_dump_all(manifests, sort_keys=False, width=100)
    return text


def _kustomization(shops: Sequence[Shop]) -> Manifest:
    return {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "namespace": NAMESPACE,
        "resources": ["namespace.yaml", *(f"{each.name}.yaml" for each in shops)],
        "configMapGenerator": [
            {
                "name": resource_name(each),
                "files": [f"config.yaml={each.name}.config.yaml"],
                "options": {"labels": _labels(each)},
            }
            for each in shops
        ],
    }


def _namespace() -> Manifest:
    return {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {
            "name": NAMESPACE,
            "labels": {"pod-security.kubernetes.io/enforce": "restricted"},
        },
    }


def _labels(shop: Shop) -> dict[str, str]:
    return {"app.kubernetes.io/name": "dinero-sync", "app.kubernetes.io/instance": shop.name}


def _volume_claim(shop: Shop) -> Manifest:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": resource_name(shop), "labels": _labels(shop)},
        "spec": {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "1Gi"}},
        },
    }


def _cron_job(shop: Shop, image: str) -> Manifest:
    deadline = round(float(shop.config.sync.deadline_minutes) * 60)
    return {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": {"name": resource_name(shop), "labels": _labels(shop)},
        "spec": {
            "schedule": _schedule(shop.name),
            "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": LATE_SECONDS,
            "successfulJobsHistoryLimit": 1,
            "failedJobsHistoryLimit": 3,
            "jobTemplate": {
                "metadata": {"labels": _labels(shop)},
                "spec": {
                    "backoffLimit": 0,
                    "activeDeadlineSeconds": deadline + ENDING_SECONDS,
                    "template": {"metadata": {"labels": _labels(shop)}, "spec": _pod(shop, image)},
                },
            },
        },
    }


def _schedule(name: str) -> str:
    """Spread the shops over the minutes by their names, so that they don't all begin at once."""
    digest = hashlib.sha256(name.encode()).digest()
    return f"{int.from_bytes(digest[:4]) % EVERY_MINUTES}-59/{EVERY_MINUTES} * * * *"


def _pod(shop: Shop, image: str) -> Manifest:
    volumes: list[Manifest] = [
        {"name": "config", "configMap": {"name": resource_name(shop)}},
        {"name": "state", "persistentVolumeClaim": {"claimName": resource_name(shop)}},
        {"name": "tmp", "emptyDir": {"sizeLimit": "256Mi"}},
    ]
    if shop.credentials:
        volumes.append({"name": "credentials", "secret": _secret(shop)})
    return {
        "restartPolicy": "Never",
        "terminationGracePeriodSeconds": GRACE_SECONDS,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": USER,
            "runAsGroup": USER,
            "fsGroup": USER,
            "fsGroupChangePolicy": "OnRootMismatch",
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(shop, image)],
        "volumes": volumes,
    }


def _secret(shop: Shop) -> Manifest:
    """Hand over the keys that the configuration names, readable for our group alone."""
    return {
        "secretName": resource_name(shop),
        "defaultMode": 0o440,
        "items": [{"key": each, "path": each} for each in shop.credentials],
    }


def _container(shop: Shop, image: str) -> Manifest:
    mounts: list[Manifest] = [
        {"name": "config", "mountPath": CONFIG_FOLDER, "readOnly": True},
        {"name": "state", "mountPath": str(shop.volume)},
        {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108 - the pod's own
    ]
    if shop.credentials:
        mounts.append({"name": "credentials", "mountPath": CREDENTIALS_FOLDER, "readOnly": True})
    return {
        "name": "dinero-sync",
        "image": image,
        "imagePullPolicy": "IfNotPresent",
        "command": ["dinero-sync"],
        "args": ["-c", f"{CONFIG_FOLDER}/config.yaml", "run"],
        "env": _environment(shop),
        "resources": {
            "requests": {"cpu": "50m", "memory": "128Mi"},
            "limits": {"cpu": "1", "memory": "512Mi"},
        },
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": mounts,
    }


def _environment(shop: Shop) -> list[Manifest]:
    """Name the folders.

    The state folder is one inside the volume, which is then for our user alone: the volume itself
    is root's, and of our group.
    """
    folder = shop.config.sync.state_dir or HOME / "state"
    known = [{"name": "STATE_DIRECTORY", "value": str(folder)}]
    if shop.credentials:
        known.append({"name": "CREDENTIALS_DIRECTORY", "value": CREDENTIALS_FOLDER})
    return [*known]
