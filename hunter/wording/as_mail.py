"""A notice as a mail: headers, text and HTML.

Headers: RFC 5322 (threads), RFC 2919 (List-Id), RFC 3834 (Auto-Submitted). Exchange, which knows
the last one not, is told by X-Auto-Response-Suppress ([MS-OXCMAIL] 2.2.3.2.14).
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from hunter.model import Level
from hunter.notice import Notice
from hunter.wording.as_html import html
from hunter.wording.as_text import text
from hunter.wording.cleaning import harmless, shorten

_MAX_HEADER = 200
_MAX_SUBJECT = 180
_MAX_FILE_NAME = 100
_IN_NO_FILE_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def mail(
    notice: Notice, sender: str, addresses: Sequence[str], date: datetime, *, subscriber: str
) -> EmailMessage:
    """The message; `sender` and `addresses` are bare and checked already.

    The same notice has the same Message-ID for the same subscriber: for another one, who may share
    a mailbox with them, it has other words. All notices of a thread refer to the same root.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(sender, "hunter")
    if addresses:
        message["To"] = tuple(_address(address) for address in addresses)
    message["Date"] = date
    for name, value in _headers(notice, subscriber, sender.rpartition("@")[2]):
        message[name] = value
    message.set_content(text(notice), charset="utf-8", cte="quoted-printable")
    message.add_alternative(html(notice), subtype="html", charset="utf-8", cte="quoted-printable")
    for file in notice.attachments:
        media = EmailMessage(policy=SMTP)
        media["Content-Type"] = file.media
        message.add_attachment(
            file.content,
            maintype=media.get_content_maintype(),
            subtype=media.get_content_subtype(),
            params=dict(media["Content-Type"].params),
            filename=_file_name(file.name),
        )
    return message


def _address(address: str, display_name: str = "") -> Address:
    username, _, domain = address.rpartition("@")
    return Address(display_name, username, domain)


def _headers(notice: Notice, subscriber: str, host: str) -> Iterator[tuple[str, str]]:
    root = _message_id("thread", notice.thread, host)
    yield "Subject", _one_line(notice.subject, _MAX_SUBJECT)
    yield "Message-ID", _message_id("notice", f"{notice.key} {subscriber}", host)
    yield "In-Reply-To", root
    yield "References", root
    yield "List-Id", f"hunter alerts <hunter-alerts.{host}>"
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "All"
    if notice.severity >= Level.HIGH:
        yield "Importance", "high"
    yield "X-Hunter-Severity", str(notice.severity)
    yield "X-Hunter-Kind", _one_line(notice.kind)
    yield "X-Hunter-Brand", _one_line(notice.brand)
    yield "X-Hunter-Domain", _one_line(notice.domain)


def _message_id(kind: str, key: str, host: str) -> str:
    digest = hashlib.sha256(f"{kind} {key}".encode("utf-8", "replace")).hexdigest()
    return f"<{digest[:32]}@{host}>"


def _file_name(name: str) -> str:
    """As it is, so that a double click opens it; nothing in it but what every system takes."""
    return _IN_NO_FILE_NAME.sub("_", name)[-_MAX_FILE_NAME:]


def _one_line(value: str, limit: int = _MAX_HEADER) -> str:
    return shorten(harmless(value, limit), limit)
