"""Broken set-ups of Databricks, and what is said about each."""

from redis.asyncio import Redis

from bot.doctor.model import Level
from sandbox.databricks import SALES, Rights
from sandbox.databricks.oauth.apps import OAuthApp
from tests.stories.starting.doctor.office import SetUp
from tests.stories.starting.doctor.set_ups import NOBODY, PEOPLE
from tests.stories.world import World

EDITS = Rights(can_edit=True)
TABLE = "samples.sales.orders"


async def stop_the_warehouse(world: World, _redis: "Redis") -> None:
    """Stop it, and let it be one that takes minutes to start."""
    world.databricks.around_genie.warehouse = "STOPPED"
    world.databricks.around_genie.serverless = False


async def delete_the_warehouse(world: World, _redis: "Redis") -> None:
    """Leave the space without its warehouse."""
    world.databricks.around_genie.warehouse = ""


async def fail_the_warehouse(world: World, _redis: "Redis") -> None:
    """Let it not start."""
    world.databricks.around_genie.warehouse = "STOPPED"
    world.databricks.around_genie.warehouse_health = "FAILED"


async def drop_the_table(world: World, _redis: "Redis") -> None:
    """Take the space's table away."""
    del world.databricks.unity_catalog.tables[TABLE]


async def stop_the_endpoint(world: World, _redis: "Redis") -> None:
    """Let the model be on its way."""
    world.databricks.around_genie.endpoint_ready = False


async def serve_embeddings(world: World, _redis: "Redis") -> None:
    """Let the endpoint be one of another kind of model."""
    world.databricks.around_genie.endpoint_task = "llm/v1/embeddings"


async def register_another_way_back(world: World, _redis: "Redis") -> None:
    """Know the app connection, with the address of another bot."""
    world.databricks.add_app(
        OAuthApp(("https://other.example.com/sign-in/callback",), client_id="an-app", client_secret="")
    )


async def register_without_genie(world: World, _redis: "Redis") -> None:
    """Know the app connection, without the scope of Genie."""
    way_back, scopes = f"{NOBODY}/sign-in/callback", frozenset({"sql", "offline_access"})
    world.databricks.add_app(OAuthApp((way_back,), scopes, client_id="an-app", client_secret=""))


async def register(world: World, _redis: "Redis") -> None:
    """Know the app connection as it is set."""
    way_back = f"{NOBODY}/sign-in/callback"
    world.databricks.add_app(OAuthApp((way_back,), client_id="an-app", client_secret=""))


async def put_a_web_server_there(world: World, _redis: "Redis") -> None:
    """Name a server that is no Databricks."""
    world.environment["DATABRICKS_HOST"] = world.slack.url


