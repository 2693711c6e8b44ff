"""The first config: from five answers to a file that a person can go on with."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from hunter import names
from hunter.config.faults import behind_website, whole_domain
from hunter.errors import Fault, NotAName, YoursToFix
from hunter.feeds.places import PRESETS
from hunter.net.host import has_zone, host_and_port, is_host
from hunter.net.mailbox import in_ascii, is_address

_SHORTEST_KEYWORD = 3
_SERVICE_CONFIG = Path("/etc")
_SUBMISSION, _SMTPS, _SMTP = 587, 465, 25
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said, understood."""

    domain: str
    keywords: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    server: tuple[str, int] = ("localhost", _SMTP)


def domain(text: str) -> str:
    """A domain; raises YoursToFix."""
    try:
        found = names.parse(text.strip())
    except NotAName as error:
        raise _not(f"{error}", whole_domain(text)) from error
    if not is_address(_sender(found.text)):
        raise _not(f"{text} can have no mail address", "letters, digits and hyphens: en-marche.fr")
    return found.text


def brand(text: str) -> str:
    """The domain to protect; raises YoursToFix."""
    found = domain(text)
    if fault := behind_website(found):
        raise _not(*fault)
    return found


def domains(text: str) -> tuple[str, ...]:
    """Domains with commas; raises YoursToFix."""
    return tuple(domain(one) for one in _parts(text))


def keywords(text: str) -> tuple[str, ...]:
    """Words with commas; raises YoursToFix."""
    words = tuple(word.lower() for word in _parts(text))
    for word in words:
        if len(word) < _SHORTEST_KEYWORD or not word.replace("-", "").isalnum():
            raise _not(
                f"{word!r} is no keyword",
                "three letters or more, and hyphens between words: emmanuel-macron",
            )
    return words


def addresses(text: str) -> tuple[str, ...]:
    """Mail addresses with commas; raises YoursToFix."""
    found = tuple(_parts(text))
    for one in found:
        if not is_address(one):
            raise _not(f"{one!r} is no mail address{in_ascii(one)}", "such as it@en-marche.fr")
        domain(one.rpartition("@")[2])
    return found


def mail_server(text: str) -> tuple[str, int]:
    """`host` or `host:port`, this machine when empty; raises YoursToFix."""
    written = text.strip() or "localhost"
    usual = _SMTP if written in _LOOPBACK else _SUBMISSION
    if is_host(written):
        return written, usual
    try:
        return host_and_port(written, usual)
    except ValueError as error:
        raise _not(str(error), "such as smtp.en-marche.fr:587 or 10.0.0.25") from error


def _parts(text: str) -> list[str]:
    return [part.strip() for part in normalize("NFC", text).split(",") if part.strip()]


def _not(message: str, hint: str) -> YoursToFix:
    return YoursToFix([Fault("", "", message, hint)])


def refuse_to_overwrite(path: Path, hint: str) -> None:
    """Raises YoursToFix with the hint when something is there, and when nothing can ever be."""
    try:
        path.stat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise _unwritable(path, error) from error
    raise YoursToFix([Fault(str(path), "", "is there already", hint)])


def _unwritable(path: Path, error: OSError) -> YoursToFix:
    hint = "name a file in a folder that you may write to"
    return YoursToFix([Fault(str(path), "", f"cannot be written: {error.strerror}", hint)])


def write(answers: Answers, path: Path) -> None:
    """Write the config, as a whole or not at all; raises YoursToFix."""
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text(answers, path), encoding="utf-8")
        os.link(part, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        with suppress(OSError):  # where it could not be made, it cannot be removed
            part.unlink()


def text(answers: Answers, path: Path) -> str:
    """The config with a comment wherever a person may want to go on."""
    return "\n".join((_brand(answers), _told(answers), _sources(answers), _store(path)))


def _brand(answers: Answers) -> str:
    return f"""\
# What hunter watches. config.example.toml shows every key there is.
# After a change: hunter check, then systemctl reload hunter.

[[brand]]
domain = "{names.to_unicode(answers.domain)}"
keywords = {_list(answers.keywords)}
owned = {_list(map(names.to_unicode, answers.owned))}
# Contractors and allies, whose door may be tried next.
partners = []
"""


def _told(answers: Answers) -> str:
    if not answers.mail:
        return """\
# Nobody is told yet. Take the # away, and name your mail server and addresses.
# [[subscriber]]
# name = "IT"
# channels = { email = ["it@example.fr"] }
# [notifiers.email]
# host = "smtp.example.fr"
# sender = "hunter@example.fr"
"""
    host, port = answers.server
    return f"""\
[[subscriber]]
name = "IT"
channels = {{ email = {_list(answers.mail)} }}

[notifiers.email]
host = "{host}"
port = {port}
tls = "{_tls(host, port)}"
sender = "{_sender(answers.domain)}"
# If the server asks for a login; the file holds the password and nothing else.
# username = "hunter"
# password_file = "/run/credentials/hunter.service/smtp-password"
"""


def _sender(domain: str) -> str:
    return f"hunter@{domain}"


def _tls(host: str, port: int) -> str:
    if port == _SMTPS:
        return "tls"
    return "none" if host in _LOOPBACK or port == _SMTP or has_zone(host) else "starttls"


def _sources(answers: Answers) -> str:
    preset = f"afnic-{answers.domain.rpartition('.')[2]}"
    feeds = ""
    if preset in PRESETS:
        feeds = f"""
[sources.registrations]
# The registry's list of yesterday's new names.
feeds = [{{ preset = "{preset}" }}]
"""
    return f"""\
# Nearly every web server's certificate is published in Certificate Transparency logs. These two
# keys keep the traffic near 2 Mbit/s; without them hunter reads every log, which takes about 25.
# `hunter check` estimates it.
[sources.ct_logs]
enabled = true
static_only = true
names_tiles = true

# Several logs answer slowly to those who do not say who they are. Whomever hunter asks sees this
# address, the web servers of lookalikes among them, so that it should not be the campaign's own.
# [net]
# contact = "hostmaster@example.org"
{feeds}"""


def _store(path: Path) -> str:
    if not path.absolute().is_relative_to(_SERVICE_CONFIG):
        return ""
    return """\
# Where the service keeps what it knows, so that commands find it too.
[store]
folder = "/var/lib/hunter"
"""


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{one}"' for one in texts) + "]"
