"""The settings: what is accepted, what stops the start, and in which words."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from platformdirs.api import PlatformDirsABC
from platformdirs.macos import MacOS
from platformdirs.unix import Unix
from pydantic import ValidationError

from bot.config.load import SettingsError, load
from bot.config.paths import default_data_dir, matplotlib_dir
from bot.spaces.model import Space

COMPLETE = {
    "SLACK_BOT_TOKEN": "xoxb-invented",
    "SLACK_APP_TOKEN": "xapp-invented",
    "DATABRICKS_HOST": "adb-1.azuredatabricks.net",
    "DATABRICKS_TOKEN": "dapi-invented",
    "GENIE_SPACE": "01ef",
}
PAIR = {"DATABRICKS_CLIENT_ID": "app", "DATABRICKS_CLIENT_SECRET": "dose-invented"}


SEVERAL = """
 sales = https://dbc.example/genie/rooms/01ab?o=12 |  Orders;  a = b | c

supply-chain=01cd
"""


@dataclass(frozen=True)
class Case:
    """One environment, as a change to the complete one, and what comes of it."""

    change: dict[str, str]
    says: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    gives: dict[str, object] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        return {name: value for name, value in COMPLETE.items() if name not in self.without} | self.change


def several(spaces: str, said: str) -> Case:
    """Return the case of GENIE_SPACES that have something wrong."""
    return Case({"GENIE_SPACES": spaces}, without=("GENIE_SPACE",), says=("GENIE_SPACES has", said))


ACCEPTED = (
    Case({}, gives={"slack_api_url": "https://slack.com/api/", "port": 3000, "redis_url": None}),
    Case(
        {"SLACK_API_URL": "http://127.0.0.1:8080/api"}, gives={"slack_api_url": "http://127.0.0.1:8080/api/"}
    ),
    Case({"SLACK_SIGNING_SECRET": "s"}, without=("SLACK_APP_TOKEN",), gives={"slack_app_token": None}),
    Case({}, gives={"databricks_host": "https://adb-1.azuredatabricks.net"}),
    Case({"DATABRICKS_HOST": "https://dbc.example/?o=12"}, gives={"databricks_host": "https://dbc.example"}),
    Case({"DATABRICKS_HOST": "http://127.0.0.1:8081"}, gives={"databricks_host": "http://127.0.0.1:8081"}),
    Case({"DATABRICKS_HOST": "http://[::1]:8081/"}, gives={"databricks_host": "http://[::1]:8081"}),
    Case({"GENIE_SPACE": "https://dbc.example/genie/rooms/01ef23?o=12"}, gives={"genie_space": "01ef23"}),
    Case({"GENIE_SPACE_ID": "01ab"}, without=("GENIE_SPACE",), gives={"genie_space": "01ab"}),
    Case({}, gives={"spaces": (Space("", "01ef"),)}),
    Case(
        {"GENIE_SPACES": SEVERAL},
        without=("GENIE_SPACE",),
        gives={"spaces": (Space("sales", "01ab", "Orders; a = b | c"), Space("supply-chain", "01cd"))},
    ),
    Case({"PORT": "8080"}, gives={"port": 8080}),
    Case({"PORT": "8080", "DATABRICKS_APP_PORT": "8000"}, gives={"port": 8000}),
    Case({"PORT": "  "}, gives={"port": 3000}),
    Case({}, gives={"starter_questions": ()}),
    Case({"STARTER_QUESTIONS": " a  b? | c?\n|d "}, gives={"starter_questions": ("a b?", "c?", "d")}),
    Case({}, gives={"thread_replies": "smart", "allowed_bots": ()}),
    Case({"ALLOWED_BOTS": " A0X1, B0Y2 ", "THREAD_REPLIES": "all"}, gives={"allowed_bots": ("A0X1", "B0Y2")}),
    Case({}, gives={"allowed_channels": (), "allowed_users": (), "admins": ()}),
    Case(
        {"ALLOWED_CHANNELS": "C0SALES001 G0OLD00001,"},
        gives={"allowed_channels": ("C0SALES001", "G0OLD00001")},
    ),
    Case(
        {"ALLOWED_USERS": "U0A1,S0B2", "ADMINS": "W0C3"},
        gives={"allowed_users": ("U0A1", "S0B2"), "admins": ("W0C3",)},
    ),
    Case({"LOG_LEVEL": "debug"}, gives={"log_level": "DEBUG"}),
    Case({"REDIS_TLS_VERIFY": "false"}, gives={"redis_tls_verify": False}),
    Case({"DATA_DIR": "~/genie"}, gives={"data_dir": Path.home() / "genie"}),
    Case({"UNHEARD_OF": "x"}, gives={"serving_endpoint_name": None}),
    Case({"SERVING_ENDPOINT_NAME": " model-1 "}, gives={"serving_endpoint_name": "model-1"}),
)

AUTHENTICATION = (
    Case({}, gives={"databricks_auth": "pat"}),
    Case(
        {"DATABRICKS_SERVICE_TOKEN": "dapi"}, without=("DATABRICKS_TOKEN",), gives={"databricks_auth": "pat"}
    ),
    Case(PAIR, without=("DATABRICKS_TOKEN",), gives={"databricks_auth": "oauth-m2m"}),
    Case(PAIR | {"DATABRICKS_AUTH_TYPE": "oauth-m2m"}, gives={"databricks_auth": "oauth-m2m"}),
    Case(PAIR | {"DATABRICKS_AUTH_TYPE": "pat"}, gives={"databricks_auth": "pat"}),
    Case(PAIR | {"DATABRICKS_APP_NAME": "genie-bot"}, gives={"databricks_auth": "pat"}),
    Case({"DATABRICKS_AUTH_TYPE": "azure-cli"}, gives={"databricks_auth": "unified"}),
    Case(
        {"DATABRICKS_CONFIG_PROFILE": "P"},
        without=("DATABRICKS_TOKEN",),
        gives={"databricks_auth": "unified"},
    ),
    Case({"ARM_CLIENT_ID": "app"}, without=("DATABRICKS_TOKEN",), gives={"databricks_auth": "unified"}),
)

REFUSED = (
    Case({}, without=tuple(COMPLETE), says=("SLACK_BOT_TOKEN is not set", "OAuth & Permissions")),
    Case({"STARTER_QUESTIONS": "a|b|c|d|e|f"}, says=("STARTER_QUESTIONS has more than 5 questions",)),
    Case({"STARTER_QUESTIONS": "a" * 76}, says=("STARTER_QUESTIONS", "more than 75 characters")),
    Case({"SLACK_BOT_TOKEN": "xapp-hidden"}, says=("SLACK_BOT_TOKEN does not start with xoxb-",)),
    Case({}, without=("SLACK_APP_TOKEN",), says=("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")),
    Case({"SLACK_APP_TOKEN": "hidden"}, says=("SLACK_APP_TOKEN does not start with xapp-",)),
    Case({"SLACK_API_URL": "http://slack.example/"}, says=("SLACK_API_URL", "plain http")),
    Case({}, without=("DATABRICKS_HOST",), says=("DATABRICKS_HOST is not set", "browser")),
    Case({"DATABRICKS_HOST": "http://dbc.example"}, says=("DATABRICKS_HOST", "plain http")),
    Case({"DATABRICKS_HOST": "https://me:hidden@dbc.example"}, says=("DATABRICKS_HOST", "password")),
    Case({"DATABRICKS_HOST": "https://dbc.example:99999"}, says=("DATABRICKS_HOST is not an address",)),
    Case({}, without=("DATABRICKS_TOKEN",), says=("DATABRICKS_TOKEN", "DATABRICKS_CLIENT_ID")),
    Case(PAIR, says=("DATABRICKS_TOKEN", "DATABRICKS_CLIENT_SECRET", "remove one")),
    Case({"DATABRICKS_AUTH_TYPE": "oauth-m2m"}, says=("oauth-m2m", "DATABRICKS_CLIENT_ID")),
    Case(
        PAIR | {"DATABRICKS_AUTH_TYPE": "pat"}, without=("DATABRICKS_TOKEN",), says=("DATABRICKS_AUTH_TYPE",)
    ),
    Case({}, without=("GENIE_SPACE",), says=("GENIE_SPACE is not set", "/genie/rooms/")),
    Case({}, without=("GENIE_SPACE",), says=("neither is GENIE_SPACES",)),
    Case({"GENIE_SPACES": "sales = 01ab"}, says=("GENIE_SPACE and GENIE_SPACES are both set",)),
    several("sales 01ab", "line that is not alias ="),
    several("= 01ab", "alias that is not one word"),
    several("sales =", "line that is not alias ="),
    several("sales team = 01ab", "alias that is not one word"),
    several(f"{'a' * 31} = 01ab", "alias that is not one word of up to 30"),
    several("Status = 01ab", "the alias Status, which is a word of /genie"),
    several("sales = 01ab\nSALES = 01ac", "two spaces with the alias sales"),
    several("sales = 01ab\nfinance = 01ab", "the space 01ab twice"),
    several("sales = hidden!", "something for sales that is not the id of a space"),
    Case({"GENIE_SPACE": "a space"}, says=("GENIE_SPACE is not the id",)),
    Case(
        {"ALLOWED_CHANNELS": "C0SALES001,#hidden"}, says=("ALLOWED_CHANNELS", "no id of a channel (entry 2)")
    ),
    Case({"ALLOWED_CHANNELS": "D0ADA00000"}, says=("ALLOWED_CHANNELS", "no id of a channel (entry 1)")),
    Case({"ALLOWED_USERS": "@hidden"}, says=("ALLOWED_USERS", "no id of a person or a user group", "U...")),
    Case({"ADMINS": "U0ADA00001,hidden@example.com"}, says=("ADMINS", "no id of a person", "entry 2")),
    Case({"TESTERS": "U0ADA00001,S0B2"}, says=("TESTERS", "no id of a person", "entry 2")),
    Case({"DIGEST_TIME_ZONE": "Berlin"}, says=("DIGEST_TIME_ZONE", "is no time zone")),
    Case({"REDIS_URL": "https://:hidden@host"}, says=("REDIS_URL does not start with redis://",)),
    Case({"REDIS_URL": "redis://"}, says=("REDIS_URL names no server",)),
    Case({"REDIS_URL": "redis://host:hidden"}, says=("REDIS_URL is not an address",)),
    Case({"REDIS_URL": "redis+sentinel://:hidden@a,b"}, says=("REDIS_URL does not name the service",)),
    Case({"REDIS_URL": "redis+sentinel://:hidden@a:x/s"}, says=("REDIS_URL has a server that is no host",)),
    Case({"REDIS_URL": "rediss+cluster://:hidden@a/1"}, says=("REDIS_URL names a database",)),
    Case({"REDIS_URL": "redis+cluster://:hidden@"}, says=("REDIS_URL names no server",)),
    Case({"PORT": "hidden"}, says=("PORT is wrong", "integer")),
    Case({"PORT": "70000"}, says=("PORT is wrong", "65535")),
    Case({"QUESTIONS_PER_MINUTE": "0"}, says=("QUESTIONS_PER_MINUTE is wrong",)),
    Case({"QUESTION_WINDOW_SECONDS": "0"}, says=("QUESTION_WINDOW_SECONDS is wrong",)),
    Case({"QUESTION_GUARD_SECONDS": "0.5"}, says=("QUESTION_GUARD_SECONDS is wrong",)),
    Case({"ANSWER_DEADLINE_SECONDS": "inf"}, says=("ANSWER_DEADLINE_SECONDS is wrong",)),
    Case({"REDIS_PREFIX": "{hidden}"}, says=("REDIS_PREFIX is wrong",)),
    Case({"LOG_FORMAT": "hidden"}, says=("LOG_FORMAT is wrong", "json")),
)


@pytest.mark.parametrize("case", ACCEPTED + AUTHENTICATION, ids=lambda case: str(case.gives))
def test_what_people_set_is_understood(case: Case) -> None:
    """Each way of writing a setting that people use gives the value that the bot needs."""
    settings = load(case.environ, env_file=None)
    assert {name: getattr(settings, name) for name in case.gives} == case.gives


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.says[0])
def test_a_wrong_setting_stops_the_start_with_one_sentence(case: Case) -> None:
    """The sentence names the variable, what is wrong and where to get it, and shows no value."""
    with pytest.raises(SettingsError) as stopped:
        load(case.environ, env_file=None)
    sentence = str(stopped.value)
    assert all(part in sentence for part in case.says)
    assert sentence.count("\n") == 0
    assert sentence.endswith(".")
    assert "hidden" not in sentence


def test_the_most_fundamental_problem_comes_first() -> None:
    """Of several problems only the one is told that has to be solved first."""
    with pytest.raises(SettingsError, match=r"^SLACK_BOT_TOKEN"):
        load({"LOG_LEVEL": "loud", "PORT": "x"}, env_file=None)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """What `.env` says holds for what the environment does not say, under whichever of its names."""
    file = tmp_path / ".env"
    file.write_text("GENIE_SPACE=01file\nREDIS_PREFIX='other bot'\nREDIS_PREFIX=from-file\nPORT=\n")
    environ = {name: value for name, value in COMPLETE.items() if name != "GENIE_SPACE"}
    settings = load(environ | {"GENIE_SPACE_ID": "01environ"}, env_file=file)
    assert (settings.genie_space, settings.redis_prefix, settings.port) == ("01environ", "from-file", 3000)


def test_only_the_given_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process's own environment is not read behind the caller's back."""
    monkeypatch.setenv("REDIS_PREFIX", "elsewhere")
    assert load(COMPLETE, env_file=None).redis_prefix == "genie"