OF_DATABRICKS = (
    SetUp(
        name="no way to Databricks",
        check="network.databricks",
        says=("No connection to 127.0.0.1 on port 9", "firewall"),
        environment={"DATABRICKS_HOST": NOBODY},
    ),
    SetUp(
        name="no workspace at all",
        check="space",
        says=("DATABRICKS_HOST",),
        breaks=put_a_web_server_there,
    ),
    SetUp(
        name="a token that is not known",
        check="databricks.identity",
        says=("does not accept our sign-in", "DATABRICKS_TOKEN"),
        environment={"DATABRICKS_TOKEN": "dapi0"},
    ),
    SetUp(
        name="a wrong secret",
        check="databricks.identity",
        says=("does not accept our sign-in (invalid_client)", "DATABRICKS_CLIENT_SECRET"),
        environment={
            "DATABRICKS_TOKEN": "",
            "DATABRICKS_CLIENT_ID": "somebody",
            "DATABRICKS_CLIENT_SECRET": "geheimes",
        },
    ),
    SetUp(
        name="a space that is none",
        check="space",
        says=(f"GENIE_SPACE 01ef{28 * '0'} does not exist", "/genie/rooms/"),
        environment={"GENIE_SPACE": "01ef" + 28 * "0"},
    ),
    SetUp(
        name="one space of several that is closed",
        check="space.money",
        says=("GENIE_SPACES money", "CAN RUN"),
        databricks={"spaces": (SALES, "Money"), "token_rights": Rights(closed_spaces=frozenset({"Money"}))},
        environment={
            "GENIE_SPACE": "",
            "GENIE_SPACES": "sales = 01ef9c8b7a6512349f0e1d2c3b4a5968\n"
            "money = 01ef9c8b7a6512349f0e1d2c3b4a5969",
        },
    ),
    SetUp(
        name="no CAN RUN",
        check="space",
        says=("may not be used by this identity", "ask the space's owner for CAN RUN"),
        databricks={"token_rights": Rights(can_run=False)},
    ),
    SetUp(
        name="a warehouse that is stopped",
        check="warehouse",
        level=Level.YELLOW,
        says=("Sandbox warehouse is stopped", "start it, or make it serverless"),
        breaks=stop_the_warehouse,
    ),
    SetUp(
        name="a warehouse that does not start",
        check="warehouse",
        says=("Sandbox warehouse cannot start", "see its page"),
        breaks=fail_the_warehouse,
    ),
    SetUp(
        name="a warehouse that was deleted",
        check="warehouse",
        says=("a1b2c3d4e5f60718 of the space is gone", "choose another"),
        breaks=delete_the_warehouse,
    ),
    SetUp(
        name="no CAN USE",
        check="warehouse",
        level=Level.YELLOW,
        says=("no right to the SQL warehouse a1b2c3d4e5f60718", "CAN USE"),
        databricks={"token_rights": Rights(can_use=False)},
    ),
    SetUp(
        name="no SELECT",
        check="tables",
        says=(f"may not read {TABLE}", "grant USE CATALOG, USE SCHEMA and SELECT"),
        databricks={"token_rights": Rights(can_edit=True, missing_grant=f"SELECT on Table '{TABLE}'")},
    ),
    SetUp(
        name="a table that was dropped",
        check="tables",
        says=(f"The table {TABLE} of the space does not exist", "grant"),
        databricks={"token_rights": EDITS},
        breaks=drop_the_table,
    ),
    SetUp(
        name="an endpoint that is none",
        check="serving",
        says=("SERVING_ENDPOINT_NAME gone does not exist", "copy the name"),
        environment={"SERVING_ENDPOINT_NAME": "gone"},
    ),
    SetUp(
        name="no CAN QUERY",
        check="serving",
        says=("may not ask the serving endpoint sandbox-summary", "CAN QUERY"),
        databricks={"token_rights": Rights(serving="CAN_VIEW")},
        environment={"SERVING_ENDPOINT_NAME": "sandbox-summary"},
    ),
    SetUp(
        name="an endpoint that is not ready",
        check="serving",
        says=("sandbox-summary is not ready", "see its page"),
        environment={"SERVING_ENDPOINT_NAME": "sandbox-summary"},
        breaks=stop_the_endpoint,
    ),
    SetUp(
        name="a model that does not chat",
        check="serving",
        says=("not a chat model's (llm/v1/embeddings)", "llm/v1/chat"),
        environment={"SERVING_ENDPOINT_NAME": "sandbox-summary"},
        breaks=serve_embeddings,
    ),
)

OF_SIGN_IN = (
    SetUp(
        name="an app connection that is not known",
        check="sign_in.client",
        says=("does not know the app connection (invalid_client)", "DATABRICKS_OAUTH_CLIENT_ID"),
        environment=PEOPLE,
    ),
    SetUp(
        name="another way back",
        check="sign_in.redirect",
        says=("its way back", f"redirect URL {NOBODY}/sign-in/callback"),
        environment=PEOPLE,
        breaks=register_another_way_back,
    ),
    SetUp(
        name="a scope that the app connection may not have",
        check="sign_in.redirect",
        says=("sends people back at once (invalid_scope)", "DATABRICKS_OAUTH_SCOPES"),
        environment=PEOPLE,
        breaks=register_without_genie,
    ),
    SetUp(
        name="nobody at the public address",
        check="sign_in.public_url",
        level=Level.YELLOW,
        says=(f"PUBLIC_URL {NOBODY} does not lead to the bot", "start it"),
        environment=PEOPLE,
        breaks=register,
    ),
    SetUp(
        name="no sign-in at the workspace",
        check="sign_in.discovery",
        says=("does not say where people sign in", "DATABRICKS_HOST"),
        environment=PEOPLE,
        breaks=put_a_web_server_there,
    ),
)
