"""The command that writes what a cluster is told: deploy kubernetes."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinero_sync import __version__
from dinero_sync.cli.context import Common, command, folder_option, group
from dinero_sync.cli.language import language_of
from dinero_sync.cli.terminal import show, wrapped
from dinero_sync.domain.step import Language
from dinero_sync.texts.screens.saying import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dinero_sync.deploy.shops import Shop


@group("deploy")
def deploy() -> None:
    """Write what runs the shops somewhere else than on this machine.

    \b
    Examples:
      dinero-sync -c /etc/dinero-sync deploy kubernetes -o cluster
    """


@command("kubernetes", deploy)
@folder_option
@click.option(
    "--image",
    default=f"dinero-sync:{__version__}",
    show_default=True,
    help="The image to run.",
)
def kubernetes(common: Common, *, output: Path, image: str) -> None:
    """Write a kustomize base: a CronJob and a volume for each shop, from their configurations.

    The configuration is that of one shop (-c FILE), or a folder with one for each (-c FOLDER, every
    *.yaml in it). Each is checked first; a problem in any ends with 78, and nothing is written.
    What a configuration refers to (${credential:NAME}, ${file:PATH}, ${NAME}) becomes a key of a
    Secret, which isn't written: FOLDER's README says how to make it. The same configurations give
    the same files. Calls nobody.

    \b
    Examples:
      dinero-sync -c shop.yaml deploy kubernetes -o cluster
      dinero-sync -c /etc/dinero-sync deploy kubernetes -o cluster \\
        --image registry.example/sync:1
    """
    from dinero_sync.cli.calling import remember_command
    from dinero_sync.config.load import find_config
    from dinero_sync.deploy.kubernetes import README, files_of
    from dinero_sync.deploy.shops import read_shops
    from dinero_sync.journal.folder import packs

    remember_command()
    shops = read_shops(find_config(common.config_path))
    language = language_of(common, shops[0].config)
    packs.earlier(output)
    readme = "\n".join(_readme(shops, language))
    packs.write_pack(output, files_of(shops, image, readme))
    facts = {"folder": str(output), "readme": README}
    show(wrapped(tell("operating.deploy.written", language, count=len(shops), **facts)))


def _readme(shops: "Sequence[Shop]", language: Language) -> "Iterator[str]":
    """Yield the lines of what is left to do: Secrets, applying, looking."""
    from dinero_sync.deploy.kubernetes import NAMESPACE, resource_name

    first = resource_name(shops[0])
    yield from (f"# {tell('operating.deploy.title', language)}", "")
    yield from (tell("operating.deploy.made", language), "")
    yield from (f"## {tell('operating.deploy.secrets', language)}", "")
    yield from (tell("operating.deploy.secrets_why", language), "")
    yield from ("```", "kubectl apply -f namespace.yaml", "```", "")
    for shop in shops:
        keys = shop.credentials
        if not keys:
            yield from (tell("operating.deploy.none", language, shop=shop.name), "")
            continue
        yield "```"
        yield f"kubectl -n {NAMESPACE} create secret generic {resource_name(shop)} \\"
        ends = [*[" \\"] * (len(keys) - 1), ""]
        for key, end in zip(keys, ends, strict=True):
            yield f"  --from-file={key}=/path/of/{shop.name}/{key}{end}"
        yield from ("```", "")
    yield from (f"## {tell('operating.deploy.apply', language)}", "")
    yield from ("```", "kubectl diff -k .", "kubectl apply -k .", "```", "")
    yield from (f"## {tell('operating.deploy.look', language)}", "")
    yield from (tell("operating.deploy.look_why", language), "", "```")
    yield f"kubectl -n {NAMESPACE} create job --from=cronjob/{first} {first}-by-hand"
    yield f"kubectl -n {NAMESPACE} logs job/{first}-by-hand"
    yield f"kubectl -n {NAMESPACE} get cronjobs"
    yield from ("```", "")
