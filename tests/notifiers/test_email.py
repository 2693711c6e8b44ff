"""Mail as it arrives at a real SMTP server, good ones and awkward ones."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from structlog.testing import capture_logs

from hunter.contracts import Doors, NotifierContext, Recipient
from hunter.errors import Partly, TooLarge, Unwelcome, WillNotPass, WillPass
from hunter.model import Level
from hunter.net import smtp
from hunter.notice import Attachment, Notice
from hunter.notifiers import email
from hunter.notifiers.email import Settings
from hunter.wording import as_html
from tests.world import descriptors
from tests.world.alerts import (
    AT,
    ATTACKS,
    LIVE,
    STEERS,
    hostile,
    made_notice,
    makers,
    notice,
    raw_notice,
    told_together,
)
from tests.world.smtp import SmtpServer, smtp_in_a_thread, smtp_server
from tests.world.tls import own_certificate

IT = Recipient("it", ("ana@campaign.example", "ben@campaign.example"))
CONTEXT = NotifierContext(lambda: AT, cast(Doors, None))


def remembering() -> NotifierContext:
    """A context whose memory lasts as long as it does."""
    memory: dict[str, str] = {}
    return replace(CONTEXT, recall=memory.get, keep=memory.__setitem__)


def settings(server: SmtpServer, **more: Any) -> Settings:
    """Settings for a server without TLS, unless told otherwise."""
    return Settings(
        host="127.0.0.1",
        port=server.port,
        sender="hunter@campaign.example",
        **{"tls": "none", **more},
    )


async def send(server: SmtpServer, told: Notice | None = None, **more: Any) -> None:
    """Send a notice to two people."""
    await email.send(told or notice(), IT, settings(server, **more), CONTEXT)


def parts(mail: EmailMessage) -> tuple[str, str]:
    """The text and the HTML."""
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return text.replace("\r\n", "\n"), html.replace("\r\n", "\n")


INLINE = ("span", "mark", "bdi", "strong")


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.shown = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.shown += "" if tag in INLINE else "\n"

    def handle_data(self, data: str) -> None:
        self.shown += "" if self.lasttag == "style" else data


def read(html: str) -> _Markup:
    """What a mail client makes of the HTML."""
    markup = _Markup()
    markup.feed(html)
    return markup


async def test_a_server_that_knows_no_extensions_gets_the_mail() -> None:
    """As old as RFC 821, or a filter on the way that strips what it does not know."""
    async with smtp_server(old=True) as server:
        await send(server)

    assert [one.recipients for one in server.messages] == [IT.addresses]


async def test_it_is_introduced_as_the_operator_says() -> None:
    """Some servers want the name that their DNS has for the machine."""
    async with smtp_server() as server:
        await send(server, helo="hunter.campaign.example")

    assert [one.helo for one in server.messages] == ["hunter.campaign.example"]


async def test_a_mail_arrives_as_text_and_html() -> None:
    """Both say what imitates what, which rules fired, what is known and what to do."""
    async with smtp_server() as server:
        await send(server)

    received = server.messages[0]
    assert received.recipients == IT.addresses
    assert received.sender == "hunter@campaign.example"
    assert received.helo == "campaign.example"
    assert received.mail.get_content_type() == "multipart/alternative"
    text, html = parts(received.mail)
    for body in (text, read(html).shown):
        assert not LIVE.search(body)
        for said in (
            "onedrive-en-marche[.]fr",
            "johnpinch[@]mail[.]com",
            "2017-03-15",
            "withheld by the registry",
            "abuse[@]registrar[.]example",
        ):
            assert said in body


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_both_forms_tell_where_triage_stands(language: str) -> None:
    """What somebody acknowledged and then grew graver is not looked into by a second person."""
    told = replace(notice(), kind="raised", state="acknowledged", language=language)
    state = {"en": "state: acknowledged", "fr": "alerte prise en charge"}[language]
    async with smtp_server() as server:
        await send(server, told)

    text, html = parts(server.messages[0].mail)
    for shown in (text, read(html).shown):
        assert state in shown


async def test_a_file_that_goes_along_says_what_it_is() -> None:
    """In which letters it is written, too: without that, a reader takes an accent for garbage."""
    files = (
        Attachment("list.csv", "text/csv; charset=utf-8", '\ufeff"été"\r\n'.encode()),
        Attachment("case.json", "application/stix+json;version=2.1", b"{}"),
    )
    async with smtp_server() as server:
        await send(server, replace(notice(), attachments=files))

    table, case = server.messages[0].mail.iter_attachments()
    assert table.get_content().strip() == '\ufeff"été"'
    assert table.get_filename() == "list.csv"
    assert case.get_content_type() == "application/stix+json"
    assert case["Content-Type"].params["version"] == "2.1"
    assert case.get_content() == b"{}"


async def test_the_headers_are_those_of_an_automatic_mail() -> None:
    """Nobody's holiday notice answers it, and a filter can sort it."""
    async with smtp_server() as server:
        await send(server)

    mail = server.messages[0].mail
    assert mail["Subject"] == "[HIGH] onedrive-en-marche[.]fr looks like en-marche[.]fr"
    assert mail["From"] == "hunter <hunter@campaign.example>"
    assert mail["To"] == "ana@campaign.example, ben@campaign.example"
    assert mail["Date"].datetime == AT
    assert mail["List-Id"] == "hunter alerts <hunter-alerts.campaign.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Importance"] == "high"
    assert mail["X-Hunter-Severity"] == "high"
    assert mail["X-Hunter-Domain"] == "onedrive-en-marche[.]fr"


