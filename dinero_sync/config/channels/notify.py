"""How people hear from runs: by mail, a command, whatever apprise reaches, a ping, Prometheus."""

import re
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_core import PydanticCustomError

from dinero_sync.config.values import (
    File,
    OneOrMore,
    Section,
    Text,
    base_address,
    can_exist,
    wrong,
)
from dinero_sync.domain.spoken import spoken

ADDRESS = re.compile(r"[^@\s,;<>\"]+@[A-Za-z0-9.-]+|[a-z_][a-z0-9_-]*", re.ASCII)
"""An address, or a user of this machine, like root (RFC 5321 § 4.1.2, as far as people use it)."""
PORTS = {"smtp": 25, "smtps": 465}
ENCRYPTED_FROM_THE_START = 465
"""RFC 8314 § 3.3: this port speaks TLS at once, whatever stands before it."""
SERVICE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
METRICS = ".prom"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in."""

    host: str
    port: int

    @property
    def is_encrypted(self) -> bool:
        """Tell whether the connection is encrypted from the start."""
        return self.port == ENCRYPTED_FROM_THE_START

    def __str__(self) -> str:
        """Return it as it is written in a configuration."""
        scheme = "smtps" if self.is_encrypted else "smtp"
        return f"{scheme}://{self.host}:{self.port}"


def _server(value: object) -> MailServer:
    """Read ``smtp://host``, ``smtps://host:port`` or ``host:port``."""
    text = str(value) if isinstance(value, str) else ""
    scheme, _, rest = text.partition("://") if "://" in text else ("smtp", "", text)
    try:
        parts = urlsplit(f"//{rest}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    is_place = can_exist(host) if host else False
    if scheme not in PORTS or not is_place or port == 0 or parts.path or parts.username:
        raise wrong(
            spoken(
                "must be a mail server, like smtps://smtp.example.com, smtp://localhost or "
                "smtp.example.com:587; a user and a password have keys of their own"
            )
        )
    if scheme == "smtps" and port not in {None, ENCRYPTED_FROM_THE_START}:
        raise wrong(
            spoken(
                "must have no port but 465 with smtps://; for another write smtp://, which begins "
                "to encrypt once it is connected"
            )
        )
    return MailServer(host, port or PORTS[scheme])


def _address(text: str) -> str:
    if ADDRESS.fullmatch(text):
        return text
    raise wrong(spoken("must be a mail address, like you@example.com, and nothing else"))


def _hidden_address(value: SecretStr) -> SecretStr:
    try:
        return SecretStr(base_address(value.get_secret_value()))
    except PydanticCustomError:
        raise wrong(
            spoken(
                "must be a web address like https://hc.example.com/ping/your-uuid: with https:// "
                "(http:// on this machine alone), no user name or password, and no ? or #"
            )
        ) from None


def _service(value: SecretStr) -> SecretStr:
    if not SERVICE.fullmatch(value.get_secret_value()):
        raise wrong(
            spoken(
                "must be an address as apprise has it, like ntfys://ntfy.sh/your-topic: a word, "
                "://, and what that service needs"
            )
        )
    return value


def _apprise_is_there(value: object) -> object:
    if value and find_spec("apprise") is None:
        raise wrong(
            spoken(
                "needs a package that isn't installed. Install it, or remove this key: "
                "`{python} -m pip install 'apprise>=1.9'`",
                python=sys.executable,
            )
        )
    return value


def _metrics(path: Path) -> Path:
    if path.suffix == METRICS:
        return path
    raise wrong(spoken("must end in .prom: node_exporter reads no other file"))


Address = Annotated[Text, AfterValidator(_address)]
HiddenAddress = Annotated[SecretStr, AfterValidator(_hidden_address)]
"""A web address that is a secret: whoever knows it can speak in our name."""
Service = Annotated[SecretStr, AfterValidator(_service)]


class Mail(Section):
    """Mails."""

    to: Annotated[tuple[Address, ...], OneOrMore] = Field(
        description=spoken("Who gets them: an address, or a list of them."),
        examples=["you@example.com"],
    )
    sender: Address | None = Field(
        default=None,
        alias="from",
        description=spoken("Whose address they bear; left out, the first of to."),
        examples=["dinero-sync@example.com"],
    )
    server: Annotated[MailServer, BeforeValidator(_server)] = Field(
        description=spoken(
            "The mail server that takes them: smtps:// encrypts from the start, smtp:// as"
            " soon as the server can."
        ),
        examples=["smtps://smtp.example.com"],
    )
    user: Text | None = Field(
        default=None, description=spoken("The name for the server, where it asks for one.")
    )
    password: SecretStr | None = Field(
        default=None,
        description=spoken("Its password: ${{file:PATH}} or ${{credential:notify_mail_password}}."),
    )

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.user is None) is not (self.password is None):
            raise wrong(spoken("must have user and password both, or neither"))
        return self


class Notify(Section):
    """How people hear from runs."""

    mail: Mail | None = Field(
        default=None,
        description=spoken(
            "By mail: once for each thing that needs you, and once when it is over."
        ),
        examples=[{"to": "you@example.com", "server": "smtps://smtp.example.com"}],
    )
    command: Annotated[tuple[Text, ...], OneOrMore] | None = Field(
        default=None,
        description=spoken(
            "By a program and its arguments, at the same moments: it gets the message on"
            " stdin, and facts without personal data in variables named DINERO_SYNC_…."
        ),
        examples=[["/usr/local/bin/tell-me", "--urgent"]],
    )
    apprise: (
        Annotated[tuple[Service, ...], BeforeValidator(_apprise_is_there), OneOrMore] | None
    ) = Field(
        default=None,
        description=spoken(
            "By whatever apprise reaches (ntfy, Slack, Teams, SMS, …), at the same moments:"
            " an address, or a list of them. It needs the package apprise."
        ),
        examples=[["ntfys://ntfy.sh/your-topic"]],
    )
    ping: HiddenAddress | None = Field(
        default=None,
        description=spoken(
            "An address that is asked for at each run, as Healthchecks has it: with /start"
            " behind it when a run begins, as it is when one ended well, and with the exit code"
            " behind it otherwise. Whoever watches it hears when no run comes. Nothing but"
            " that leaves."
        ),
        examples=["https://hc.example.com/ping/your-uuid"],
    )
    prometheus: Annotated[File, AfterValidator(_metrics)] | None = Field(
        default=None,
        description=spoken(
            "A file that each run writes figures to, for the textfile collector of"
            " Prometheus' node_exporter. A file for each configuration."
        ),
        examples=["/var/lib/prometheus/node-exporter/dinero-sync.prom"],
    )

    @property
    def tells_people(self) -> bool:
        """Tell whether a person hears what is news by any of it."""
        return any(each is not None for each in (self.mail, self.command, self.apprise))

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing is asked for."""
        return not (self.tells_people or self.ping or self.prometheus)
