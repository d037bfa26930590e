"""Who answers is checked: nothing of ours leaves a certificate unread."""

import re

from tests.house.tree import modules

UNCHECKED = re.compile(
    r"CERT_NONE|check_hostname|verify_mode|_create_unverified|ssl=False|verify=False|verify_ssl"
)
BY_SETTING = "bot.startup.redis_client"
"""Where REDIS_TLS_VERIFY=false holds, for Redis alone."""


def test_certificates_are_checked() -> None:
    """Slack and Databricks always have to prove who they are, Redis unless a setting says otherwise."""
    product = modules("genie", "render", "bot", "handlers")
    assert {module.name for module in product if UNCHECKED.search(module.path.read_text())} == {BY_SETTING}
