"""Texts of `python -m bot check` about how people sign in to Databricks."""

DISCOVERY = "The workspace says where people sign in."
CLIENT = "Databricks knows DATABRICKS_OAUTH_CLIENT_ID, and takes its secret."
REDIRECT = "Databricks takes the way back to the bot, as far as that shows without a login."
REDIRECT_NOT_SEEN = "Whether Databricks takes the way back to the bot cannot be seen: try again."
PUBLIC_URL = "PUBLIC_URL leads to the bot."


def no_discovery(host: str, why: str) -> str:
    """Say that the workspace offers no sign-in."""
    return f"Databricks at {host} does not say where people sign in ({why}): check DATABRICKS_HOST."


def unknown_client(code: str) -> str:
    """Say that the app connection is not known, or its secret is wrong."""
    return (
        f"Databricks does not know the app connection ({code}): copy DATABRICKS_OAUTH_CLIENT_ID and "
        "DATABRICKS_OAUTH_CLIENT_SECRET again from App connections in the account console; a new one may "
        "take half an hour."
    )


def client_not_seen(code: str) -> str:
    """Say that it does not show whether the app connection is known."""
    said = f" ({code})" if code else ""
    return f"Whether Databricks knows the app connection does not show{said}: sign in once to see."


def redirect_refused(redirect_url: str) -> str:
    """Say that the way back is not registered."""
    return (
        "Databricks refuses the app connection or its way back: in the account console, give it the redirect "
        f"URL {redirect_url}, exactly."
    )


def authorization_refused(code: str) -> str:
    """Say what Databricks sends the browser back with at once."""
    return (
        f"Databricks sends people back at once ({code}): allow the app connection every scope of "
        "DATABRICKS_OAUTH_SCOPES in the account console, or change that setting."
    )


def nobody_there(public_url: str) -> str:
    """Say that the bot does not answer at its public address."""
    return (
        f"PUBLIC_URL {public_url} does not lead to the bot: start it if it does not run, else see where the "
        "proxy leads, and that this machine may reach it."
    )
