"""Sign-ins on their way: each secret is of use once, and none of them can be read in Redis."""

import pytest
from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.identity.sign_ins import Confirmation, SignIns, form_token, new_cookie, new_state
from bot.store.keys import SIGN_IN_LIFETIME
from tests.redis.queue_moves import KEYS

pytestmark = pytest.mark.redis

ADA, EMAIL = SlackUser("T1", "U1"), "ada@example.com"


def store(redis: "Redis") -> SignIns:
    """Return one replica's sign-ins."""
    return SignIns(redis, KEYS, "https://genie.example.com/bot")


async def test_each_step_is_taken_once_by_any_replica(redis: "Redis") -> None:
    """Link, state and confirmation are used up by their use, whichever replica takes the step."""
    one, other, cookie = store(redis), store(redis), new_cookie()
    address = await one.new_link(ADA, EMAIL)
    assert address.startswith("https://genie.example.com/bot/sign-in/")
    token = address.rpartition("/")[2]
    link = await other.open(token)
    assert link
    assert (link.user, link.email) == (ADA, EMAIL)
    assert await one.open(token) is None
    state, verifier = new_state()
    await one.begin(link, state, verifier, cookie)
    begun = await other.come_back(state)
    assert begun
    assert (begun.verifier, begun.is_of(cookie), begun.is_of(new_cookie())) == (verifier, True, False)
    assert await one.come_back(state) is None
    wanted = Confirmation(user=ADA, email=EMAIL, name="Ada", databricks_user=EMAIL, refresh_token="sealed")
    await one.ask(begun, wanted)
    assert await other.to_confirm(cookie) == await other.to_confirm(cookie) == wanted
    assert await other.to_confirm(new_cookie()) is None
    assert await other.confirm(cookie) == wanted
    assert await one.confirm(cookie) is None


async def test_no_secret_can_be_read_in_redis(redis: "Redis") -> None:
    """Whoever reads Redis can neither open a link nor send a browser back, and all is gone in ten minutes."""
    sign_ins, cookie = store(redis), new_cookie()
    address = await sign_ins.new_link(ADA, EMAIL)
    link = await sign_ins.open((await sign_ins.new_link(ADA, EMAIL)).rpartition("/")[2])
    assert link
    state, verifier = new_state()
    await sign_ins.begin(link, state, verifier, cookie)
    keys = [key async for key in redis.scan_iter()]
    assert len(keys) == 2
    kept = [*keys, *[await redis.get(key) for key in keys]]
    assert not [secret for secret in (address.rpartition("/")[2], state, cookie) if secret in str(kept)]
    assert all([0 < await redis.pttl(key) <= SIGN_IN_LIFETIME for key in keys])


def test_a_form_token_serves_one_browser() -> None:
    """It comes from the cookie, and does not give it away."""
    cookie = new_cookie()
    assert form_token(cookie) == form_token(cookie) != form_token(new_cookie())
    assert cookie not in form_token(cookie)
