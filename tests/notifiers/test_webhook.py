"""A webhook of one's own: what arrives, how it is signed, and what the answers mean."""

import asyncio
import base64
import hmac
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits

from hunter.contracts import Doors, NotifierContext, Recipient
from hunter.errors import TooLarge, Unwelcome, WillNotPass, WillPass
from hunter.notice import Attachment, Notice
from hunter.notifiers import webhook
from hunter.notifiers.webhook import Settings
from tests.world.alerts import AT, LIVE, STEERS, hostile, makers, notice
from tests.world.cases import texts
from tests.world.doors import door
from tests.world.http import HttpServer, Request, Response, http_server

DOCS = Path(__file__).parents[2] / "docs" / "notifiers.md"
IT = Recipient("it")
PATH = "/hooks/verysecret"
NOTHING = Response(200, b"ok", cut_after=0)
SECRET = base64.b64encode(b"a secret of some length").decode()


async def post(url: str, folder: Path, told: Notice | None = None, secret: str = "") -> None:
    """Send a notice, with URL and secret in files."""
    (folder / "url").write_text(url + "\n")
    (folder / "secret").write_text(secret + "\n")
    settings = Settings(url_file=folder / "url", secret_file=folder / "secret" if secret else None)
    async with door() as context:
        await webhook.send(told or notice(), IT, settings, context)


async def posted(folder: Path, told: Notice | None = None, secret: str = "") -> Request:
    """The request that a receiver got."""
    served: HttpServer
    async with http_server(lambda _request: Response(204)) as served:
        await post(served.url + PATH, folder, told, secret)
    (request,) = served.requests
    return request


async def test_a_message_arrives_with_all_that_is_known(tmp_path: Path) -> None:
    """Stable keys; the domain as it is, texts defanged."""
    request = await posted(tmp_path)
    message = json.loads(request.body)

    assert request.path == PATH
    assert request.headers["content-type"] == "application/json; charset=utf-8"
    assert (message["type"], message["timestamp"]) == (
        "alert.opened",
        "2017-04-24T06:00:00+00:00",
    )
    told = message["data"]
    assert (told["domain"], told["brand"]) == ("onedrive-en-marche.fr", "en-marche.fr")
    assert (told["severity"], told["subscriber"]) == ("high", "it")
    assert told["subject"] == "[HIGH] onedrive-en-marche[.]fr looks like en-marche[.]fr"
    assert told["name"] == {"before": "onedrive-", "matched": "en-marche", "after": "[.]fr"}
    assert "Registrant's address: johnpinch[@]mail[.]com" in told["findings"][0]["evidence"]
    assert "not proof of intent" in told["caveat"]


async def test_what_programs_compare_is_not_defanged(tmp_path: Path) -> None:
    """ATT&CK's tags, which a SIEM looks up, and names of files, which a script saves under them."""
    file = Attachment("alert-20170424T060000Z.csv", "text/csv", b"a,b\n")
    told = json.loads((await posted(tmp_path, replace(notice(), attachments=(file,)))).body)["data"]

    assert told["findings"][0]["tags"] == ["attack.t1583.001", "attack.g0007"]
    assert [one["name"] for one in told["attachments"]] == [file.name]


async def test_the_docs_name_every_key(tmp_path: Path) -> None:
    """And no other."""
    told = json.loads((await posted(tmp_path)).body)["data"]
    section = re.search(
        r"^## webhook\n(.*?)(?=^## |\Z)", DOCS.read_text(), re.MULTILINE | re.DOTALL
    )
    assert section
    documented = {
        name
        for line in re.findall(r"^\| (`data\.[^|]+) \|", section[1], re.MULTILINE)
        for name in re.findall(r"`data\.([a-z_]+)`", line)
    }

    assert documented == told.keys()


