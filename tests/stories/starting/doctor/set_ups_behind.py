"""Broken set-ups of Databricks, and what is said about each."""

from redis.asyncio import Redis

from sandbox.databricks import SALES, Rights
from sandbox.databricks.oauth.apps import SCOPES, OAuthApp
from tests.stories.starting.doctor.office import Breaks, SetUp, red, yellow
from tests.stories.starting.doctor.set_ups import NOBODY, PEOPLE
from tests.stories.world import World

TABLE = "samples.sales.orders"
SUMMARY = {"SERVING_ENDPOINT_NAME": "sandbox-summary"}


def around_genie(**state: object) -> Breaks:
    """Return what changes the warehouse or the serving endpoint."""

    async def change(world: World, _redis: "Redis") -> None:
        for name, value in state.items():
            setattr(world.databricks.around_genie, name, value)

    return change


async def drop_the_table(world: World, _redis: "Redis") -> None:
    """Take the space's table away."""
    del world.databricks.unity_catalog.tables[TABLE]


def register(public_url: str = NOBODY, scopes: frozenset[str] = SCOPES) -> Breaks:
    """Return what makes the app connection known, with the address and the scopes of a bot."""

    async def add(world: World, _redis: "Redis") -> None:
        way_back = f"{public_url}/sign-in/callback"
        world.databricks.add_app(OAuthApp((way_back,), scopes, client_id="an-app", client_secret=""))

    return add


async def put_a_web_server_there(world: World, _redis: "Redis") -> None:
    """Name a server that is no Databricks."""
    world.environment["DATABRICKS_HOST"] = world.slack.url


OF_DATABRICKS = (
    SetUp(
        "no way to Databricks",
        red("network.databricks", "No connection to 127.0.0.1 on port 9", "firewall"),
        environment={"DATABRICKS_HOST": NOBODY},
    ),
    SetUp("no workspace at all", red("space", "DATABRICKS_HOST"), breaks=put_a_web_server_there),
    SetUp(
        "a token that is not known",
        red("databricks.identity", "does not accept our sign-in", "DATABRICKS_TOKEN"),
        environment={"DATABRICKS_TOKEN": "dapi0"},
    ),
    SetUp(
        "a wrong secret",
        red(
            "databricks.identity", "does not accept our sign-in (invalid_client)", "DATABRICKS_CLIENT_SECRET"
        ),
        environment={
            "DATABRICKS_TOKEN": "",
            "DATABRICKS_CLIENT_ID": "somebody",
            "DATABRICKS_CLIENT_SECRET": "geheimes",
        },
    ),
    SetUp(
        "a space that is none",
        red("space", f"GENIE_SPACE 01ef{28 * '0'} does not exist", "/genie/rooms/"),
        environment={"GENIE_SPACE": "01ef" + 28 * "0"},
    ),
    SetUp(
        "one space of several that is closed",
        red("space.money", "GENIE_SPACES money", "CAN RUN"),
        databricks={"spaces": (SALES, "Money"), "token_rights": Rights(closed_spaces=frozenset({"Money"}))},
        environment={
            "GENIE_SPACE": "",
            "GENIE_SPACES": "sales = 01ef9c8b7a6512349f0e1d2c3b4a5968\n"
            "money = 01ef9c8b7a6512349f0e1d2c3b4a5969",
        },
    ),
    SetUp(
        "no CAN RUN",
        red("space", "may not be used by this identity", "ask the space's owner for CAN RUN"),
        databricks={"token_rights": Rights(can_run=False)},
    ),
    SetUp(
        "a warehouse that is stopped",
        yellow("warehouse", "Sandbox warehouse is stopped", "start it, or make it serverless"),
        breaks=around_genie(warehouse="STOPPED", serverless=False),
    ),
    SetUp(
        "a warehouse that does not start",
        red("warehouse", "Sandbox warehouse cannot start", "see its page"),
        breaks=around_genie(warehouse="STOPPED", warehouse_health="FAILED"),
    ),
    SetUp(
        "a warehouse that was deleted",
        red("warehouse", "a1b2c3d4e5f60718 of the space is gone", "choose another"),
        breaks=around_genie(warehouse=""),
    ),
    SetUp(
        "no CAN USE",
        yellow("warehouse", "no right to the SQL warehouse a1b2c3d4e5f60718", "CAN USE"),
        databricks={"token_rights": Rights(can_use=False)},
    ),
    SetUp(
        "no SELECT",
        red("tables", f"may not read {TABLE}", "grant USE CATALOG, USE SCHEMA and SELECT"),
        databricks={"token_rights": Rights(can_edit=True, missing_grant=f"SELECT on Table '{TABLE}'")},
    ),
    SetUp(
        "a table that was dropped",
        red("tables", f"The table {TABLE} of the space does not exist", "grant"),
        databricks={"token_rights": Rights(can_edit=True)},
        breaks=drop_the_table,
    ),
    SetUp(
        "an endpoint that is none",
        red("serving", "SERVING_ENDPOINT_NAME gone does not exist", "copy the name"),
        environment={"SERVING_ENDPOINT_NAME": "gone"},
    ),
    SetUp(
        "no CAN QUERY",
        red("serving", "may not ask the serving endpoint sandbox-summary", "CAN QUERY"),
        databricks={"token_rights": Rights(serving="CAN_VIEW")},
        environment=SUMMARY,
    ),
    SetUp(
        "an endpoint that is not ready",
        red("serving", "sandbox-summary is not ready", "see its page"),
        environment=SUMMARY,
        breaks=around_genie(endpoint_ready=False),
    ),
    SetUp(
        "a model that does not chat",
        red("serving", "not a chat model's (llm/v1/embeddings)", "llm/v1/chat"),
        environment=SUMMARY,
        breaks=around_genie(endpoint_task="llm/v1/embeddings"),
    ),
)

OF_SIGN_IN = (
    SetUp(
        "an app connection that is not known",
        red(
            "sign_in.client",
            "does not know the app connection (invalid_client)",
            "DATABRICKS_OAUTH_CLIENT_ID",
        ),
        environment=PEOPLE,
    ),
    SetUp(
        "another way back",
        red("sign_in.redirect", "its way back", f"redirect URL {NOBODY}/sign-in/callback"),
        environment=PEOPLE,
        breaks=register("https://other.example.com"),
    ),
    SetUp(
        "a scope that the app connection may not have",
        red("sign_in.redirect", "sends people back at once (invalid_scope)", "DATABRICKS_OAUTH_SCOPES"),
        environment=PEOPLE,
        breaks=register(scopes=frozenset({"sql", "offline_access"})),
    ),
    SetUp(
        "nobody at the public address",
        yellow("sign_in.public_url", f"PUBLIC_URL {NOBODY} does not lead to the bot", "start it"),
        environment=PEOPLE,
        breaks=register(),
    ),
    SetUp(
        "no sign-in at the workspace",
        red("sign_in.discovery", "does not say where people sign in", "DATABRICKS_HOST"),
        environment=PEOPLE,
        breaks=put_a_web_server_there,
    ),
)
