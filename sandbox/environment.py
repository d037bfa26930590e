"""What a bot has to be told of both servers: its environment."""

import secrets
import socket
from enum import StrEnum

from sandbox.databricks.oauth.apps import OAuthApp
from sandbox.databricks.server import Databricks
from sandbox.slack.server import Slack

STARTERS = ("Revenue by region last year", "Top 5 products by margin", "Revenue by month this year")
SPACES = (
    ("sales", "sales, orders, revenue, turnover, profit, margin, discounts, returns and customers"),
    ("finance", "costs, spending, expenses, invoices, bills, payments to vendors, budgets of departments"),
    (
        "supply-chain",
        "stock, inventory in warehouses, shipments, deliveries, delays, suppliers, carriers and freight",
    ),
)
"""What the operator of a bot for the three spaces of the sandbox calls them, and says about them."""
EXPERTS = "C0FINANCE2"
"""The channel of those who are asked by "Ask an Expert"."""
ADMIN = "U0ADA00001"
"""Whom the page begins as, and whom the bot takes for the person who set it up."""
CALLBACK = "/sign-in/callback"
"""Where the bot takes browsers back from Databricks."""


class AsksAs(StrEnum):
    """With whose rights Databricks is asked, as the bot's IDENTITY says it."""

    APP = "app"
    USER = "user"


def environment(slack: Slack, databricks: Databricks, asks_as: AsksAs) -> dict[str, str]:
    """Return the settings of a bot between the two; with `user` an app connection is made for it.

    It asks every space of the workspace.
    """
    around = {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "DATABRICKS_HOST": databricks.url,
        "DATABRICKS_TOKEN": databricks.token,
        "GENIE_SPACE": databricks.space_id,
        "SERVING_ENDPOINT_NAME": databricks.serving_endpoint,
        "STARTER_QUESTIONS": "|".join(STARTERS),
        "EXPERT_CHANNEL": EXPERTS,
        "ADMINS": ADMIN,
        "PORT": "0",
        "LOG_LEVEL": "WARNING",
    }
    around |= three_spaces(databricks) if len(databricks.space_ids) > 1 else {}
    return around | (people_sign_in(databricks, _free_port()) if asks_as is AsksAs.USER else {})


def three_spaces(databricks: Databricks) -> dict[str, str]:
    """Return the settings of a bot that asks each of the three spaces of a workspace."""
    named = zip(SPACES, databricks.space_ids, strict=True)
    lines = [f"{alias} = {space_id} | {about}" for (alias, about), space_id in named]
    return {"GENIE_SPACE": "", "GENIE_SPACES": "\n".join(lines)}


def people_sign_in(databricks: Databricks, port: int) -> dict[str, str]:
    """Make an app connection for a bot on this port; return the settings with which people sign in by it."""
    public_url = f"http://127.0.0.1:{port}"
    app = OAuthApp((public_url + CALLBACK,))
    databricks.add_app(app)
    return {
        "IDENTITY": AsksAs.USER,
        "PORT": str(port),
        "PUBLIC_URL": public_url,
        "DATABRICKS_OAUTH_CLIENT_ID": app.client_id,
        "DATABRICKS_OAUTH_CLIENT_SECRET": app.client_secret,
        "TOKEN_ENCRYPTION_KEYS": secrets.token_urlsafe(32),
    }


def _free_port() -> int:
    """Return a port that is free now: people's browsers have to know it before the bot runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