async def test_all_mails_about_a_domain_are_one_thread() -> None:
    """The same notice has the same Message-ID; every notice of an alert has the same root."""
    other = replace(notice("2:opened"), thread="en-marche.fr/other.fr")
    async with smtp_server() as server:
        for told in (notice("1:a"), notice("1:b"), notice("1:a"), other):
            await send(server, told)

    ids = [received.mail["Message-ID"] for received in server.messages]
    roots = [received.mail["References"] for received in server.messages]
    assert ids[0] == ids[2]
    assert len(set(ids)) == 3
    assert roots[0] == roots[1] != roots[3]
    assert [received.mail["In-Reply-To"] for received in server.messages] == roots


async def test_two_subscribers_may_share_a_mailbox() -> None:
    """Each has words of their own: a mailbox that knows both Message-IDs shows both mails."""
    async with smtp_server() as server:
        for name in ("it", "presse", "it"):
            await email.send(notice(), replace(IT, subscriber=name), settings(server), CONTEXT)

    first, second, again = (received.mail["Message-ID"] for received in server.messages)
    assert first == again != second


async def test_an_address_gets_one_mail_in_whatever_case_it_stands() -> None:
    """As it was written first."""
    twice = replace(IT, addresses=("Ana@campaign.example", "ana@Campaign.example"))
    async with smtp_server() as server:
        await email.send(notice(), twice, settings(server), CONTEXT)

    assert [received.recipients for received in server.messages] == [("Ana@campaign.example",)]


async def test_a_long_sender_domain_leaves_the_ids_whole() -> None:
    """Identifiers are not broken, whatever their length."""
    domain = f"{'a' * 60}.{'b' * 60}.example"
    async with smtp_server() as server:
        await email.send(
            notice(),
            IT,
            settings(server).model_copy(update={"sender": f"h@{domain}"}),
            CONTEXT,
        )

    mail = server.messages[0].mail
    for header in ("Message-ID", "References"):
        assert re.fullmatch(rf"<[0-9a-f]{{32}}@{re.escape(domain)}>", mail[header])


async def test_starttls_with_a_certificate_of_our_own(tmp_path: Path) -> None:
    """The mail goes out encrypted when the certificate is one we trust."""
    context, trusted = own_certificate(tmp_path)
    async with smtp_server(starttls=context) as server:
        await send(server, tls="starttls", ca_bundle=trusted)

    assert server.messages[0].encrypted


