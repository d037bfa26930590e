"""Texts for people who ask Databricks as themselves, and may not do there what the question needs."""

FORBIDDEN = (
    "You may not use this Genie space in Databricks. Ask its owner to give you CAN RUN, then ask again."
)
SIGN_IN_FAILED = (
    "Databricks does not accept your sign-in any more. Type `/genie sign-out`, then ask again to sign in; "
    "if it stays like this, tell the bot's admin."
)
CHANGED = "Meanwhile it was changed with whose rights I ask Databricks, so this was not answered. Try again."
SCOPE_MISSING = (
    "Your sign-in does not cover what this takes. The admin of this bot can change "
    "`DATABRICKS_OAUTH_SCOPES`; then type `/genie sign-out`, and ask again to sign in."
)
STATEMENT_FORBIDDEN = (
    "The query needs something that you may not read in Databricks. "
    "Ask the owner of this Genie space for access."
)


def missing(right: str) -> str:
    """Name a right and whom to ask for it; `right` is safe mrkdwn."""
    return (
        f"You lack a right in Databricks: `{right}`. Ask the owner of this Genie space, "
        "or of what it names, to grant it to you; then ask again."
    )
