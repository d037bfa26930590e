"""A small web page without scripts, pictures and links to anywhere, and the headers that hold it to that."""

import base64
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from render.text.escape import one_line

_STYLE = """
:root {
  color-scheme: light dark;
  --ground: #f3f5f6; --card: #fff; --line: #dfe5e8; --ink: #16262d; --quiet: #566870;
  --accent: #0d6286; --on-accent: #fff; --soft: #e8f1f5;
  --good: #17794b; --good-soft: #e3f3ea; --bad: #a8482c; --bad-soft: #fbece6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f171b; --card: #18242a; --line: #2b3a42; --ink: #e8eef0; --quiet: #9fb0b8;
    --accent: #6cc0e5; --on-accent: #0b1a21; --soft: #1d323c;
    --good: #6fd3a0; --good-soft: #17332a; --bad: #f0a083; --bad-soft: #38241d;
  }
}
* { box-sizing: border-box; margin: 0; }
html { height: 100%; }
body {
  display: flex; flex-direction: column; align-items: center; justify-content: center;
  min-height: 100%; padding: 24px 16px; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
main {
  width: 100%; max-width: 440px; padding: 36px 32px 32px;
  background: var(--card); border: 1px solid var(--line); border-radius: 16px;
  box-shadow: 0 1px 2px rgb(0 0 0 / 4%), 0 12px 32px rgb(16 38 48 / 8%);
}
svg {
  display: block; width: 48px; height: 48px; padding: 12px; margin-bottom: 20px; border-radius: 14px;
  background: var(--soft); color: var(--accent);
  fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round;
}
.good svg { background: var(--good-soft); color: var(--good); }
.bad svg { background: var(--bad-soft); color: var(--bad); }
h1 { margin-bottom: 10px; font-size: 22px; line-height: 1.3; letter-spacing: -0.01em; text-wrap: balance; }
p { color: var(--quiet); text-wrap: pretty; }
dl { margin: 22px 0; border: 1px solid var(--line); border-radius: 12px; }
dl div { padding: 14px 16px; }
dl div + div { border-top: 1px solid var(--line); }
dt { color: var(--quiet); font-size: 13px; }
dd { font-weight: 600; overflow-wrap: anywhere; }
dd + dd { color: var(--quiet); font-weight: 400; font-size: 14px; }
form { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 24px; }
button {
  flex: 1 1 130px; padding: 11px 18px; border: 1px solid var(--line); border-radius: 10px;
  background: none; color: var(--ink); font: inherit; font-weight: 600; cursor: pointer;
}
button:hover { background: var(--soft); }
button.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
button.main:hover { filter: brightness(1.08); }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
footer { margin-top: 18px; color: var(--quiet); font-size: 13px; }
@media (max-width: 480px) { main { padding: 28px 22px 24px; } }
"""
_STYLE_HASH = base64.b64encode(sha256(_STYLE.encode()).digest()).decode()
_ICONS = {
    "ask": '<path d="M9 17H7A5 5 0 0 1 7 7h2M15 7h2a5 5 0 0 1 0 10h-2M8 12h8"/>',
    "good": '<path d="m5 13 4 4L19 7"/>',
    "bad": '<path d="M12 8v5M12 16.5v.1"/><circle cx="12" cy="12" r="9"/>',
}
_LAYOUT = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main class="{mood}">
<svg viewBox="0 0 24 24" aria-hidden="true">{icon}</svg>
<h1>{title}</h1>
{body}
</main>
<footer>{foot}</footer>
</body>
</html>
"""
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{_STYLE_HASH}'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
}
"""Of every page: nothing is loaded, run, framed, kept or passed on."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page and the status that goes with it."""

    html: str
    status: int = 200


def page(title: str, body: str, mood: str, foot: str, status: int = 200) -> Page:
    """Lay out a page; `body` is HTML already, everything else is text."""
    html = _LAYOUT.format(
        title=text(title), style=_STYLE, mood=mood, icon=_ICONS[mood], body=body, foot=text(foot)
    )
    return Page(html, status)


def text(said: str) -> str:
    """Escape a text for an element or a quoted attribute."""
    return escape(one_line(said))