async def test_tls_from_the_first_byte(tmp_path: Path) -> None:
    """The other way to encrypt, of port 465."""
    context, trusted = own_certificate(tmp_path)
    async with smtp_server(tls=context) as server:
        await send(server, tls="tls", ca_bundle=trusted)

    assert len(server.messages) == 1


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_without_certificates_to_trust_a_person_has_to_mend_it(
    tmp_path: Path, tls: str
) -> None:
    """No mail goes out meanwhile, and the file is named."""
    context, trusted = own_certificate(tmp_path)
    trusted.write_text("none", encoding="utf-8")
    how: dict[str, Any] = {tls: context}
    async with smtp_server(**how) as server:
        with pytest.raises(WillNotPass, match=f"{re.escape(str(trusted))} gives no certificates"):
            await send(server, tls=tls, ca_bundle=trusted)

    assert server.messages == []


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_an_unknown_certificate_gets_no_mail(tmp_path: Path, tls: str) -> None:
    """Somebody in the middle is not told what we found."""
    context, _ = own_certificate(tmp_path)
    how: dict[str, Any] = {tls: context}
    async with smtp_server(**how) as server:
        with pytest.raises(WillPass, match="certificate"):
            await send(server, tls=tls)

    assert server.messages == []


async def test_without_starttls_nothing_goes_out_in_the_clear() -> None:
    """A server that does not offer it any more may be somebody in the middle."""
    async with smtp_server() as server:
        with pytest.raises(WillNotPass, match="STARTTLS"):
            await send(server, tls="starttls")

    assert server.messages == []


async def test_a_login_with_the_password_from_a_file(tmp_path: Path) -> None:
    """The password comes from its file, without the line feed an editor adds."""
    secret = tmp_path / "password"
    secret.write_text("s3cret word\n")
    async with smtp_server(login=("hunter", "s3cret word")) as server:
        await send(server, username="hunter", password_file=secret)

    assert len(server.messages) == 1


async def test_a_refused_login_will_not_pass(tmp_path: Path) -> None:
    """A wrong password is for a person to mend, and is not told to anybody."""
    secret = tmp_path / "password"
    secret.write_text("wr0ng")
    async with smtp_server(login=("hunter", "right")) as server:
        with pytest.raises(WillNotPass, match="535") as caught:
            await send(server, username="hunter", password_file=secret)
        secret.unlink()
        with pytest.raises(WillNotPass, match="cannot be read"):
            await send(server, username="hunter", password_file=secret)

    assert "wr0ng" not in str(caught.value)


async def test_without_descriptors_a_mail_waits(tmp_path: Path) -> None:
    """The certificates are there, and no person has to mend anything."""
    context, trusted = own_certificate(tmp_path)
    async with smtp_server(tls=context) as server:
        with descriptors.none_left(), pytest.raises(WillPass, match="Too many open files"):
            await send(server, tls="tls", ca_bundle=trusted)
        await send(server, tls="tls", ca_bundle=trusted)

    assert len(server.messages) == 1


async def test_one_refused_address_does_not_keep_the_mail_from_the_other() -> None:
    """It counts as delivered; the journal names who was refused."""
    async with smtp_server(refused=frozenset({IT.addresses[0]})) as server:
        with capture_logs() as journal:
            await send(server)

    assert [one.recipients for one in server.messages] == [IT.addresses[1:]]
    assert [(line["event"], line["address"], line["code"]) for line in journal] == [
        ("email.refused", IT.addresses[0], 550)
    ]


async def test_when_everybody_is_refused_it_will_not_pass() -> None:
    """Nobody got it, and trying again would not help."""
    async with smtp_server(refused=frozenset(IT.addresses)) as server:
        with pytest.raises(
            WillNotPass, match=r"ana@campaign\.example: 5.1.1 no such user"
        ) as caught:
            await send(server)

    assert not isinstance(caught.value, Unwelcome)
    assert server.messages == []


