"""`hunter trial`: whether messages arrive, before there is an alert that must."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hunter.notifiers import slack as slack_notifier
from tests.cli.conftest import Run
from tests.world.http import Response
from tests.world.slack import SlackServer, slack_in_a_thread, slack_workspace
from tests.world.smtp import SmtpServer, smtp_in_a_thread
from tests.world.thread import running

PEOPLE = """
[[subscriber]]
name = "IT"
channels = { email = ["it@example.org", "gone@example.org"], slack = [] }
[[subscriber]]
name = "direction"
channels = { email = ["dir@example.org"] }
language = "fr"
[net]
allow_private = true
"""


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    """A mail server that wants a password."""
    with smtp_in_a_thread(login=("hunter", "secret")) as server:
        yield server


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """A webhook."""
    with slack_in_a_thread() as server:
        yield server


@pytest.fixture
def told(config: Path, smtp: SmtpServer, slack: SlackServer) -> Path:
    """A config of two people who are told by mail, one of them on Slack as well."""
    (config.parent / "password").write_text("secret", encoding="utf-8")
    (config.parent / "webhook").write_text(slack.webhook, encoding="utf-8")
    with config.open("a", encoding="utf-8") as file:
        file.write(PEOPLE)
        file.write(
            f'[notifiers.email]\nhost = "127.0.0.1"\nport = {smtp.port}\ntls = "none"\n'
            f'username = "hunter"\npassword_file = "{config.parent}/password"\n'
            f'[notifiers.slack]\nwebhook_url_file = "{config.parent}/webhook"\n'
        )
    return config


def test_a_server_on_a_private_address_is_to_be_named(run: Run, told: Path) -> None:
    """What stands in the secret's file is right all the same."""
    text = told.read_text(encoding="utf-8")
    told.write_text(text.replace("allow_private = true", ""), encoding="utf-8")
    said = run("trial", "-c", str(told), "--subscriber", "IT", "--json")

    (fault,) = [row for row in map(json.loads, said.out.splitlines()) if row["channel"] == "slack"]
    assert "127.0.0.1 is loopback" in fault["message"]
    assert "private_hosts" in fault["hint"]


