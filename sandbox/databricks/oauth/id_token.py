"""ID tokens: they say who signed in.

https://openid.net/specs/openid-connect-core-1_0.html#IDToken
"""

import base64
import hashlib
import hmac
import json
import secrets
import time

from sandbox.databricks.oauth.grants import Grant

_SECRET = secrets.token_bytes(32)


def make(issuer: str, grant: Grant) -> str:
    """Write the token of a grant; what it tells beyond the subject depends on the scopes."""
    now, person = int(time.time()), grant.person
    claims: dict[str, object] = {
        "iss": issuer,
        "sub": str(person.user_id),
        "aud": grant.app.client_id,
        "iat": now,
        "exp": now + int(grant.app.access_token_lifetime),
    }
    if grant.nonce is not None:
        claims["nonce"] = grant.nonce
    if "email" in grant.scopes:
        claims["email"] = person.email
    if "profile" in grant.scopes:
        claims["name"] = person.name
    # The real key is an RSA one that is published; this one stays here, so nobody can check it.
    signed = ".".join(
        _encoded(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims)
    )
    return f"{signed}.{_encoded(hmac.digest(_SECRET, signed.encode(), hashlib.sha256))}"


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")
