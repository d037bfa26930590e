"""Reads the settings as far as they can be read, so that one that is wrong does not hide all the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.config.load import SettingsError, load
from bot.config.settings import Settings

_NO_SPACE: Mapping[str, Any] = {"genie_space": "none", "genie_spaces": ()}
STAND_INS: Mapping[str, Mapping[str, Any]] = {
    "slack_bot_token": {"slack_bot_token": "xoxb-"},
    "slack_app_token": {"slack_app_token": "xapp-"},
    "databricks_host": {"databricks_host": "https://localhost"},
    "databricks_token": {"databricks_token": "none", "databricks_auth_type": "pat"},
    "genie_spaces": _NO_SPACE,
    "genie_space": _NO_SPACE,
    "public_url": {"public_url": "https://localhost"},
    "databricks_oauth_client_id": {"databricks_oauth_client_id": "none"},
    "token_encryption_keys": {"token_encryption_keys": "A" * 43},
}
"""By field that cannot be left out, what stands in for a wrong value; nothing is looked at with it."""


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Settings, those that are wrong replaced."""

    settings: Settings | None
    """None where they cannot be read even so."""
    wrong: Mapping[str, str]
    """The fields that are wrong, each with a sentence."""


def read_settings(environ: Mapping[str, str], env_file: Path | None = Path(".env")) -> ReadSettings:
    """Read them, find all that are wrong, and go on without those."""
    instead, wrong = dict[str, Any](), dict[str, str]()
    while True:
        try:
            return ReadSettings(load(environ, env_file, instead), wrong)
        except SettingsError as problem:
            if problem.field in wrong:
                return ReadSettings(None, wrong)
            wrong[problem.field] = str(problem)
            instead |= STAND_INS.get(problem.field) or {problem.field: _default(problem.field)}


def _default(field: str) -> Any:
    return Settings.model_fields[field].get_default(call_default_factory=True)
