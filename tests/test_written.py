"""What a person writes into a config is told at once where it can be nothing."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from hunter.written import (
    Duration,
    Host,
    Interval,
    LocalPath,
    MailAddress,
    SecretFile,
    Server,
    StreamAddress,
    UrlOrPath,
    UrlOrPathIfAny,
    WebAddress,
)


def said_of(kind: object, value: object) -> str:
    """What is wrong with it."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    (fault,) = caught.value.errors()
    return str(fault["msg"])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("90s", timedelta(seconds=90)),
        ("2 m", timedelta(minutes=2)),
        ("0s", timedelta()),
        ("36500d", timedelta(days=36500)),
    ],
)
def test_a_duration_is_a_number_and_a_unit(written: str, expected: timedelta) -> None:
    """As people write them."""
    assert TypeAdapter(Duration).validate_python(written) == expected


@pytest.mark.parametrize("written", ["36501d", "99999999999d", "999999999999s"])
def test_a_duration_beyond_all_days_is_refused(written: str) -> None:
    """No clock reaches so far: what is reckoned with it would fail, a day or a year later."""
    assert f"{written!r} is longer than 100 years" in said_of(Duration, written)


@pytest.mark.parametrize("written", ["", "12", "-1h", "1.5h", "1w", "12H", "9" * 400 + "d", 3600])
def test_a_duration_without_a_unit_is_none(written: object) -> None:
    """With what would be one."""
    assert 'such as "90s" or "12h"' in said_of(Duration, written)


def test_an_interval_is_not_nothing() -> None:
    """What is done every 0 seconds keeps a machine busy; what is kept for 0 days is gone."""
    assert 'write at least "1s"' in said_of(Interval, "0h")


@pytest.mark.parametrize("kind", [LocalPath, SecretFile, UrlOrPath])
@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "is empty"),
        ("  ", "is empty"),
        ("a\0b", "a character that no path has"),
        ("~nobody-of-that-name/x", "begins at the home of nobody"),
    ],
)
def test_what_leads_nowhere_is_no_path(kind: object, written: str, why: str) -> None:
    """An empty one would be wherever hunter is started."""
    value = written if kind is UrlOrPath else Path(written) if written.strip() else written

    assert why in said_of(kind, value)


def test_a_path_may_begin_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a shell."""
    monkeypatch.setenv("HOME", "/home/it")

    assert TypeAdapter(LocalPath).validate_python(Path("~/lists")) == Path("/home/it/lists")
    assert TypeAdapter(UrlOrPath).validate_python("~/lists") == "/home/it/lists"


@pytest.mark.parametrize("written", ["ftp://a.example/x", "httpss://a.example/", "https://"])
def test_what_has_two_strokes_is_an_address_and_no_path(written: str) -> None:
    """It would be looked for on the disk, and never found."""
    assert "is no address like https://host/" in said_of(UrlOrPath, written)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (WebAddress, "rdap.nic.fr"),
        (WebAddress, "https://[x/"),
        (StreamAddress, "https://a.example/"),
        (StreamAddress, "wss://"),
        (StreamAddress, "wss://a:0/"),
    ],
)
def test_an_address_is_whole(kind: object, written: str) -> None:
    """With its scheme and a host."""
    assert re.search(r"is no address like (https|wss)://host/", said_of(kind, written))


@pytest.mark.parametrize("written", ["hunter", "Hunter <hunter@x.fr>", "", "a@b, c@d"])
def test_a_mail_address_stands_alone(written: str) -> None:
    """Without the name of who that is."""
    assert f"{written!r} is not a mail address" in said_of(MailAddress, written)


def test_a_secret_in_place_of_its_file_is_not_repeated() -> None:
    """It may begin with a tilde, and what is said goes into logs."""
    assert "pa55" not in said_of(SecretFile, Path("~pa55word"))


def test_the_url_of_what_need_not_be_may_be_empty() -> None:
    """As its default is, and what stood in a config keeps its meaning."""
    assert TypeAdapter(UrlOrPathIfAny).validate_python("") == ""
    assert "is no address" in said_of(UrlOrPathIfAny, "ftp://a.example/x")


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (WebAddress, "htps://it:S3cret@example.com/list"),
        (UrlOrPath, "ftp://it:S3cret@example.com/list"),
        (StreamAddress, "https://it:S3cret@example.com"),
        (Host, "smtp://it:S3cret@example.com"),
        (Server, "it:S3cret@example.com"),
    ],
)
def test_a_password_in_what_is_typed_wrong_is_not_repeated(kind: object, written: str) -> None:
    """The journal has what a reload says."""
    assert "S3cret" not in said_of(kind, written)
    assert "@example.com" in said_of(kind, written)
