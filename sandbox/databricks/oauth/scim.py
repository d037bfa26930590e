"""Who calls, in the words of SCIM: https://docs.databricks.com/api/workspace/currentuser/me."""

from aiohttp import web

from sandbox.databricks.identities import Person
from sandbox.databricks.oauth.tokens import IDENTITY

_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User"


class ScimApi:
    """The one endpoint."""

    def __init__(self, people: tuple[Person, ...]) -> None:
        self._people = {person.email: person for person in people}

    def routes(self) -> list[web.RouteDef]:
        """Give the route."""
        return [web.get("/api/2.0/preview/scim/v2/Me", self._me, name="me")]

    async def _me(self, request: web.Request) -> web.Response:
        identity = request[IDENTITY]
        body: dict[str, object] = {
            "schemas": [_SCHEMA],
            "id": str(identity.user_id),
            "userName": identity.name,
            "displayName": identity.name,
            "active": True,
        }
        person = self._people.get(identity.name)
        if person is not None:
            body["displayName"] = person.name
            body["emails"] = [{"type": "work", "value": person.email, "primary": True}]
        return web.json_response(body)