def test_a_fault_in_one_channel_keeps_none_of_the_others_from_being_tried(
    run: Run, told: Path, smtp: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told as one, with its trace, and the next message goes out."""

    async def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault in a part")

    monkeypatch.setattr(slack_notifier, "send", broken)
    said = run("trial", "-c", str(told))

    assert said.status == 1
    assert "fault  IT  slack  a fault in hunter\n    hint: its trace is above" in said.out
    assert "ZeroDivisionError" in said.err
    assert ("dir@example.org",) in {one.recipients for one in smtp.messages}


def test_everybody_gets_a_message_that_says_that_it_is_a_test(
    run: Run, told: Path, smtp: SmtpServer, slack: SlackServer
) -> None:
    """Each in their language, and each address by itself."""
    said = run("trial", "-c", str(told))
    subjects = {one.recipients: str(one.mail["Subject"]) for one in smtp.messages}

    assert said.status == 0
    assert subjects == {
        ("it@example.org",): "[hunter] a test message",
        ("gone@example.org",): "[hunter] a test message",
        ("dir@example.org",): "[hunter] message d'essai",
    }
    assert "a test" in str(slack.messages)
    assert "good  direction  email  dir@example.org  taken by the other side" in said.out
    assert "good  IT  slack  taken by the other side" in said.out


def test_an_address_that_is_refused_is_told_beside_one_that_is_not(
    run: Run, told: Path, smtp: SmtpServer
) -> None:
    """And the exit status says that there is something to do."""
    smtp.refused = frozenset({"gone@example.org"})
    said = run("trial", "-c", str(told), "--json")
    rows = [json.loads(line) for line in said.out.splitlines()]
    faults = [row for row in rows if row["state"] == "fault"]

    assert said.status == 1
    assert [row["address"] for row in faults] == ["gone@example.org"]
    assert "no such user here" in faults[0]["message"]
    assert faults[0]["hint"]
    assert [row["state"] for row in rows].count("good") == 3


def test_a_wrong_password_is_told_before_there_is_an_alert(run: Run, told: Path) -> None:
    """Nothing else would show it: the doctor asks nobody a question."""
    (told.parent / "password").write_text("wrong", encoding="utf-8")
    said = run("trial", "-c", str(told), "--subscriber", "direction")
    first, hint = said.out.splitlines()

    assert said.status == 1
    assert first.startswith("fault  direction  email  dir@example.org  ")
    assert "535" in first
    assert "password" in hint
    assert "wrong" not in said.out + said.err


def test_a_channel_of_slacks_that_lets_nobody_in_is_told_beside_another(
    run: Run, config: Path
) -> None:
    """An alert would count as delivered, for one of the channels has it."""
    (config.parent / "token").write_text("xoxb-1", encoding="utf-8")
    with running(slack_workspace("C1")) as workspace:
        with config.open("a", encoding="utf-8") as file:
            file.write(PEOPLE.replace("slack = []", 'slack = ["C1", "C2"]'))
            file.write('[notifiers.email]\nfolder = "mails"\n')
            file.write(f'[notifiers.slack]\nbot_token_file = "{config.parent}/token"\n')
            file.write(f'api = "{workspace.url}"\n')
        said = run("trial", "-c", str(config), "--subscriber", "IT")

    assert said.status == 1
    assert "good  IT  slack  C1  taken by the other side" in said.out
    assert "fault  IT  slack  C2  slack: chat.postMessage answered channel_not_found" in said.out
    assert "written into mails, and sent to nobody" in said.out


def test_what_does_not_answer_is_told_and_not_waited_for(
    run: Run, told: Path, slack: SlackServer
) -> None:
    """One try is all there is."""
    slack.answers = [Response(503, b"busy")]
    said = run("trial", "-c", str(told), "--subscriber", "IT")

    assert said.status == 1
    assert "fault  IT  slack  slack: the webhook answered 503 busy" in said.out
    assert len(slack.requests) == 1


def test_nobody_of_that_name_is_yours_to_fix(run: Run, told: Path, smtp: SmtpServer) -> None:
    """And nobody else gets the message instead."""
    said = run("trial", "-c", str(told), "--subscriber", "Direction")

    assert said.status == 2
    assert "did you mean direction?" in said.err
    assert not smtp.messages


def test_where_nobody_would_be_told_it_is_said(run: Run, config: Path) -> None:
    """As `check` says it."""
    said = run("trial", "-c", str(config))

    assert said.status == 2
    assert "nobody would be told" in said.err
    assert "add a [[subscriber]]" in said.err


def test_it_leaves_the_store_alone(run: Run, told: Path) -> None:
    """It may run beside the daemon, and as another user."""
    run("trial", "-c", str(told))

    assert not (told.parent / "state").exists()


@pytest.mark.parametrize("channel", ["slack", "webhook", "journal"])
def test_where_addresses_are_not_used_there_is_one_message(
    run: Run, told: Path, slack: SlackServer, channel: str
) -> None:
    """A webhook belongs to one channel: people there would read the same again and again."""
    text = told.read_text(encoding="utf-8").replace("slack = []", f'{channel} = ["a", "b", "a"]')
    table = {
        "slack": "",
        "webhook": f'[notifiers.webhook]\nurl_file = "{told.parent}/webhook"\n',
        "journal": f'[notifiers.journal]\nfolder = "{told.parent}/log"\n',
    }
    told.write_text(text + table[channel], encoding="utf-8")
    said = run("trial", "--subscriber", "IT", "-c", str(told))

    assert said.out.count(f"IT  {channel}") == 1
    assert len(slack.requests) == (channel != "journal")


def test_an_address_that_stands_there_twice_is_one(run: Run, told: Path, smtp: SmtpServer) -> None:
    """As an alert goes there once."""
    text = told.read_text(encoding="utf-8")
    told.write_text(text.replace("gone@example.org", "it@example.org"), encoding="utf-8")
    run("trial", "--subscriber", "IT", "-c", str(told))

    assert [one.recipients for one in smtp.messages] == [("it@example.org",)]
