"""The settings with which people ask as themselves: what is accepted, and what stops the start."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.config.load import SettingsError, load
from bot.config.make_key import make_key
from bot.config.sign_in_emails import SignInEmails, parse
from bot.config.user_identity import SCOPES, SERVING_SCOPE, UserIdentity

KEYS = (make_key(), make_key())
APP = {
    "SLACK_BOT_TOKEN": "xoxb-invented",
    "SLACK_APP_TOKEN": "xapp-invented",
    "DATABRICKS_HOST": "adb-1.azuredatabricks.net",
    "DATABRICKS_TOKEN": "dapi-invented",
    "GENIE_SPACE": "01ef",
}
USER = APP | {
    "IDENTITY": "user",
    "PUBLIC_URL": "https://genie.example/bot/",
    "DATABRICKS_OAUTH_CLIENT_ID": "client-1",
    "TOKEN_ENCRYPTION_KEYS": KEYS[0],
}

REFUSED = {
    "PUBLIC_URL": (
        ({}, "PUBLIC_URL is not set, though IDENTITY is user: address at which browsers reach PORT"),
        ({"PUBLIC_URL": "http://hidden.example"}, "PUBLIC_URL is plain http"),
        ({"PUBLIC_URL": "https://hidden.example/?a=b"}, "PUBLIC_URL has a query"),
        ({"PUBLIC_URL": "https://hidden.example/#a"}, "PUBLIC_URL has a query or a fragment"),
        ({"PUBLIC_URL": "https://me:hidden@genie.example"}, "PUBLIC_URL holds a name or password"),
        ({"PUBLIC_URL": "https://hidden.example/a b"}, "PUBLIC_URL has a path"),
        ({"PUBLIC_URL": "https://hidden.example/../a"}, "PUBLIC_URL has a path"),
        ({"PUBLIC_URL": "javascript:hidden"}, "PUBLIC_URL is not a web address"),
    ),
    "DATABRICKS_OAUTH_CLIENT_ID": (
        ({}, "DATABRICKS_OAUTH_CLIENT_ID is not set, though IDENTITY is user: client id of the app"),
    ),
    "TOKEN_ENCRYPTION_KEYS": (
        ({}, "TOKEN_ENCRYPTION_KEYS is not set, though IDENTITY is user: keys for what Redis keeps"),
        ({"TOKEN_ENCRYPTION_KEYS": "hidden"}, "TOKEN_ENCRYPTION_KEYS has a key that is not 32 bytes"),
        ({"TOKEN_ENCRYPTION_KEYS": f"{KEYS[0]},hidden"}, "TOKEN_ENCRYPTION_KEYS has a key that"),
    ),
    "DATABRICKS_OAUTH_SCOPES": (
        ({"DATABRICKS_OAUTH_SCOPES": "genie sql"}, "DATABRICKS_OAUTH_SCOPES lacks offline_access"),
        ({"DATABRICKS_OAUTH_SCOPES": 'genie "hidden'}, "DATABRICKS_OAUTH_SCOPES has something that is no"),
    ),
    "SIGN_IN_EMAILS": (
        ({"SIGN_IN_EMAILS": "/nowhere/hidden"}, "SIGN_IN_EMAILS names a file that cannot be read"),
    ),
    "IDENTITY": (({"IDENTITY": "hidden"}, "IDENTITY is wrong"),),
}


def user_identity(**more: str) -> UserIdentity:
    identity = load(USER | more, env_file=None).user_identity
    assert identity is not None
    return identity


@pytest.mark.parametrize(
    ("without", "change", "says"),
    [(name, *row) for name, rows in REFUSED.items() for row in rows],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_missing_or_wrong_value_stops_the_start(without: str, change: dict[str, str], says: str) -> None:
    """One sentence names the variable and where to get it, and shows no value."""
    environ = {name: value for name, value in USER.items() if name != without} | change
    with pytest.raises(SettingsError) as stopped:
        load(environ, env_file=None)
    assert str(stopped.value).startswith(says)
    assert "hidden" not in str(stopped.value)


def test_the_bot_asks_for_everybody_unless_it_is_told_otherwise() -> None:
    """Without IDENTITY nobody has to sign in, and guests and other companies are not answered."""
    settings = load(APP, env_file=None)
    assert (settings.identity, settings.user_identity) == ("app", None)
    assert (settings.user_answers, settings.allow_guests, settings.allow_external) == (
        "private",
        False,
        False,
    )


def test_people_ask_as_themselves_with_three_values() -> None:
    """An address, a client id and a key are enough; the scopes are narrow, the client is public."""
    identity = user_identity()
    assert identity.public_url == "https://genie.example/bot"
    assert (identity.client_id, identity.client_secret) == ("client-1", None)
    assert identity.scopes == SCOPES
    assert user_identity(PUBLIC_URL="http://127.0.0.1:3000").public_url == "http://127.0.0.1:3000"


def test_insights_need_a_scope_of_their_own() -> None:
    """With a serving endpoint its scope is asked for as well, unless the scopes are set."""
    assert user_identity(SERVING_ENDPOINT_NAME="model").scopes == (*SCOPES, SERVING_SCOPE)
    chosen = user_identity(SERVING_ENDPOINT_NAME="model", DATABRICKS_OAUTH_SCOPES="all-apis offline_access")
    assert chosen.scopes == ("all-apis", "offline_access")


def test_keys_are_read_in_any_form_and_in_order() -> None:
    """What the command or openssl makes is 32 bytes; the first of several comes first; none is shown."""
    padded = KEYS[1].translate(str.maketrans("-_", "+/")) + "="
    environ = USER | {
        "TOKEN_ENCRYPTION_KEYS": f" {KEYS[0]} ,{padded}",
        "DATABRICKS_OAUTH_CLIENT_SECRET": "s3",
    }
    settings = load(environ, env_file=None)
    assert settings.user_identity is not None
    assert (
        settings.user_identity.encryption_keys
        == user_identity(TOKEN_ENCRYPTION_KEYS=f"{KEYS[0]} {KEYS[1]}").encryption_keys
    )
    shown = f"{settings!r} {settings} {settings.user_identity!r}"
    assert [secret for secret in (KEYS[0], padded, "s3") if secret in shown] == []
    assert {KEYS[0], padded, "s3", "xoxb-invented"} <= set(settings.secrets)
    assert str(settings.user_identity.encryption_keys[0]) not in shown


def test_the_command_makes_a_key() -> None:
    """It prints one key, another each time."""
    made = [
        subprocess.run(
            [sys.executable, "-m", "bot.config.make_key"], capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert made[0] != made[1]
    assert all(user_identity(TOKEN_ENCRYPTION_KEYS=key) for key in made)


PAIRS = """# Slack           Databricks
ana@home.example  Ana@Company.example

