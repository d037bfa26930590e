"""What is read of Slack's word about a channel, and what of it is remembered."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.channels import ChannelAudience, ChannelKind, from_json, read_channel, to_json


@pytest.mark.parametrize(
    ("told", "companies"),
    [
        ({}, 0),
        ({"is_ext_shared": True}, 1),
        ({"is_ext_shared": True, "connected_team_ids": ["T1", "T2", "T3"]}, 2),
        ({"is_ext_shared": True, "connected_team_ids": ["T1", "E1", "T4"], "internal_team_ids": ["T4"]}, 1),
        ({"is_org_shared": True, "is_shared": True, "connected_team_ids": ["T4"]}, 0),
    ],
)
def test_other_companies_are_counted(told: dict[str, Any], companies: int) -> None:
    """Workspaces of our own organization are none, and one is there where Slack names none."""
    assert read_channel(told, {"T1", "E1"}).companies == companies


COUNT = st.none() | st.integers(0, 100_000)


@given(st.builds(ChannelAudience, st.sampled_from(ChannelKind), st.text(), COUNT, COUNT, COUNT))
def test_a_record_says_what_was_said(audience: ChannelAudience) -> None:
    """What is remembered of any channel is what Slack said."""
    assert from_json(to_json(audience)) == audience
