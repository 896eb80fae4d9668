"""``doctor``'s question to this machine: how it reaches the services. Nothing is sent."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from dinero_sync.config.model import Config
from dinero_sync.sync.setup.findings import Diagnosis, Verdict, ask
from dinero_sync.sync.work.workplace import LEDGER, SHOP
from dinero_sync.way_out import WayOut, way_out

QUESTION = "Which way out of this machine, to {}?"


def way_out_findings(config: Config) -> Iterator[Diagnosis]:
    """Tell for each service which proxy and which certificates are used, and who says so."""
    for service, url in ((SHOP, config.shoporama.base_url), (LEDGER, config.dinero.base_url)):
        question = QUESTION.format(service)
        yield ask(question, partial(_finding, config, question, url))


def _finding(config: Config, question: str, url: str) -> Diagnosis:
    way = way_out(url, config.http.ca_file)
    return Diagnosis(question=question, verdict=Verdict.FINE, answer=_answer(way, url))


def _answer(way: WayOut, url: str) -> str:
    parts = urlsplit(url)
    through = "directly"
    if way.proxy is not None:
        through = f"through the proxy {way.proxy.address} ({way.proxy.named_by})"
    if parts.scheme != "https":
        return f"To {parts.netloc} {through}, not encrypted."
    trusted = "this machine's certificates"
    if way.certificates is not None:
        named_by, path = way.certificates
        trusted += f" and those in {path} ({named_by})"
    return f"To {parts.netloc} {through}; trusted are {trusted}."
