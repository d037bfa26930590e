"""Reading the settings: from the environment and from `.env`, with one sentence about what is wrong."""

import ast
import inspect
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, ValidationError
from pydantic_core import ErrorDetails

from bot.config.errors import StartupError
from bot.config.settings import Settings


class SettingsError(StartupError):
    """A setting is missing or wrong; the text is one sentence for the person who starts the bot."""

    def __init__(self, field: str, sentence: str) -> None:
        """Keep which `field` of `Settings` it is."""
        super().__init__(sentence)
        self.field = field


def variables(field: str) -> tuple[str, ...]:
    """Return the names under which a field of `Settings` is read, the one that wins first."""
    alias = Settings.model_fields[field].validation_alias
    return tuple(str(name) for name in alias.choices) if isinstance(alias, AliasChoices) else (field.upper(),)


def load(
    environ: Mapping[str, str],
    env_file: Path | None = Path(".env"),
    instead: Mapping[str, Any] | None = None,
) -> Settings:
    """Read the settings from `environ` and, for what is not there, from `env_file`.

    `instead` has values for fields, in the place of what is set. Raises SettingsError about the first thing
    that is wrong, in the order of the fields.
    """
    names = {name for field in Settings.model_fields for name in variables(field)}
    given: dict[str, Any] = {
        name: value for name, value in environ.items() if name in names and value.strip()
    }
    given |= {variables(field)[0]: value for field, value in (instead or {}).items()}
    try:
        return Settings(_env_file=env_file, **given)  # type: ignore[call-arg]  # an argument of pydantic-settings
    except ValidationError as wrong:
        raise _explained(wrong.errors(include_url=False, include_input=False)[0]) from None


def _explained(error: ErrorDetails) -> SettingsError:
    name = str(error["loc"][0]).upper()
    field = next(field for field in Settings.model_fields if name in variables(field))
    problem = f"is wrong, {_uncapitalised(error['msg'])}"
    if error["type"] == "missing":
        problem = "is not set"
    elif error["type"] == "value_error":
        problem = str(error["ctx"]["error"])
    return SettingsError(field, f"{name} {problem}: {_uncapitalised(_description(field))}.")


def _description(field: str) -> str:
    """Return what stands below a setting in the source: only a start that fails has to read it."""
    lines = [part for top in ast.parse(inspect.getsource(Settings)).body for part in getattr(top, "body", ())]
    for setting, text in pairwise(lines):
        if isinstance(setting, ast.AnnAssign) and ast.unparse(setting.target) == field:
            return str(ast.literal_eval(ast.unparse(text)))
    return ""


def _uncapitalised(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