async def test_a_greylisted_address_is_tried_again_alone() -> None:
    """Who has the mail already does not get it a second time, nor under another Message-ID."""
    context = remembering()
    async with smtp_server(greylisted=frozenset({IT.addresses[1]})) as server:
        with pytest.raises(Partly, match="greylisted"):
            await email.send(notice(), IT, settings(server), context)
        await email.send(notice(), IT, settings(server), context)
        await email.send(notice("another"), IT, settings(server), context)

    assert [one.recipients for one in server.messages] == [
        IT.addresses[:1],
        IT.addresses[1:],
        IT.addresses,
    ]


async def test_whoever_put_it_off_and_left_the_config_is_waited_for_no_more() -> None:
    """The others have it: there is nothing to hand over."""
    context = remembering()
    async with smtp_server(full=frozenset({IT.addresses[1]})) as server:
        with pytest.raises(Partly, match="full"):
            await email.send(notice(), IT, settings(server), context)
        stays = Recipient("it", IT.addresses[:1])
        await email.send(notice(), stays, settings(server), context)

    assert [one.recipients for one in server.messages] == [IT.addresses[:1]]


async def test_a_greylisting_server_gets_the_mail_at_the_second_try() -> None:
    """The ordinary kind, which puts off everybody: there is no doubt that nobody has it."""
    async with smtp_server(greylisted=frozenset(IT.addresses)) as server:
        with pytest.raises(WillPass, match="greylisted") as caught:
            await send(server)
        await send(server)

    assert not caught.value.in_doubt
    assert [one.recipients for one in server.messages] == [IT.addresses]


@pytest.mark.parametrize("address", IT.addresses)
async def test_a_server_that_leaves_at_an_address_is_passed_over(address: str) -> None:
    """Nothing was handed over: the next one gets the mail, and it is told what the first said."""
    remarks: list[str] = []
    context = replace(CONTEXT, remark=remarks.append)
    async with smtp_server(leaves_at=address) as server, smtp_server() as other:
        both = settings(server, fallbacks=(f"127.0.0.1:{other.port}",))
        await email.send(notice(), IT, both, context)

    assert [one.recipients for one in other.messages] == [IT.addresses]
    assert remarks == ["passed over: 127.0.0.1 answered 421 4.3.2 shutting down"]


