"""Changes of accounts: a new e-mail address, a guest, a deactivation.

https://docs.slack.dev/reference/events/user_change
"""

from collections.abc import Mapping
from typing import Any

from bot.store.questions import in_time
from handlers.payloads.envelope import changed_user
from handlers.services import Services


async def handle_user_change(services: Services, body: Mapping[str, Any]) -> None:
    """Have Slack asked again about an account that is different now, and end its sign-in if need be."""
    changed, account = changed_user(body), body["event"]["user"]
    await services.users.forget(changed.team, changed.id)
    guest = bool(account.get("is_restricted") or account.get("is_ultra_restricted"))
    await services.privacy.note_account(changed, guest=guest)
    if services.sign_in:
        deleted = account.get("deleted") is True
        await in_time(services.sign_in.account_changed(changed, deleted=deleted))
