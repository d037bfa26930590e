"""Settings are read as far as they can be."""

from pathlib import Path

import pytest

from bot.doctor.settings import read_settings

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "DATABRICKS_HOST": "https://adb.example.com",
    "DATABRICKS_TOKEN": "dapi1",
    "GENIE_SPACE": "01ef",
}
PEOPLE = {"IDENTITY": "user"}


def test_good_settings_are_those_of_the_bot() -> None:
    """Nothing stands in for what is set."""
    read = read_settings(GOOD, None)
    assert not read.wrong
    assert read.settings
    assert read.settings.slack_bot_token.get_secret_value() == "xoxb-1"


@pytest.mark.parametrize(
    ("environment", "wrong"),
    [
        ({"SLACK_BOT_TOKEN": "", "PORT": "x"}, ["slack_bot_token", "port"]),
        ({"SLACK_APP_TOKEN": "", "DATABRICKS_HOST": "my workspace"}, ["slack_app_token", "databricks_host"]),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1\n2", "DATABRICKS_TOKEN": "dapi…"},
            ["slack_bot_token", "databricks_token"],
        ),
        ({"DATABRICKS_TOKEN": "", "GENIE_SPACE": ""}, ["databricks_token", "genie_space"]),
        ({"GENIE_SPACES": "money 01ef", "GENIE_SPACE": ""}, ["genie_spaces"]),
        ({"DATABRICKS_CLIENT_ID": "a", "DATABRICKS_CLIENT_SECRET": "b"}, ["databricks_token"]),
        (PEOPLE, ["public_url", "databricks_oauth_client_id", "token_encryption_keys"]),
        (
            PEOPLE | {"PUBLIC_URL": "http://bot.example.com", "REDIS_URL": "http://r"},
            ["public_url", "databricks_oauth_client_id", "token_encryption_keys", "redis_url"],
        ),
        ({"IDENTITY": "nobody", "CHARTS": "3d", "LOG_LEVEL": "loud"}, ["identity", "charts", "log_level"]),
    ],
)
def test_every_wrong_setting_is_told(environment: dict[str, str], wrong: list[str]) -> None:
    """Each by a sentence of its own, and the others can still be used."""
    read = read_settings(GOOD | environment, None)
    assert list(read.wrong) == wrong
    assert read.settings


def test_a_file_does_not_bring_a_wrong_setting_back(tmp_path: Path) -> None:
    """What stands in for a wrong value holds, wherever the value was."""
    file = tmp_path / ".env"
    file.write_text("SLACK_BOT_TOKEN=xoxp-1\nGENIE_SPACE_ID=a space\nFEEDBACK_CHANNEL=sales\n")
    needed = {name: GOOD[name] for name in ("SLACK_APP_TOKEN", "DATABRICKS_HOST", "DATABRICKS_TOKEN")}
    read = read_settings(needed, file)
    assert list(read.wrong) == ["slack_bot_token", "genie_space", "feedback_channel"]
    assert read.settings
    assert read.settings.feedback_channel is None
