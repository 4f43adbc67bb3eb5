"""`gradeline recipients webhook-key`: what a receiver gets instead of the secret."""

import hashlib
import hmac

from gradeline.entrypoints.cli.app import main
from gradeline.sandbox.webhook.twin import SECRET


def test_a_receiver_is_given_a_key_of_its_own(tmp_path, monkeypatch, capfd):
    """The key that webhooks are signed by, from which the secret cannot be told."""
    monkeypatch.chdir(tmp_path)
    assert main(["recipients", "webhook-key", "--home", str(tmp_path)]) == 2
    assert "SIGNING_SECRET is not set" in capfd.readouterr().err
    monkeypatch.setenv("SIGNING_SECRET", SECRET)
    assert main(["recipients", "webhook-key", "--home", str(tmp_path)]) == 0
    expected = hmac.digest(SECRET.encode(), b"webhook", hashlib.sha256).hex()
    assert capfd.readouterr().out.strip() == expected
