"""The pages that a person sees at the authorization endpoint: plain HTML, no script, not to be framed."""

from html import escape

from aiohttp import web

from sandbox.databricks.identities import Person
from sandbox.databricks.oauth.grants import Wish

# No form-action: browsers would also hold the redirect after the form against it.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Databricks (sandbox)</title>
<style>
  body {{ margin: 0; background: #f6f7f9; color: #11171c; font: 16px/1.5 system-ui, sans-serif; }}
  main {{ box-sizing: border-box; max-width: 30rem; margin: 10vh auto; padding: 2rem; background: #fff;
    border: 1px solid #d1d9e1; border-radius: 8px; }}
  h1 {{ margin: 0 0 .5rem; font-size: 1.3rem; }}
  fieldset {{ margin: 1rem 0; padding: 0; border: 0; }}
  legend {{ padding: 0; }}
  legend, li {{ color: #5f7281; }}
  label {{ display: block; padding: .3rem 0; }}
  button {{ padding: .5rem 1.2rem; border: 1px solid #c0cdd8; border-radius: 4px; background: #fff;
    font: inherit; cursor: pointer; }}
  button[value=allow] {{ border-color: #2272b4; background: #2272b4; color: #fff; }}
</style>
<main>
{content}
</main>
</html>
"""
_QUESTION = """<h1>Let an app use Databricks as you?</h1>
<p>It asks for:</p>
<ul>{scopes}</ul>
<form method="post">
<fieldset><legend>A sandbox has no passwords. Who are you?</legend>
{people}
</fieldset>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny" formnovalidate>Deny</button>
</form>"""


def question(wish: Wish, people: tuple[Person, ...]) -> web.Response:
    """Ask who signs in, and whether the app may have what it wishes."""
    scopes = "".join(f"<li>{escape(scope)}</li>" for scope in sorted(wish.scopes))
    choices = "\n".join(_choice(person) for person in people)
    return _page(200, _QUESTION.format(scopes=scopes, people=choices))


def refusal(reason: str) -> web.Response:
    """Say why the browser is not sent back."""
    return _page(400, f"<h1>This sign-in does not work</h1>\n<p>{escape(reason)}</p>")


def _choice(person: Person) -> str:
    email, name = escape(person.email), escape(person.name)
    return f'<label><input type="radio" name="person" value="{email}" required> {name} ({email})</label>'


def _page(status: int, content: str) -> web.Response:
    text = _PAGE.format(content=content)
    return web.Response(status=status, text=text, content_type="text/html", headers=_HEADERS)
