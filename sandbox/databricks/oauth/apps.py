"""Custom app connections: programs that may ask people of the account for tokens.

https://docs.databricks.com/aws/en/integrations/enable-disable-oauth
"""

import secrets
import uuid
from dataclasses import dataclass, field

SCOPES = frozenset(
    {
        *("all-apis", "genie", "dashboards.genie", "sql", "serving.serving-endpoints", "unity-catalog"),
        *("offline_access", "openid", "profile", "email"),
    }
)
"""Every scope that the workspace knows."""


@dataclass(frozen=True, slots=True)
class OAuthApp:
    """An app as an account admin makes it; without a secret it is public. Times are in seconds."""

    redirect_uris: tuple[str, ...]
    scopes: frozenset[str] = SCOPES
    access_token_lifetime: float = 3600.0
    refresh_token_lifetime: float = 7 * 86_400.0
    single_use_refresh_tokens: bool = True
    client_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    client_secret: str = field(default_factory=lambda: f"dose{secrets.token_hex(16)}")
