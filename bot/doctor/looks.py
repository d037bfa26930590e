"""The table of looks, in the order in which they are told, each with the settings that it needs."""

from dataclasses import dataclass

from bot.doctor import databricks, network, redis, sign_in, slack, user_groups
from bot.doctor.model import Look

SLACK = ("slack_api_url",)
BOT = (*SLACK, "slack_bot_token")
DATABRICKS = (
    *("databricks_host", "databricks_workspace_id", "databricks_token", "databricks_auth_type"),
    *("databricks_client_id", "databricks_client_secret", "databricks_config_profile"),
)
PEOPLE = ("databricks_host", "identity", "public_url", "databricks_oauth_client_id")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a look is about."""

    name: str
    """The check that is named where the look was not made, or did not end."""
    needs: tuple[str, ...]
    """Fields of the settings without which it is not made."""
    look: Look


LOOKS = (
    Subject("network.slack", SLACK, network.look_at_slack),
    Subject("network.databricks", ("databricks_host",), network.look_at_databricks),
    Subject("clock", (*SLACK, "databricks_host"), network.look_at_clocks),
    Subject("slack.bot_token", BOT, slack.look_at_bot),
    Subject("slack.user_groups", (*BOT, "allowed_users", "admins"), user_groups.look_at_user_groups),
    Subject("slack.app_token", (*SLACK, "slack_app_token"), slack.look_at_app_token),
    Subject("slack.signing_secret", ("slack_signing_secret",), slack.look_at_signing_secret),
    Subject("redis", ("redis_url", "redis_prefix", "data_dir"), redis.look_at_redis),
    Subject("databricks.identity", DATABRICKS, databricks.look_at_identity),
    Subject("space", (*DATABRICKS, "genie_spaces", "genie_space"), databricks.look_at_spaces),
    Subject("serving", (*DATABRICKS, "serving_endpoint_name"), databricks.look_at_serving),
    Subject("sign_in", PEOPLE, sign_in.look_at_sign_in),
)
