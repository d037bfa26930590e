"""Addresses of messages, as `chat.getPermalink` gives them, without asking for each.

https://docs.slack.dev/reference/methods/chat.getPermalink
"""

import re

_URL = re.compile(r"https?://[^\s<>|]+?/?")
_CHANNEL = re.compile(r"[A-Z][A-Z0-9]{1,20}")
_TS = re.compile(r"\d{1,12}\.\d{6}")


def message_link(workspace_url: str, channel: str, thread: str, ts: str) -> str:
    """Return the address of a message of a thread, or of the thread; empty where that is not known yet.

    `workspace_url` is what `auth.test` calls the workspace.
    """
    root, message = workspace_url.rstrip("/"), ts or thread
    if not (_URL.fullmatch(workspace_url) and _CHANNEL.fullmatch(channel) and _TS.fullmatch(message)):
        return ""
    address = f"{root}/archives/{channel}/p{message.replace('.', '')}"
    return address if message == thread or not thread else f"{address}?thread_ts={thread}&cid={channel}"
