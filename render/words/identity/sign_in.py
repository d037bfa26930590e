"""Texts about signing in to Databricks, in Slack and on the pages of a browser.

As in `render.words`: short, plain, and ending with what to do next. Pages escape what they show.
"""

from render.text.escape import literal

# Buttons

SIGN_IN = "Sign In to Databricks"
NEW_LINK = "New Link"
SIGN_OUT = "Sign Out"
CONFIRM = "Confirm"
CANCEL = "Not Me"

# In Slack

YOUR_LINK = (
    "*Sign in to Databricks* once, so that I can ask there as you, with your rights.\n"
    "The link is for you alone. It works once, within ten minutes."
)
QUESTION_WAITS = "What you asked waits for an hour, and goes on by itself when you have signed in."
WAITS_FOR_SIGN_IN = "This waits until its asker has signed in to Databricks. The answer appears here then."
NO_LINK = "I could not make a link just now. Press the button again in a moment."
NO_EMAIL = (
    "I cannot tell who you are in Databricks, as Slack shows me no e-mail address of yours. "
    "Ask an admin of this workspace to add one to your profile, then ask again."
)
NOT_SIGNED_IN = (
    "I waited for an hour for a sign-in to Databricks, so this was not done. Try again to get a new link."
)
SIGNED_OUT_MEANWHILE = "You signed out of Databricks, so this was not done. Try again to sign in once more."
SIGNED_OUT = (
    "You are signed out: I have deleted what I kept of your sign-in. Your next question asks you to sign in."
)
NOT_IN = "You are not signed in to Databricks. Ask a question, or type `/genie sign-in`, to get a link."
NO_NEED = "Nobody signs in here: I ask Databricks as myself, for everybody. Just ask your question."
BACK_SIGNED_IN = "You are signed in to Databricks. What you asked goes on by itself."


def about_question_in(where: str) -> str:
    """Say about which question it is what a person alone reads, by the mention of its channel."""
    return f"About your question in {where}"


# On the Home tab

HOME_AS_BOT = "*I ask Databricks as myself*, for everybody: all see what I may see there."
HOME_SIGNED_OUT = (
    "*You are not signed in to Databricks.* Sign in once, and I ask there as you: you see what you may see "
    "there. The link works once, within ten minutes; open this tab again for a new one."
)


def home_signed_in(name: str) -> str:
    """Say as whom Databricks is asked; the name is escaped here."""
    return f"*You are signed in to Databricks* as {literal(name)}. I ask there with your rights."


def signed_in_already(name: str) -> str:
    """Say that there is nothing to do; the name is escaped here."""
    return (
        f"You are signed in to Databricks as {literal(name)}. "
        "Ask your question, or type `/genie sign-out` to end it."
    )


# On pages

PAGE_FOOT = "Genie in Slack"

CONFIRM_TITLE = "Connect these two accounts?"
CONFIRM_EXPLAINED = (
    "From then on, what you ask in Slack runs in Databricks with your rights. The bot keeps your sign-in "
    "encrypted until you type /genie sign-out."
)
IN_SLACK, IN_DATABRICKS = "In Slack", "In Databricks"

DONE_TITLE = "You are signed in"
DONE = "Close this page and go back to Slack. What you asked there goes on by itself."

CANCELLED_TITLE = "Nothing was connected"
CANCELLED = (
    "The bot has kept nothing of this. If you opened somebody else's link, close this page. To sign in as "
    "yourself, ask in Slack and use the link that you get there."
)

LINK_TITLE = "This link does not work any more"
LINK_USED = "A link works once, within ten minutes. Press New Link in Slack, or type /genie sign-in there."

STATE_TITLE = "This sign-in has ended"
STATE_UNKNOWN = (
    "It took longer than ten minutes, was finished already, or began in another browser. Press New Link in "
    "Slack, or type /genie sign-in there, and stay in one browser."
)
NOT_ALLOWED_TITLE = "You did not allow it"
NOT_ALLOWED = "Without that the bot cannot ask Databricks as you. Press New Link in Slack to try it again."
SCOPE_TITLE = "Databricks refused what the bot asks for"
SCOPE = (
    "The app connection of the bot may not have all of its scopes. Tell the bot's admin to check the setting "
    "DATABRICKS_OAUTH_SCOPES, then press New Link in Slack."
)
REFUSED_TITLE = "Databricks refused this sign-in"
REFUSED = (
    "The app connection of the bot needs its admin. Tell them to look into the log of the bot, then press "
    "New Link in Slack."
)
CODE_ENDED = (
    "The sign-in was too old, or was used before. Press New Link in Slack, or type /genie sign-in there."
)
AWAY_TITLE = "Databricks or Slack does not answer"
AWAY = "Nothing was connected. Wait a minute, then press New Link in Slack, or type /genie sign-in there."
STARTING_TITLE = "The bot is starting"
STARTING = "Load this page again in a moment: your link is still good."
STORE_TITLE = "The bot cannot reach its database"
STORE = "Nothing was connected. Wait a minute, then press New Link in Slack, or type /genie sign-in there."
OTHER_TITLE = "These addresses are not the same"
OTHER_EXPLAINED = (
    "The bot connects accounts with the same e-mail address only. Sign out of Databricks in this browser, "
    "then press New Link in Slack and sign in as yourself. If both are you, the bot's admin can pair them "
    "with the setting SIGN_IN_EMAILS."
)
GONE_TITLE = "Your Slack account has changed"
GONE = (
    "Slack shows another e-mail address than when the link was made, or none, or has deactivated the "
    "account. Type /genie sign-in in Slack to begin again."
)
FORM_TITLE = "That did not come from this page"
FORM = "Nothing was connected. Type /genie sign-in in Slack to begin again, in one browser."
