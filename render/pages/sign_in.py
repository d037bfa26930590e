"""The pages of a sign-in: who is connected with whom, that it is done, or why not and what to do."""

from dataclasses import dataclass

from render import words
from render.pages.page import Page, page, text

FORM_TOKEN, ANSWER, CONFIRMED = "token", "answer", "confirm"
"""What the form sends: the token that shows where it comes from, and which button was pressed."""


@dataclass(frozen=True, slots=True)
class Account:
    """One of the two accounts of a person, as the page names it."""

    name: str
    where: str
    """The address of the person in Slack, or of the workspace in Databricks."""


def confirm_page(slack: Account, databricks: Account, form_token: str) -> Page:
    """Ask whether two accounts are the same person's."""
    said = words.sign_in
    body = _CONFIRM.format(
        accounts=_account(said.IN_SLACK, slack) + _account(said.IN_DATABRICKS, databricks),
        explained=text(said.CONFIRM_EXPLAINED),
        form_token=text(form_token),
        confirm=text(said.CONFIRM),
        cancel=text(said.CANCEL),
    )
    return page(said.CONFIRM_TITLE, body, "ask", said.PAGE_FOOT)


def done_page() -> Page:
    """Send the person back to Slack."""
    return _told(words.sign_in.DONE_TITLE, words.sign_in.DONE, "good", 200)


def cancelled_page() -> Page:
    """Say that nothing was kept."""
    return _told(words.sign_in.CANCELLED_TITLE, words.sign_in.CANCELLED, "bad", 200)


def refusal_page(title: str, explained: str, status: int) -> Page:
    """Say why there is no sign-in, and what to do."""
    return _told(title, explained, "bad", status)


def other_person_page(slack: str, databricks: str) -> Page:
    """Say that whoever signed in to Databricks is not who asked in Slack."""
    said = words.sign_in
    accounts = _account(said.IN_SLACK, Account(slack, "")) + _account(
        said.IN_DATABRICKS, Account(databricks, "")
    )
    body = f"<dl>{accounts}</dl><p>{text(said.OTHER_EXPLAINED)}</p>"
    return page(said.OTHER_TITLE, body, "bad", said.PAGE_FOOT, 403)


def _told(title: str, explained: str, mood: str, status: int) -> Page:
    return page(title, f"<p>{text(explained)}</p>", mood, words.sign_in.PAGE_FOOT, status)


def _account(label: str, account: Account) -> str:
    where = f"<dd><bdi>{text(account.where)}</bdi></dd>" if account.where else ""
    return f"<div><dt>{text(label)}</dt><dd><bdi>{text(account.name)}</bdi></dd>{where}</div>"


_CONFIRM = f"""<p>{{explained}}</p>
<dl>{{accounts}}</dl>
<form method="post" autocomplete="off">
<input type="hidden" name="{FORM_TOKEN}" value="{{form_token}}">
<button class="main" name="{ANSWER}" value="{CONFIRMED}">{{confirm}}</button>
<button name="{ANSWER}" value="cancel">{{cancel}}</button>
</form>"""