Ben@home.example, ben.b@company.example # an alias
"""


@pytest.mark.parametrize(
    ("slack", "databricks", "together"),
    [
        ("cem@company.example", "Cem@Company.example", True),
        ("cem@company.example", "ana@company.example", False),
        ("ANA@home.example", "ana@company.example", True),
        ("ana@home.example", "ana@home.example", False),
        ("ana@company.example", "ana@company.example", True),
        ("ben@home.example", "ben.b@company.example", True),
        ("\u212aim@company.example", "kim@company.example", False),
        ("", "", False),
    ],
)
def test_addresses_belong_together_as_the_admin_says(slack: str, databricks: str, together: bool) -> None:  # noqa: FBT001 - a row of the table
    """The same address in any case, or a pair of the file; whoever is in the file is nobody else."""
    assert parse(PAIRS).belong_together(slack, databricks) is together


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"ana@a.example ana@b.example\nana@a.example", "line 2 is not"),
        (b"\nana@a.example ana@b.example x@y", "line 2 is not"),
        (b"ana b@c.example", "line 1 is not"),
        (b"a@x.example b@x.example\nA@x.example c@x.example", "line 2 has a Slack address for the second"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_wrong_file_of_pairs_stops_the_start(tmp_path: Path, text: bytes, says: str) -> None:
    """The sentence names the line, and quotes nobody's address."""
    file = tmp_path / "pairs"
    file.write_bytes(text)
    with pytest.raises(SettingsError, match=says) as stopped:
        user_identity(SIGN_IN_EMAILS=str(file))
    assert "example" not in str(stopped.value)


def test_pairs_are_read_from_the_file_that_is_named(tmp_path: Path) -> None:
    """Without one, both addresses are the same."""
    file = tmp_path / "pairs"
    file.write_text(PAIRS)
    assert user_identity().emails == SignInEmails()
    assert user_identity(SIGN_IN_EMAILS=str(file)).emails == parse(PAIRS)
