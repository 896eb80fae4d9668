"""How sections and values of the configuration are read, and what is said of those that can't be.

Every reader here takes what :mod:`.yaml_text` and :mod:`.references` yield. Text that stood
without quotes or came from a reference (:class:`~.yaml_text.Unquoted`) may be read as a number or
a boolean; quoted text may not. No message ever repeats the value: it may be a secret in the wrong
place.
"""

import re
import zoneinfo
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from ipaddress import IPv6Address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from dinero_sync.config.home import without_tilde
from dinero_sync.config.yaml_text import WHOLE_NUMBER, Unquoted
from dinero_sync.domain.spoken import spoken

OWN_MESSAGE = "dinero_sync"
"""The pydantic error type of messages that are already ours."""
DECIMAL_NUMBER = re.compile(r"(0|[1-9][0-9]{0,8})\.[0-9]{1,6}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
LONGEST_NAME = 253
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
TAKEN_FOR_ISO_CODES = {"UK": "GB", "EL": "GR", "XI": "GB", "IC": "ES", "EA": "ES"}
"""Codes that people and the EU's VAT numbers use, and the ISO 3166-1 codes of these countries."""

PLACEHOLDER = "XX"
"""What stands for a country in settings that are offered to be pasted."""


class Section(BaseModel):
    """A part of the configuration with keys of its own; never changes once it is made."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_means_absent(cls, data: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        """Leave out keys without a value, and add empty sections, which then name what they miss.

        Unknown keys stay, with or without a value, so that they are refused.
        """
        if not isinstance(data, dict):
            return data
        fields = keys_of(cls)
        given = {
            key: value for key, value in data.items() if value is not None or key not in fields
        }
        for name, about in fields.items():
            if isinstance(about.annotation, type) and issubclass(about.annotation, Section):
                given.setdefault(name, {})
        return given


def keys_of(section: type[Section]) -> dict[str, FieldInfo]:
    """Return what a section takes, by the keys of the file: one that Python keeps has an alias."""
    return {about.alias or name: about for name, about in section.model_fields.items()}


def wrong(message: str) -> PydanticCustomError:
    """Build the error to raise for a value; ``message`` follows the name of its key."""
    return PydanticCustomError(OWN_MESSAGE, "{message}", {"message": message})


def _whole_number(value: object) -> int:
    if isinstance(value, Unquoted) and WHOLE_NUMBER.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise wrong(spoken("must be a whole number: digits alone, no quotes and no leading zero"))


def _decimal(value: object) -> Decimal:
    if isinstance(value, Unquoted) and DECIMAL_NUMBER.fullmatch(value):
        return Decimal(value)
    try:
        return Decimal(_whole_number(value))
    except PydanticCustomError:
        raise wrong(spoken("must be a number like 25 or 12.5, without quotes")) from None


def _true_or_false(value: object) -> bool:
    if isinstance(value, Unquoted) and value in ("true", "false"):
        return value == "true"
    if isinstance(value, bool):
        return value
    raise wrong(spoken("must be true or false, without quotes"))


def _day(value: object) -> date:
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise wrong(spoken("is a day that the calendar doesn't have")) from None
    raise wrong(spoken("must be a day, written like 2026-12-01"))


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, with_password = parts.hostname, parts.username or parts.password
        port = parts.port  # reading it raises ValueError for a port that is no number
    except ValueError:
        raise wrong(spoken("must be a web address like https://www.shoporama.dk/REST")) from None
    if not host or parts.scheme not in ("https", "http") or not url.isprintable() or " " in url:
        raise wrong(spoken("must be a web address like https://www.shoporama.dk/REST"))
    if not can_exist(host) or port == 0:
        raise wrong(
            spoken(
                "must name a host that can exist: each part between the points has 1 to 63 "
                "letters, digits or hyphens, as in www.shoporama.dk"
            )
        )
    if with_password:
        raise wrong(spoken("must not hold a user name or password: addresses appear in logs"))
    if parts.scheme == "http" and host not in THIS_MACHINE:
        raise wrong(spoken("must begin with https://; http:// is for 127.0.0.1 and localhost only"))
    return url


def can_exist(host: str) -> bool:
    """Tell whether a host's name or address is one that there can be (RFC 1035 § 2.3)."""
    if ":" in host:
        return _is_ipv6(host)
    try:
        name = host.encode("idna").decode().removesuffix(".")
    except UnicodeError:  # a label is empty or longer than 63
        return False
    return len(name) <= LONGEST_NAME and all(LABEL.fullmatch(each) for each in name.split("."))


def _is_ipv6(host: str) -> bool:
    try:
        IPv6Address(host)
    except ValueError:
        return False
    return True


def base_address(url: str) -> str:
    """Return an address that paths can be put behind; raises what is said of one that isn't."""
    _address(url)
    if "?" in url or "#" in url:
        raise wrong(spoken("must end before any ? or #: paths are put behind it"))
    return url.rstrip("/")


def _time_zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        # ValueError: not a relative path; OSError: a folder of zones, or a name too long
        near = get_close_matches(name, zoneinfo.available_timezones(), 1)
        hint = (
            spoken('did you mean "{near}"?', near=near[0])
            if near
            else spoken('write "{zone}"', zone="Europe/Copenhagen")
        )
        raise wrong(spoken("is no time zone of the IANA database; {hint}", hint=hint)) from None
    return name


def _country(code: object) -> object:
    if isinstance(code, str):
        if code in TAKEN_FOR_ISO_CODES:
            raise wrong(
                spoken(
                    'is no ISO code; the country is written "{code}"',
                    code=TAKEN_FOR_ISO_CODES[code],
                )
            )
        if code == PLACEHOLDER:
            raise wrong(spoken("stands in place of the country's ISO code; write that, like DE"))
        if re.fullmatch(r"[A-Z]{2}", code):
            return code
    raise wrong(spoken("must be a country's ISO code: two capital letters, like DK or NO"))


def _currency(code: str) -> str:
    if re.fullmatch(r"[A-Z]{3}", code):
        return code
    raise wrong(spoken("must be a currency's ISO code: three capital letters, like DKK"))


def _secret(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if text and text.isascii() and text.isprintable() and " " not in text:
        return value
    raise wrong(
        spoken(
            "must be a key as its issuer showed it: one line of letters, digits and "
            "signs, no spaces"
        )
    )


def _one_or_more(value: object) -> object:
    if value == []:
        raise wrong(spoken("is an empty list, which takes nothing; name a value or remove the key"))
    return value if isinstance(value, list | tuple) else (value,)


def _folder(value: object, info: ValidationInfo) -> object:
    """Read a folder; a relative one begins at the folder that the validation's context names."""
    if not isinstance(value, str) or not value.strip():
        raise wrong(spoken("must be a folder, like /var/lib/dinero-sync"))
    start: Path = (info.context or {}).get("folder", Path())
    try:
        return start / without_tilde(value)
    except RuntimeError:
        raise wrong(
            spoken("names a home folder (~) that can't be found; write the whole path")
        ) from None


def _file(value: object, info: ValidationInfo) -> object:
    """Read a file's place; a relative one begins where a relative folder does."""
    if not isinstance(value, str) or not value.strip():
        raise wrong(spoken("must be a file, like /etc/ssl/our-network.pem"))
    return _folder(value, info)


def _id_as_text(value: object) -> object:
    """Let an id without quotes stand for its text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, StringConstraints(strict=True, min_length=1, strip_whitespace=True)]
MaybeText = Annotated[str, StringConstraints(strict=True, strip_whitespace=True)]
NameOrId = Annotated[Text, BeforeValidator(_id_as_text)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]
WebAddress = Annotated[Text, AfterValidator(_address)]
BaseAddress = Annotated[Text, AfterValidator(base_address)]
TimeZoneName = Annotated[Text, AfterValidator(_time_zone)]
Currency = Annotated[Text, AfterValidator(_currency)]
Country = Annotated[str, BeforeValidator(_country)]
Day = Annotated[date, BeforeValidator(_day)]
Flag = Annotated[bool, BeforeValidator(_true_or_false)]
Folder = Annotated[Path, BeforeValidator(_folder)]
File = Annotated[Path, BeforeValidator(_file)]
WholeNumber = Annotated[int, BeforeValidator(_whole_number)]
Identifier = Annotated[WholeNumber, Field(gt=0)]
"""The number that a service gave to something."""
AccountNumber = Annotated[WholeNumber, Field(ge=1, le=999_999)]
PositiveNumber = Annotated[float, BeforeValidator(_decimal), Field(gt=0)]
"""Durations and rates; amounts of money are never floats."""
Percent = Annotated[Decimal, BeforeValidator(_decimal), Field(ge=0, le=100)]
Amount = Annotated[Decimal, BeforeValidator(_decimal), Field(gt=0)]
"""Kroner."""
Rate = Annotated[Decimal, BeforeValidator(_decimal), Field(gt=0)]
OneOrMore = BeforeValidator(_one_or_more)
"""Lets a single value stand for a list of one; an empty list would be a condition never met."""
