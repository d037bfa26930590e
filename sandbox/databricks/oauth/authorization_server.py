"""The workspace's authorization server as one object: its tokens, the apps it knows, and its endpoints."""

from aiohttp import web

from sandbox.databricks.identities import Person, Rights
from sandbox.databricks.oauth import discovery
from sandbox.databricks.oauth.apps import OAuthApp
from sandbox.databricks.oauth.authorize import AuthorizeApi
from sandbox.databricks.oauth.grants import Grants
from sandbox.databricks.oauth.scim import ScimApi
from sandbox.databricks.oauth.token_endpoint import TokenApi
from sandbox.databricks.oauth.tokens import BadUserToken, Tokens


class AuthorizationServer:
    """Knows `people`, and no app at first; a token of the service principal lives `lifetime` seconds.

    The personal token has `personal_rights`.
    """

    def __init__(
        self,
        people: tuple[Person, ...],
        lifetime: float,
        bad_user_token: BadUserToken,
        personal_rights: Rights,
    ) -> None:
        self.apps: dict[str, OAuthApp] = {}
        self.tokens = Tokens(bad_user_token, personal_rights)
        self.grants = Grants(self.tokens)
        self._token_api = TokenApi(self.apps, self.tokens, self.grants, lifetime)
        self._authorize_api = AuthorizeApi(self.apps, people, self.grants)
        self._scim_api = ScimApi(people)

    @property
    def credentials(self) -> tuple[str, str, str]:
        """The personal token, and the id and the secret of the service principal."""
        return self.tokens.personal, self._token_api.client_id, self._token_api.client_secret

    def routes(self) -> list[web.RouteDef]:
        """Give all routes of OAuth, and the one that tells whose token it is."""
        return [
            *discovery.routes(),
            *self._authorize_api.routes(),
            *self._token_api.routes(),
            *self._scim_api.routes(),
        ]
