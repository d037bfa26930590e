"""The settings: one frozen object, read once by `bot.config.load`.

Names follow the two vendors (https://docs.databricks.com/aws/en/dev-tools/auth/env-vars, https://docs.slack.dev/).
docs/operating/settings.md holds the same list as a table; tests/house/test_documents.py compares the two.
"""

import re
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, SecretStr, ValidationInfo
from pydantic import field_validator as check
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.config import addresses, ids, redis_address, sign_in_emails, starters, user_identity
from bot.config import spaces as genie_spaces
from bot.config.paths import default_data_dir
from bot.config.sign_in_emails import SignInEmails
from bot.config.time_zones import time_zone
from bot.config.tokens import begins, stripped
from bot.config.user_identity import UserIdentity
from bot.spaces.model import Space
from genie.http.host import host_url
from render.chart.model import Charts


def _long(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[!-~]{16,}", secret.get_secret_value()):
        raise ValueError("has fewer than 16 characters, or one that no header takes")
    return secret


def _split(text: object) -> object:
    """Split a list at white space and commas."""
    return tuple(re.split(r"[\s,]+", text.strip(" ,"))) if isinstance(text, str) else text


def _store_address(secret: SecretStr) -> SecretStr:
    redis_address.parse(secret.get_secret_value())
    return secret


def _keys(texts: tuple[SecretStr, ...] | None) -> tuple[SecretStr, ...] | None:
    for text in texts or ():
        user_identity.key(text.get_secret_value())
    return texts


Ids = Annotated[tuple[str, ...], BeforeValidator(_split)]
Apps = Annotated[Ids, AfterValidator(ids.beginning("ABUW", "an app"))]
ChannelIds = Annotated[Ids, AfterValidator(ids.beginning("CG", "a channel"))]
People = Annotated[Ids, AfterValidator(ids.beginning("UWS", "a person or a user group"))]
Persons = Annotated[Ids, AfterValidator(ids.beginning("UW", "a person"))]
Starters = Annotated[tuple[str, ...], BeforeValidator(starters.split), AfterValidator(starters.few_and_short)]
Spaces = Annotated[tuple[Space, ...], BeforeValidator(genie_spaces.read)]
Secret = Annotated[SecretStr, AfterValidator(stripped)]
Emails = Annotated[SignInEmails, BeforeValidator(sign_in_emails.read)]
PublicUrl = Annotated[str, AfterValidator(user_identity.public_url)]
Scopes = Annotated[tuple[str, ...] | None, BeforeValidator(_split), AfterValidator(user_identity.usable)]
EncryptionKeys = Annotated[tuple[SecretStr, ...] | None, BeforeValidator(_split), AfterValidator(_keys)]
StoreAddress = Annotated[Secret, AfterValidator(_store_address)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Level = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)]


T = TypeVar("T")
DatabricksAuth = Literal["pat", "oauth-m2m", "unified"]


