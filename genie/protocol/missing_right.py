"""Which right of Unity Catalog a query lacked, as far as its error says so.

Vendor's page: https://docs.databricks.com/aws/en/error-messages/error-classes#insufficient_permissions
"""

import re

_SPEAKS_OF_RIGHTS = re.compile(r"INSUFFICIENT_PERMISSIONS|SQLSTATE:? ?42501", re.IGNORECASE)
_KIND = r"[A-Za-z]{3,20}(?: [A-Za-z]{3,20})?(?=\s+[`'\"])|[A-Za-z]{3,20}"
"""Of two words only where quotes show where the name begins."""
_LACKED = re.compile(
    rf"(?:does not have|lacks)\s+(?P<right>[A-Z][A-Z ]{{2,30}}?)\s+on\s+(?P<kind>{_KIND})"
    r"\s+[`'\"]?(?P<name>[\w-]{1,255}(?:[`'\"]?\.[`'\"]?[\w-]{1,255}){0,3})"
)


def missing_right(detail: str) -> str | None:
    """Return it as "SELECT on table sales.orders", "" if it is not named, None if no right was missing."""
    if not _SPEAKS_OF_RIGHTS.search(detail):
        return None
    found = _LACKED.search(detail)
    if not found:
        return ""
    name = re.sub(r"[`'\"]", "", found["name"])
    return f"{found['right']} on {found['kind'].lower()} {name}"
