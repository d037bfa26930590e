"""Addresses and ids in settings, made exact; a workspace's address is read by `genie.http.host`.

Each function raises ValueError with what is wrong, as the rest of a sentence that begins with the name of the
variable, and never with the value.
"""

import re

from genie.http.host import web_address


def api_url(text: str) -> str:
    """Return the base address of Slack's Web API, with the slash at its end that slack_sdk relies on."""
    return web_address(text).geturl().rstrip("/") + "/"


def space_id(text: str) -> str:
    """Return the id of a Genie space, given as itself or as the space's address in the browser."""
    found = re.search(r"/genie/(?:rooms|spaces)/([^/?#]+)", text)
    space = found[1] if found else text
    if not re.fullmatch(r"[\w-]+", space, re.ASCII):
        raise ValueError("is not the id of a space")
    return space
