"""The webhook: the secret, the answer after the commit, and Telegram's own posts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.testclient import TestClient
from tests.entrypoints.bot.rig import Rig

from gradeline.entrypoints.bot.webhook import PATH, webhook_app
from gradeline.sandbox.telegram.updates import Webhook, post_update

SECRET = "a-secret-of-thirty-two-characters"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def client(rig: Rig) -> Iterator[TestClient]:
    """Whoever posts to the webhook."""
    with TestClient(webhook_app(rig.bot, rig.dispatcher, SECRET)) as made:
        yield made


def start_of(rig: Rig) -> dict:
    """An update in which somebody new writes `/start`, which nobody polls."""
    rig.person().say("/start")
    update = rig.twin.updates.waiting.pop()
    rig.twin.updates.skip_numbers(1)
    return update


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], f"{SECRET}x", "секрет"])
def test_a_wrong_secret_is_401_and_stores_nothing(rig, client, secret):
    """Whoever does not know it changes nothing, whatever they post."""
    headers = {} if secret is None else {HEADER: secret.encode()}
    before = rig.count("bot_updates")
    assert client.post(PATH, json=start_of(rig), headers=headers).status_code == 401
    assert rig.count("bot_updates") == before


def test_an_update_is_stored_when_it_is_answered(rig, client):
    """200 comes after the commit; the same update again changes nothing."""
    update = start_of(rig)
    posted = [client.post(PATH, json=update, headers={HEADER: SECRET}) for _ in range(2)]
    assert [one.status_code for one in posted] == [200, 200]
    chat = update["message"]["chat"]["id"]
    assert rig.count("bot_messages", f"chat_id = {chat}") == 1


@pytest.mark.parametrize("body", [b"", b"{", b'{"message": 1}', b"\xff"])
def test_what_is_no_update_is_400(client, body):
    """It is none, and it does not come again."""
    assert client.post(PATH, content=body, headers={HEADER: SECRET}).status_code == 400


def test_other_paths_and_methods_are_not_there(client):
    """There is nothing but the webhook."""
    assert client.get(PATH, headers={HEADER: SECRET}).status_code == 405
    assert client.post("/", headers={HEADER: SECRET}).status_code == 404


def test_telegram_posts_with_the_secret_that_it_was_told(rig):
    """From `setWebhook` to the answer in the chat, in the loop in which both work."""
    update = start_of(rig)
    app = webhook_app(rig.bot, rig.dispatcher, SECRET)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, ws="none"))

    async def serve_one() -> int:
        """Serve until one update was posted; the status of its answer."""
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        webhook = Webhook(url=f"http://127.0.0.1:{port}{PATH}", secret=SECRET)
        status = await asyncio.to_thread(post_update, webhook, update)
        server.should_exit = True
        await serving
        return status

    assert rig.runner.run(serve_one()) == 200
    rig.turn()
    assert rig.people[-1].last.text.startswith("Hello!")