def test_the_signature_is_the_standards() -> None:
    """Its published example."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = webhook.signature(
        secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}'
    )

    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    ("secret", "key"),
    [(f"whsec_{SECRET}", b"a secret of some length"), ("any other text", b"any other text")],
)
async def test_the_receiver_can_tell_who_sent_it(tmp_path: Path, secret: str, key: bytes) -> None:
    """Over identity, time and body: one that was changed on the way does not verify."""
    request = await posted(tmp_path, secret=secret)
    headers = request.headers
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + request.body

    assert headers["webhook-timestamp"] == str(int(AT.timestamp()))
    made = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    assert headers["webhook-signature"] == f"v1,{made}"


async def test_without_a_secret_nothing_is_signed(tmp_path: Path) -> None:
    """And none is pretended."""
    assert "webhook-signature" not in (await posted(tmp_path)).headers


async def test_a_repeat_has_the_same_identity(tmp_path: Path) -> None:
    """So that a receiver can drop it."""
    first, again, other = [
        (await posted(tmp_path, notice(key))).headers["webhook-id"] for key in ("1:a", "1:a", "1:b")
    ]

    assert first == again != other


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Response(429, b"slow down"), WillPass),
        (Response(408), WillPass),
        (Response(500, b"oops"), WillPass),
        (Response(503), WillPass),
        (NOTHING, WillPass),
        (Response(400, b"what?"), Unwelcome),
        (Response(422), Unwelcome),
        (Response(401), WillNotPass),
        (Response(404, b"gone"), WillNotPass),
        (Response(410), WillNotPass),
        (Response(413), TooLarge),
        (Response(302, b"", {"Location": "/elsewhere"}), WillNotPass),
    ],
)
async def test_the_answer_decides(tmp_path: Path, answer: Response, kind: type[Exception]) -> None:
    """What passes is tried again; what does not switches the channel off. The URL stays secret."""
    async with http_server(lambda _request: answer) as served:
        with pytest.raises(kind) as caught:
            await post(served.url + PATH, tmp_path)

    assert answer.body.decode() in str(caught.value) or answer is NOTHING
    doubtful = answer is NOTHING or answer.status >= 500
    assert getattr(caught.value, "in_doubt", False) is doubtful
    assert "verysecret" not in str(caught.value)
    assert "verysecret" not in str(caught.value.__cause__)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
async def test_every_2xx_is_a_yes(tmp_path: Path, status: int) -> None:
    """Some receivers answer 202 or 204."""
    async with http_server(lambda _request: Response(status)) as served:
        await post(served.url, tmp_path)

    assert len(served.requests) == 1


@pytest.mark.parametrize("status", [429, 503])
async def test_a_busy_server_says_when_to_come_back(tmp_path: Path, status: int) -> None:
    """Retry-After."""
    answer = Response(status, b"", {"Retry-After": "120"})
    async with http_server(lambda _request: answer) as served:
        with pytest.raises(WillPass) as caught:
            await post(served.url, tmp_path)

    assert caught.value.retry_after == timedelta(seconds=120)


async def test_a_receiver_that_is_away_will_pass(tmp_path: Path) -> None:
    """Nobody listens there."""
    async with http_server(lambda _request: Response()) as served:
        pass
    with pytest.raises(WillPass) as caught:
        await post(served.url + PATH, tmp_path)

    assert "verysecret" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://hooks.example/x", "file:///etc/passwd", "x", "http://[x"])
async def test_it_goes_to_https_only(tmp_path: Path, url: str) -> None:
    """Or to this machine; refused before anything is sent."""
    with pytest.raises(WillNotPass, match="https"):
        await post(url, tmp_path)


async def test_what_is_not_set_up_is_said(tmp_path: Path) -> None:
    """No URL; a secret that is none."""
    async with door() as context:
        with pytest.raises(WillNotPass, match="neither"):
            await webhook.send(notice(), IT, Settings(), context)
    with pytest.raises(WillNotPass, match="no base64") as caught:
        await post("https://hooks.example", tmp_path, secret="whsec_!!!")
    assert "!!!" not in str(caught.value)


def test_messages_can_go_to_a_folder_instead(tmp_path: Path) -> None:
    """As JSON, one file for each notice."""
    context = NotifierContext(lambda: AT, cast(Doors, None))
    for told in (notice("1:a"), notice("1:a"), notice("1:b")):
        asyncio.run(webhook.send(told, IT, Settings(folder=tmp_path), context))

    found = sorted(tmp_path.iterdir())
    assert len(found) == 2
    assert json.loads(found[0].read_text())["data"]["schema"] == 2


LIVE_KEYS = {"domain", "brand", "thread", "key"}


@given(make=makers, raw=hostile)
@limits(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_hostile_text_is_harmless(
    tmp_path: Path, make: Callable[[str], Notice], raw: str
) -> None:
    """Whatever stands in any field: valid JSON, no control or direction mark, nothing to click."""
    message = json.loads((await posted(tmp_path, make(raw))).body)

    assert [text for text in texts(message) if STEERS.search(text)] == []
    told = message["data"]
    for part in (told, *told["items"]):
        for key in LIVE_KEYS:
            part.pop(key, "")
    for file in told["attachments"]:
        del file["name"]  # hunter's own, and with its ending
    assert [text for text in texts(told) if LIVE.search(text)] == []
