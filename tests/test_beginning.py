"""From answers to a config."""

from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter import beginning, config
from hunter.errors import YoursToFix


@given(
    st.text(),
    st.text(),
    st.text(),
    st.text(),
    st.text(),
)
def test_whatever_is_typed_is_refused_or_makes_a_sound_config(
    tmp_path_factory: pytest.TempPathFactory,
    domain: str,
    words: str,
    owned: str,
    mail: str,
    server: str,
) -> None:
    """Quotes, line breaks and brackets among it: the file always means what was said."""

    def said(read: object, text: str, otherwise: object) -> object:
        try:
            return read(text)  # type: ignore[operator]
        except YoursToFix:
            return otherwise

    answers = beginning.Answers(
        said(beginning.brand, domain, "en-marche.fr"),  # type: ignore[arg-type]
        said(beginning.keywords, words, ()),  # type: ignore[arg-type]
        (),
        said(beginning.addresses, mail, ("it@en-marche.fr",)),  # type: ignore[arg-type]
        said(beginning.mail_server, server, ("localhost", 25)),  # type: ignore[arg-type]
    )
    path = tmp_path_factory.mktemp("init") / "config.toml"
    beginning.write(answers, path)
    settled = config.load(path)

    assert settled.brands[0].domain == answers.domain
    assert set(answers.keywords) == set(settled.brands[0].keywords)


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("", ("localhost", 25)),
        ("localhost", ("localhost", 25)),
        ("smtp.x.fr", ("smtp.x.fr", 587)),
        ("smtp.x.fr:465", ("smtp.x.fr", 465)),
        (" smtp.x.fr:25 ", ("smtp.x.fr", 25)),
        ("10.0.0.25", ("10.0.0.25", 587)),
        ("mailhost:25", ("mailhost", 25)),
        ("::1", ("::1", 25)),
        ("[2001:db8::25]:465", ("2001:db8::25", 465)),
    ],
)
def test_a_mail_server_has_the_port_that_is_usual(text: str, server: tuple[str, int]) -> None:
    """Submission, unless it is this machine."""
    assert beginning.mail_server(text) == server


def test_the_service_s_config_names_the_folder_that_systemd_makes(tmp_path: Path) -> None:
    """So that commands find the store of the daemon."""
    answers = beginning.Answers("x.fr")

    assert 'folder = "/var/lib/hunter"' in beginning.text(answers, Path("/etc/hunter/config.toml"))
    assert "[store]" not in beginning.text(answers, tmp_path / "config.toml")


@pytest.mark.parametrize("text", ["0._", "my_brand.fr", "a." * 100 + "fr"])
def test_a_domain_that_can_have_no_mail_address_is_refused(text: str) -> None:
    """The config names a sender under it."""
    with pytest.raises(YoursToFix, match="mail address"):
        beginning.domain(text)


@pytest.mark.parametrize("text", ["it.x.fr", "é@x.fr", "it@é.fr", "a b@x.fr", "@x.fr", "it@x"])
def test_what_no_mail_can_be_sent_to_is_no_address(text: str) -> None:
    """It is asked for again, before the config would be refused."""
    with pytest.raises(YoursToFix):
        beginning.addresses(text)


def test_an_address_at_an_international_domain_is_told_as_mail_servers_take_it() -> None:
    """As everywhere else where one is refused."""
    with pytest.raises(YoursToFix, match=r"write it@xn--socit-esab\.fr"):
        beginning.addresses("it@société.fr")


def test_a_keyword_is_one_however_a_keyboard_writes_its_accents() -> None:
    """Some write them as letters of their own."""
    assert beginning.keywords(normalize("NFD", "société")) == ("société",)


def test_the_host_of_a_website_is_no_brand() -> None:
    """The domain behind it would be its lookalike."""
    with pytest.raises(YoursToFix, match=r"did you mean en-marche\.fr\?"):
        beginning.brand("www.en-marche.fr")


@pytest.mark.parametrize("text", ["smtp://x.fr", "x.fr:0", "x.fr:587:1", "a b", "fe80::1"])
def test_what_is_no_mail_server_is_told_before_anything_is_written(text: str) -> None:
    """With what was typed, and what would be one."""
    with pytest.raises(YoursToFix, match=r"is neither HOST nor HOST:PORT(.|\n)*such as smtp"):
        beginning.mail_server(text)


def test_a_mail_server_on_the_link_makes_a_config_that_loads(tmp_path: Path) -> None:
    """Its certificate could not name it."""
    server = beginning.mail_server("fe80::1%eth0")
    answers = beginning.Answers("en-marche.fr", (), (), ("it@en-marche.fr",), server)
    beginning.write(answers, tmp_path / "config.toml")

    assert config.load(tmp_path / "config.toml").subscribers