def test_secrets_are_not_shown_and_nothing_can_be_changed() -> None:
    """No secret is in the object's text, and the object is frozen."""
    settings = load(COMPLETE | {"REDIS_URL": "redis://:invented@host"}, env_file=None)
    assert "invented" not in f"{settings!r} {settings}"
    with pytest.raises(ValidationError):
        settings.port = 1


def test_secrets_lose_the_line_end_of_a_paste() -> None:
    """A token with white space around it is the token."""
    settings = load(COMPLETE | {"SLACK_BOT_TOKEN": " xoxb-invented\n"}, env_file=None)
    assert settings.slack_bot_token.get_secret_value() == "xoxb-invented"


@pytest.mark.parametrize(
    ("xdg", "system", "data", "caches"),
    [
        (None, Unix, "~/.local/share/genie-slack-bot", "~/.cache/genie-slack-bot/matplotlib"),
        ("", Unix, "~/.local/share/genie-slack-bot", "~/.cache/genie-slack-bot/matplotlib"),
        ("/xdg", Unix, "/xdg/genie-slack-bot", "/xdg/genie-slack-bot/matplotlib"),
        (
            None,
            MacOS,
            "~/Library/Application Support/genie-slack-bot",
            "~/Library/Caches/genie-slack-bot/matplotlib",
        ),
    ],
)
def test_files_go_where_the_system_wants_them(
    xdg: str | None, system: type[PlatformDirsABC], data: str, caches: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without DATA_DIR the store is where the operating system keeps an application's data; so are caches."""
    monkeypatch.setattr("platformdirs.PlatformDirs", system)
    monkeypatch.setenv("HOME", "/home/ann")
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
        if xdg is not None:
            monkeypatch.setenv(name, xdg)
    assert (default_data_dir(), matplotlib_dir()) == (Path(data).expanduser(), Path(caches).expanduser())