async def test_a_server_that_looks_into_a_mail_is_given_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To hang up on it would send the mail again and again, although it took each of them."""
    monkeypatch.setattr(smtp, "_ONE_COMMAND", 0.5)
    async with smtp_server(thinks=1.0) as server:
        await send(server)

    assert [one.recipients for one in server.messages] == [IT.addresses]


async def test_a_line_cut_after_data_is_no_delivery() -> None:
    """Nobody said yes; the repeat has the same Message-ID, so that a mailbox shows it once."""
    async with smtp_server(drop_after_data=1) as server:
        with pytest.raises(WillPass) as caught:
            await send(server)
        await send(server)

    assert caught.value.in_doubt
    first, second = server.messages
    assert first.mail["Message-ID"] == second.mail["Message-ID"]


@pytest.mark.parametrize(
    ("answer", "kind", "doubtful"),
    [
        ("451 4.3.0 later", WillPass, False),
        ("554 5.7.1 never", Unwelcome, False),
        ("550 5.4.5 Daily user sending quota exceeded", WillPass, False),
        ("552 5.2.2 the mailbox is full", WillPass, False),
        ("554 5.3.4 too big", TooLarge, False),
        ("299 perhaps", WillPass, True),
        ("299 daily quota", WillPass, True),
        ("well, yes", WillPass, True),
    ],
)
async def test_the_answer_to_data_decides(
    answer: str, kind: type[Exception], doubtful: bool
) -> None:
    """Only 250 is a delivery; what says neither yes nor no may be one, and goes to no other."""
    async with smtp_server(answer_to_data=answer) as server, smtp_server() as other:
        with pytest.raises(kind, match=answer[:3]) as caught:
            await send(server)
        assert getattr(caught.value, "in_doubt", False) is doubtful
        if doubtful:
            with pytest.raises(kind):
                await send(server, fallbacks=(f"127.0.0.1:{other.port}",))

    assert other.messages == []


async def test_a_server_that_is_away_will_pass() -> None:
    """Nobody listens there any more."""
    async with smtp_server() as server:
        pass
    with pytest.raises(WillPass, match=r"127\.0\.0\.1") as caught:
        await send(server)

    assert not caught.value.in_doubt


async def test_another_server_takes_the_mail_when_the_first_cannot_be_used() -> None:
    """In the order in which they stand; the journal names the one in trouble."""
    async with smtp_server() as away, smtp_server() as first, smtp_server() as second:
        pass
    async with smtp_server() as third:
        others = (f"127.0.0.1:{second.port}", f"127.0.0.1:{third.port}")
        with capture_logs() as journal:
            await send(first, fallbacks=others)

    assert len(third.messages) == 1
    assert [line["event"] for line in journal] == ["email.server"] * 2
    with pytest.raises(WillPass, match=r"127\.0\.0\.1.*; 127\.0\.0\.1"):
        await send(away, fallbacks=others[:1])


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_the_next_server_gets_it_as_safely_as_the_first(tmp_path: Path, tls: str) -> None:
    """One is out of reach, one has a certificate that nobody trusts, the third wants a login."""
    secret = tmp_path / "password"
    secret.write_text("s3cret")
    (tmp_path / "stranger").mkdir()
    context, trusted = own_certificate(tmp_path)
    how: dict[str, Any] = {tls: context, "login": ("hunter", "s3cret")}
    other: dict[str, Any] = {tls: own_certificate(tmp_path / "stranger")[0]}
    async with smtp_server() as away:
        pass
    async with smtp_server(**other) as stranger, smtp_server(**how) as server:
        ports = (stranger.port, server.port)
        await send(
            away,
            tls=tls,
            ca_bundle=trusted,
            username="hunter",
            password_file=secret,
            fallbacks=tuple(f"127.0.0.1:{port}" for port in ports),
        )

    assert stranger.messages == []
    assert [one.recipients for one in server.messages] == [IT.addresses]


async def test_a_refusal_by_one_server_leaves_it_to_the_next() -> None:
    """A server that does not want the message at all may not be the last word."""
    async with smtp_server(answer_to_data="554 5.7.1 never") as first, smtp_server() as second:
        await send(first, fallbacks=(f"127.0.0.1:{second.port}",))
        with pytest.raises(WillNotPass, match="554"):
            await send(first)

    assert (len(first.messages), len(second.messages)) == (0, 1)


async def test_a_server_that_was_passed_over_is_told() -> None:
    """Else nobody knows that nothing is left when the other one fails, too."""
    told: list[str] = []
    context = replace(CONTEXT, remark=told.append)
    async with smtp_server(answer_to_data="421 4.3.2 closed") as first, smtp_server() as second:
        others = (f"127.0.0.1:{second.port}",)
        await email.send(notice("1"), IT, settings(first, fallbacks=others), context)
        await email.send(notice("2"), IT, settings(second), context)

    assert len(second.messages) == 2
    assert told == ["passed over: 127.0.0.1 answered 421 4.3.2 closed"]


async def test_too_large_for_the_only_server_in_reach_is_said(tmp_path: Path) -> None:
    """Waiting for the other one might be waiting for ever; unless it takes the message."""
    async with smtp_server() as away:
        pass
    async with smtp_server(largest=5000) as small, smtp_server() as large:
        with pytest.raises(TooLarge):
            await send(away, fallbacks=(f"127.0.0.1:{small.port}",))
        await send(small, fallbacks=(f"127.0.0.1:{large.port}",))

    assert (len(small.messages), len(large.messages)) == (0, 1)
    assert small.tries == [], "it says so before it gets the message"


async def test_a_refusal_by_the_only_server_in_reach_is_no_reason_to_wait() -> None:
    """All other letters would wait with it for the server that is away, perhaps for ever."""
    async with smtp_server() as away:
        pass
    async with smtp_server(answer_to_data="554 5.7.1 never") as server:
        with pytest.raises(Unwelcome, match="554"):
            await send(server, fallbacks=(f"127.0.0.1:{away.port}",))


async def test_no_second_server_gets_what_the_first_may_have_taken() -> None:
    """One try, one copy: the next try begins with the first server again."""
    async with smtp_server(drop_after_data=1) as first, smtp_server() as second:
        with pytest.raises(WillPass) as caught:
            await send(first, fallbacks=(f"127.0.0.1:{second.port}",))

    assert caught.value.in_doubt
    assert (len(first.messages), len(second.messages)) == (1, 0)


async def test_an_address_that_would_break_a_command_is_left_out() -> None:
    """Addresses come from a config; a line break in one must not become a header or a command."""
    recipient = Recipient("it", ("ana@campaign.example", "x@y.example>\r\nRCPT TO:<z@evil.example"))
    async with smtp_server() as server:
        with capture_logs() as journal:
            await email.send(notice(), recipient, settings(server), CONTEXT)
        with pytest.raises(WillNotPass, match="no usable mail address"):
            await email.send(notice(), Recipient("it", ("nobody",)), settings(server), CONTEXT)

    assert server.messages[0].recipients == ("ana@campaign.example",)
    assert journal[0]["event"] == "email.unusable_address"


async def test_mails_can_go_to_a_folder_instead(tmp_path: Path) -> None:
    """Sortable by time, whole files only, and the same notice is the same file."""
    folder = tmp_path / "mails"
    for told in (notice("1:a"), notice("1:a"), notice("1:b")):
        await email.send(told, IT, Settings(folder=folder), CONTEXT)

    found = sorted(path.name for path in folder.iterdir())
    assert len(found) == 2
    assert all(
        re.fullmatch(r"20170424T060000Z-onedrive-en-marche\.fr-opened-[0-9a-f]{10}\.eml", name)
        for name in found
    )
    assert b"Subject: [HIGH]" in (folder / found[0]).read_bytes()


async def test_a_folder_that_cannot_be_written_will_not_pass(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "mails").write_text("")
    with pytest.raises(WillNotPass, match="mails"):
        await email.send(notice(), IT, Settings(folder=tmp_path / "mails"), CONTEXT)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"username": "me"}, "go together"),
        ({"sender": "me\r\nBcc: x@y.example"}, "is not a mail address"),
        ({"helo": "a b"}, "helo is not"),
        ({"port": 70000}, "65535"),
        ({"fallbacks": ("mx.example:0",)}, "neither HOST nor HOST:PORT"),
        ({"fallbacks": ("mx.example:65536",)}, "neither HOST nor HOST:PORT"),
        ({"fallbacks": ("mx .example",)}, "neither HOST nor HOST:PORT"),
        (
            {"username": "me", "password_file": Path("p"), "tls": "none", "fallbacks": ("mx.x",)},
            "in the clear",
        ),
        (
            {"username": "me", "password_file": Path("p"), "tls": "none", "host": "mx.example"},
            "in the clear",
        ),
    ],
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, Any], said: str) -> None:
    """At start, with a sentence, and not at the first alert."""
    with pytest.raises(ValueError, match=said):
        Settings(**wrong)


@pytest.mark.parametrize(("tls", "usual"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_a_server_without_a_port_is_asked_at_the_usual_one(tls: Any, usual: int) -> None:
    """Another where one is said; without a password one far away may be asked in the clear."""
    known = Settings(host="mx.example", tls=tls, fallbacks=("[::1]", "mx2.example:65535"))

    places = [(one.host, one.port) for one in known.reaches()]
    assert places == [("mx.example", usual), ("::1", usual), ("mx2.example", 65535)]


def test_a_password_goes_out_encrypted_or_stays_at_home() -> None:
    """Whichever of the two it is, that is no fault."""
    login = {"username": "me", "password_file": Path("p")}

    assert Settings(**login, host="mx.example").username
    assert Settings(**login, host="127.0.0.1", tls="none", fallbacks=("[::1]",)).username


def test_mail_that_is_sent_needs_an_address(tmp_path: Path) -> None:
    """Mail that is written into a folder needs none; one that is none is a fault in either."""
    sent, written = Settings(), Settings(folder=tmp_path)

    assert (sent.fault_in(()), written.fault_in(())) == ("names no address", "")
    assert sent.fault_in(IT.addresses) == ""
    assert "nobody" in written.fault_in(("nobody",))


TAGS = re.split(
    " ", "html head meta title style body div span table tr th td h2 ul ol li strong mark bdi br"
)
ATTRIBUTES = re.split(
    " ", "lang charset name content class style role width cellpadding cellspacing align scope"
)


@pytest.fixture(scope="module")
def open_house() -> Iterator[SmtpServer]:
    """A server that takes everything."""
    with smtp_in_a_thread() as server:
        yield server


@given(make=makers, raw=hostile)
@limits(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_hostile_text_is_harmless_in_a_mail(
    open_house: SmtpServer, make: Callable[[str], Notice], raw: str
) -> None:
    """Whatever stands in any field."""
    await arrives_harmless(open_house, make(raw))


@pytest.mark.parametrize("raw", ATTACKS)
async def test_known_attacks_are_harmless_in_a_mail(open_house: SmtpServer, raw: str) -> None:
    """Each of them, in every field of a notice and in every field it is made from."""
    for make in (made_notice, raw_notice, told_together):
        await arrives_harmless(open_house, make(raw))


async def arrives_harmless(server: SmtpServer, told: Notice) -> None:
    """No header, recipient, tag, attribute, link, control or direction mark comes from outside."""
    ordinary = [
        str(name)
        for name in email.mail(notice(), "h@x.example", ["a@x.example"], AT, subscriber="it")
    ]
    await send(server, told)

    received = server.messages.pop()
    assert received.recipients == IT.addresses
    assert list(received.mail.keys()) == ordinary
    assert not any(received.mail[name].defects for name in ("Subject", "From", "To", "Message-ID"))
    text, html = parts(received.mail)
    markup = read(html)
    assert markup.tags <= set(TAGS)
    assert markup.attributes <= set(ATTRIBUTES)
    for shown in (text, markup.shown, str(received.mail["Subject"])):
        assert not STEERS.search(shown)
        assert not LIVE.search(shown)


def test_a_name_is_kept_whole_where_it_fits_on_a_phone() -> None:
    """It may be broken at its hyphens where it would stick out: beside a label sooner."""
    kept = '<span style="white-space:nowrap">mail[.]onedrive-en-marche[.]fr</span>'
    shown = as_html.html(replace(notice(), caveat="mail[.]onedrive-en-marche[.]fr"))

    assert shown.count(kept) == 1
    assert "<bdi>mail[.]onedrive-en-marche[.]fr</bdi>" in shown


def test_the_word_of_a_name_is_kept_whole_too() -> None:
    """The headline ended a line with `en-`."""
    shown = as_html.html(notice())

    assert 'your name <span style="white-space:nowrap">en-marche</span> with' in shown


async def test_every_severity_has_its_colour() -> None:
    """A level without one would be an exception at the worst moment."""
    async with smtp_server() as server:
        for level in Level:
            await send(server, replace(notice(str(level)), severity=level))

    bands = {
        re.findall(r"background:(#\w{6});padding:12px", parts(one.mail)[1])[0]
        for one in server.messages
    }
    assert len(bands) == len(Level)
