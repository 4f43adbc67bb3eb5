"""Slack's own ways: names are resolved once, and files go up in three steps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from tests.delivery.slack_rig import SlackRig
from tests.delivery.test_contract import envelope

from gradeline.delivery.message import Message
from gradeline.sandbox.slack.twin import TOKEN


def test_a_renamed_channel_is_still_written_to_by_its_id(slack_rig: SlackRig):
    """The name is looked up when a recipient is added; later only the id counts."""
    address = slack_rig.channel.resolve("#Reports")
    slack_rig.twin.channels[address].name = "reports-2027"
    slack_rig.channel.send(envelope(slack_rig))
    assert address == slack_rig.address
    assert len(slack_rig.twin.channels[address].messages) == 1


def test_sending_asks_for_no_list_of_channels(slack_rig: SlackRig):
    """The list, of which Slack gives few a minute, is not asked for by a message."""
    slack_rig.channel.send(envelope(slack_rig))
    slack_rig.channel.find(envelope(slack_rig))
    assert "conversations.list" not in slack_rig.twin.asked
    assert "chat.postMessage" in slack_rig.twin.asked


def test_files_go_up_in_three_steps_for_the_old_method_is_gone(slack_rig: SlackRig):
    """The twin refuses `files.upload` as Slack does; ours never asks for it."""
    slack_rig.channel.send(envelope(slack_rig))
    assert "files.upload" not in slack_rig.twin.asked
    client = WebClient(TOKEN, slack_rig.url)
    with pytest.raises(SlackApiError, match="method_deprecated"):
        client.api_call("files.upload", data={"content": "x"})


def test_a_title_calls_nobody(slack_rig: SlackRig):
    """What a notification shows is escaped, too: a course's name mentions no channel."""
    hostile = Message(subject="<!channel> now", text="<@U1> & <https://x.example|click>")
    slack_rig.channel.send(replace(envelope(slack_rig), message=hostile))
    (sent,) = slack_rig.twin.channels[slack_rig.address].messages
    assert "<" not in sent.text
