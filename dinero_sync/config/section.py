"""What every section of the configuration has in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


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
        fields = cls.model_fields
        given = {
            key: value for key, value in data.items() if value is not None or key not in fields
        }
        for name, about in fields.items():
            if isinstance(about.annotation, type) and issubclass(about.annotation, Section):
                given.setdefault(name, {})
        return given