class Settings(BaseSettings):
    """All settings, the most fundamental first; errors quote the descriptions."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        str_strip_whitespace=True,
    )

    slack_bot_token: Annotated[Secret, begins("xoxb-")]
    """Bot token (xoxb-...) from OAuth & Permissions on your app's page at api.slack.com/apps"""
    slack_signing_secret: Secret | None = None
    """Signing secret from Basic Information on your app's page; for HTTP mode, without an app token"""
    slack_app_token: Annotated[Secret, begins("xapp-")] | None = Field(None, validate_default=True)
    """App-level token (xapp-...) with connections:write from Basic Information on your app's page"""
    slack_api_url: Annotated[str, AfterValidator(addresses.api_url)] = "https://slack.com/api/"
    """Address of Slack's Web API; another one only for a local Slack"""
    databricks_host: Annotated[str, AfterValidator(host_url)]
    """Address of your Databricks workspace, as https://... in the browser"""
    databricks_app_name: str | None = None
    """Set by Databricks Apps, where a token of yours has precedence over the app's own service principal"""
    databricks_workspace_id: str | None = None
    """Number of the workspace, set by Databricks Apps; needed where the host serves several workspaces"""
    databricks_auth_type: str | None = None
    """Method of Databricks' unified authentication: pat, oauth-m2m, azure-cli and so on"""
    databricks_config_profile: str | None = None
    """Profile in ~/.databrickscfg, for Databricks' unified authentication"""
    arm_client_id: str | None = None
    """Azure application for Databricks' unified authentication, beside its other ARM_ variables"""
    databricks_client_id: str | None = None
    """Application id of a service principal, from Identity and access in Databricks"""
    databricks_client_secret: Secret | None = None
    """OAuth secret of that service principal, from its Secrets tab in Databricks"""
    databricks_token: Secret | None = Field(
        None,
        validate_default=True,
        validation_alias=AliasChoices("DATABRICKS_TOKEN", "DATABRICKS_SERVICE_TOKEN"),
    )
    """Personal access token from Developer settings in Databricks, in place of a service principal"""
    genie_spaces: Annotated[Spaces, NoDecode] = Field(default_factory=tuple)
    """Several Genie spaces, one per line, the default first: alias = id or address | what it is about"""
    genie_space: Annotated[str, AfterValidator(addresses.space_id)] | None = Field(
        None, validate_default=True, validation_alias=AliasChoices("GENIE_SPACE", "GENIE_SPACE_ID")
    )
    """Id of the one Genie space, or its whole address (.../genie/rooms/...) from the browser"""
    serving_endpoint_name: Annotated[str, Field(pattern=r"^[\w.:-]{1,100}$")] | None = None
    """Serving endpoint of a chat model that puts figures into words; rows of answers are sent to it"""
    identity: Literal["app", "user"] = "app"
    """app: the bot's own identity asks for everybody; user: people sign in and ask as themselves"""
    public_url: PublicUrl | None = Field(None, validate_default=True)
    """Address at which browsers reach PORT, https and without a query; people come there to sign in"""
    databricks_oauth_client_id: str | None = Field(None, validate_default=True)
    """Client id of the app connection for people, from App connections in Databricks' account console"""
    databricks_oauth_client_secret: Secret | None = None
    """Client secret of that app connection; none where it is a public client"""
    databricks_oauth_scopes: Annotated[Scopes, NoDecode] = None
    """Scopes that people are asked to allow, a space between; all-apis where the narrow ones are refused"""
    token_encryption_keys: Annotated[EncryptionKeys, NoDecode] = Field(None, validate_default=True)
    """Keys for what Redis keeps of a sign-in, made by python -m bot.config.make_key; the first encrypts"""
    sign_in_emails: Emails = Field("same", validate_default=True)
    """same, or a file whose lines are a Slack address and the Databricks address of that person"""
    user_answers: Literal["private", "thread"] = "private"
    """Where people's own answers go in public channels: private (the asker's direct messages) or thread"""
    allow_guests: bool = False
    """True to answer guests of the Slack workspace"""
    allow_external: bool = False
    """True to answer people of other companies in shared channels"""
    allowed_channels: Annotated[ChannelIds, NoDecode] = Field(default_factory=tuple)
    """Ids of the channels (C...) in which people may ask, a comma between; empty for all"""
    allowed_users: Annotated[People, NoDecode] = Field(default_factory=tuple)
    """Ids of people (U...) and user groups (S...) who may ask, a comma between; empty for everybody"""
    admins: Annotated[People, NoDecode] = Field(default_factory=tuple)
    """Ids of people (U...) and user groups (S...) who set the bot up in Slack, a comma between"""
    redis_url: StoreAddress | None = None
    """redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://; without it the bot runs its own"""
    redis_tls_verify: bool = True
    """False only where a rediss:// server signs its own certificate, as on Heroku"""
    redis_prefix: Annotated[str, Field(pattern=r"^[\w.:-]{1,40}$")] = "genie"
    """Beginning of every key, for several bots on one Redis: up to 40 letters, digits and . : _ -"""
    data_dir: Annotated[Path, AfterValidator(Path.expanduser)] = Field(default_factory=default_data_dir)
    """Folder of the bot's own store; by default where the operating system wants such data"""
    port: int = Field(3000, ge=0, le=65535, validation_alias=AliasChoices("DATABRICKS_APP_PORT", "PORT"))
    """Port of the health page and of HTTP mode; 0 for any free one"""
    questions_per_minute: Annotated[int, Field(ge=1)] = 20
    """Number of questions that Genie may be asked in one window"""
    research_per_minute: Annotated[int, Field(ge=1)] = 5
    """The same for research, which Genie counts apart"""
    question_window_seconds: Seconds = 60.0
    """Length of that window"""
    question_guard_seconds: Annotated[float, Field(ge=1, allow_inf_nan=False)] = 2.0
    """Addition to the window for the way over the network, at least 1"""
    waiting_per_person: Annotated[int, Field(ge=1)] = 10
    """Number of questions of one person that may wait, besides those that can be asked at once"""
    waiting_per_channel: Annotated[int, Field(ge=1)] = 50
    """The same for the questions in one channel"""
    reuse_minutes: Annotated[int, Field(ge=0, le=60)] = 5
    """For how long the same question in a channel gets the answer again without asking Genie; 0 for never"""
    watches_per_person: Annotated[int, Field(ge=1, le=100)] = 20
    """Number of watches and scheduled questions that one person may have"""
    answer_deadline_seconds: Seconds = 600.0
    """How long Genie may take for one answer"""
    private_commands: bool = False
    """True to answer /genie where only the asker sees it, in direct messages, as /genie private does"""
    thread_replies: Literal["all", "smart", "mentions"] = "smart"
    """Replies in threads that are questions: all, smart (none while people talk to each other) or mentions"""
    allowed_bots: Annotated[Apps, NoDecode] = Field(default_factory=tuple)
    """Ids of apps and workflows that may ask by mentioning the bot (A..., B... or U...), a comma between"""
    starter_questions: Annotated[Starters, NoDecode] = Field(default_factory=tuple)
    """Questions to begin with, as buttons under the help: up to 5 of 75 characters, a vertical bar between"""
    feedback_channel: Annotated[str, Field(pattern=r"^[CG][A-Z0-9]{2,20}$")] | None = None
    """Id of a channel (C...) for bad ratings with reasons; the bot has to be a member of it"""
    expert_channel: Annotated[str, Field(pattern=r"^[CG][A-Z0-9]{2,20}$")] | None = None
    """Id of a channel (C...) whose members are asked by Ask an Expert; that of FEEDBACK_CHANNEL if empty"""
    digest_time_zone: Annotated[str, AfterValidator(time_zone)] = "UTC"
    """Time zone (Europe/Berlin) in which that channel gets the digest of the week, each Monday at 8:00"""
    testers: Annotated[Persons, NoDecode] = Field(default_factory=tuple)
    """Ids of people (U...) whose questions and ratings the digest leaves out, a comma between"""
    charts: Charts = Charts.PNG
    """png, native (Slack's own charts where they can show everything) or off"""
    audit_days: Annotated[int, Field(ge=0, le=3650)] = 30
    """For how many days who asked what, where and with whose rights is kept for auditors; 0 for not at all"""
    audit_content: bool = False
    """True to keep the words of each question and its SQL with that"""
    metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    """Port, besides PORT, that answers /metrics for Prometheus on all interfaces"""
    metrics_token: Annotated[Secret, AfterValidator(_long)] | None = None
    """Bearer token of 16 characters or more with which PORT answers /metrics, and METRICS_PORT only then"""
    log_level: Level = "INFO"
    """DEBUG, INFO, WARNING or ERROR"""
    log_format: Literal["auto", "json", "text"] = "auto"
    """json, text, or auto: text on a terminal and json elsewhere"""

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # the five sources by name, of which we want two
        cls, _: type[BaseSettings], **sources: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what `load` hands in and then `.env`, and never the process's environment behind its back."""
        return sources["init_settings"], sources["dotenv_settings"]

    @check("slack_app_token")
    @classmethod
    def _slack_has_a_way_in(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if token is None and info.data.get("slack_signing_secret") is None:
            raise ValueError("is not set, and neither is SLACK_SIGNING_SECRET")
        return token

    @check("genie_space")
    @classmethod
    def _some_space_is_asked(cls, space: str | None, info: ValidationInfo) -> str | None:
        several = info.data.get("genie_spaces")
        if space and several:
            raise ValueError("and GENIE_SPACES are both set, so remove one of them")
        if not space and not several:
            raise ValueError("is not set, and neither is GENIE_SPACES")
        return space

    @check("public_url", "databricks_oauth_client_id", "token_encryption_keys")
    @classmethod
    def _people_can_sign_in(cls, value: T | None, info: ValidationInfo) -> T | None:
        if not value and info.data.get("identity") == "user":
            raise ValueError("is not set, though IDENTITY is user")
        return value

    @check("databricks_token")
    @classmethod
    def _databricks_knows_who_asks(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        has = info.data.get
        method = has("databricks_auth_type")
        pair = has("databricks_client_id") and has("databricks_client_secret")
        if not (token or pair or method or has("databricks_config_profile") or has("arm_client_id")):
            raise ValueError("is not set, nor are DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET together")
        if method == "pat" and not token:
            raise ValueError("is not set, though DATABRICKS_AUTH_TYPE is pat")
        if method == "oauth-m2m" and not pair:
            raise ValueError(
                "does not serve oauth-m2m, which wants DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET"
            )
        if token and pair and not (method or has("databricks_app_name")):
            raise ValueError(
                "and DATABRICKS_CLIENT_SECRET are both set, so remove one or set DATABRICKS_AUTH_TYPE"
            )
        return token

    @property
    def databricks_auth(self) -> DatabricksAuth:
        """How the bot signs in: natively with a token or a service principal, else by Databricks' own SDK."""
        if self.databricks_auth_type:
            return _NATIVE.get(self.databricks_auth_type, "unified")
        if self.databricks_token:
            return "pat"
        return "oauth-m2m" if self.databricks_client_id and self.databricks_client_secret else "unified"

    @property
    def spaces(self) -> tuple[Space, ...]:
        """The Genie spaces, the default one first."""
        return self.genie_spaces or (Space("", self.genie_space or ""),)

    @property
    def experts(self) -> str | None:
        """The channel whose members are the experts, if there are any."""
        return self.expert_channel or self.feedback_channel

    @property
    def user_identity(self) -> UserIdentity | None:
        """What it takes that people ask as themselves; None where the bot asks for everybody."""
        url, client_id, keys = self.public_url, self.databricks_oauth_client_id, self.token_encryption_keys
        if self.identity == "app" or not url or not client_id or not keys:
            return None
        serving = (user_identity.SERVING_SCOPE,) if self.serving_endpoint_name else ()
        secret = self.databricks_oauth_client_secret
        return UserIdentity(
            public_url=url,
            client_id=client_id,
            client_secret=secret.get_secret_value() if secret else None,
            scopes=self.databricks_oauth_scopes or (*user_identity.SCOPES, *serving),
            encryption_keys=tuple(user_identity.key(each.get_secret_value()) for each in keys),
            emails=self.sign_in_emails,
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """All values that may be shown to nobody."""
        values = [part for _, value in self for part in (value if isinstance(value, tuple) else (value,))]
        return tuple(value.get_secret_value() for value in values if isinstance(value, SecretStr))


_NATIVE: dict[str, DatabricksAuth] = {"pat": "pat", "oauth-m2m": "oauth-m2m"}
