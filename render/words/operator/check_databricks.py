"""Texts of `python -m bot check` about Databricks: identity, spaces, warehouses, tables, the model."""

NO_WAREHOUSE = (
    "The space has no SQL warehouse of its own: choose one in its settings, and give the bot CAN USE."
)
TABLES_NOT_TOLD = (
    "The tables of the space are told only to who may edit it; a right that is missing is named by the first "
    "answer that wants it."
)
RIGHTS_OF_PEOPLE = (
    "It is not for the bot's own identity, which asks nothing: the rights of each person decide."
)
SCOPE_FOR_TABLES = "the token lacks the scope all-apis"
SCOPE_FOR_SERVING = "the token lacks the scope serving.serving-endpoints"


def identity(name: str) -> str:
    """Say as whom Databricks is asked."""
    return f"Databricks is asked as {name}."


def sign_in_failed(host: str, why: str) -> str:
    """Say that Databricks does not accept the sign-in."""
    return (
        f"Databricks at {host} does not accept our sign-in ({why}): check DATABRICKS_HOST, and "
        "DATABRICKS_TOKEN or DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET."
    )


def identity_not_seen(code: str) -> str:
    """Say that Databricks does not tell who we are."""
    said = f" ({code})" if code else ""
    return f"Databricks does not tell as whom it is asked{said}: see that the token has the scope all-apis."


def no_answer(host: str, why: str) -> str:
    """Say that Databricks did not answer."""
    return f"Databricks at {host} did not answer as it should ({why}): check DATABRICKS_HOST and the network."


def space(title: str) -> str:
    """Say that a space is there."""
    return f"The space “{title}” can be asked."


def warehouse(name: str, state: str) -> str:
    """Say how a warehouse is."""
    return f"The SQL warehouse {name} is {state}."


def stopped(name: str, serverless: bool) -> str:  # noqa: FBT001 - a fact about it
    """Say that a warehouse has to start first."""
    if serverless:
        return f"The SQL warehouse {name} is stopped, and starts within seconds of a question."
    return (
        f"The SQL warehouse {name} is stopped, and the next question waits some minutes for it: start it, or "
        "make it serverless."
    )


def warehouse_failed(name: str) -> str:
    """Say that a warehouse cannot run."""
    return f"The SQL warehouse {name} cannot start: see its page in Databricks for the reason."


def warehouse_gone(name: str) -> str:
    """Say that a warehouse was deleted."""
    return f"The SQL warehouse {name} of the space is gone: choose another one in the space's settings."


def no_right_to_warehouse(name: str) -> str:
    """Say that a right to a warehouse is missing."""
    return (
        f"The bot's identity has no right to the SQL warehouse {name}: give it CAN USE, unless the space "
        "runs its queries with its author's right."
    )


def scope_for_warehouse(name: str) -> str:
    """Say that the token cannot show a warehouse."""
    return f"The SQL warehouse {name} cannot be seen: give the token the scope sql or all-apis."


def tables(looked_at: int, number: int) -> str:
    """Say that the tables can be read."""
    if looked_at < number:
        return f"{looked_at} of the {number} tables of the space were looked at, and can be read."
    return f"All tables of the space ({number}) can be read."


def table_gone(name: str) -> str:
    """Say that a table is not there."""
    return (
        f"The table {name} of the space does not exist, or not for the bot's identity: see that it is there, "
        "and grant USE CATALOG, USE SCHEMA and SELECT."
    )


def no_right_to_table(name: str) -> str:
    """Say that a right to a table is missing."""
    return f"The bot's identity may not read {name}: grant USE CATALOG, USE SCHEMA and SELECT on it."


def endpoint(name: str) -> str:
    """Say that the model can be asked."""
    return f"The serving endpoint {name} is ready."


def endpoint_gone(name: str) -> str:
    """Say that there is no such endpoint."""
    return f"SERVING_ENDPOINT_NAME {name} does not exist: copy the name from Serving in Databricks."


def endpoint_not_ready(name: str) -> str:
    """Say that the endpoint cannot be asked now."""
    return f"The serving endpoint {name} is not ready: see its page in Databricks for the reason."


def no_right_to_query(name: str) -> str:
    """Say that a right to the endpoint is missing."""
    return f"The bot's identity may not ask the serving endpoint {name}: give it CAN QUERY."


def no_chat_model(name: str, task: str) -> str:
    """Say that the endpoint is not one of a chat model."""
    return (
        f"The serving endpoint {name} is not a chat model's ({task}): choose one with the task llm/v1/chat."
    )


def not_seen(what: str, why: str) -> str:
    """Say that something could not be looked at."""
    return f"It cannot be seen how {what} is ({why}): try again, and check the token's scopes."
