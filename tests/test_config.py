"""The config: the smallest works, and every fault is told at once with its line and a hint."""

import os
import string
from collections.abc import Callable
from datetime import time, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hunter import config, ribs
from hunter.config import Config
from hunter.contracts import EnricherSettings
from hunter.errors import Fault, YoursToFix
from hunter.model import NEWS, BrandKind, Level, Rhythm

SMALLEST = '[[brand]]\ndomain = "en-marche.fr"\n'
Loader = Callable[[str], Config]


@pytest.fixture
def load(tmp_path: Path) -> Loader:
    """Write a config and load it."""

    def load_text(text: str) -> Config:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return config.load(path)

    return load_text


@pytest.fixture
def faults(load: Loader) -> Callable[[str], list[Fault]]:
    """The faults of a config, which must have some."""

    def faults_of(text: str) -> list[Fault]:
        with pytest.raises(YoursToFix) as caught:
            load(text)
        return list(caught.value.faults)

    return faults_of


FaultsOf = Callable[[str], list[Fault]]


def test_the_smallest_config_is_one_brand(load: Loader) -> None:
    """Everything else has a default."""
    loaded = load(SMALLEST)

    assert [brand.domain for brand in loaded.brands] == ["en-marche.fr"]
    assert loaded.minimum is Level.MEDIUM
    assert loaded.automatic_tracks
    assert loaded.rule_folders == (config.shipped_rules(),)
    assert loaded.notifiers == {}
    assert "dns" in loaded.enrichers
    assert loaded.store.name == "hunter.db"


def test_what_replays_a_case_is_off_unless_switched_on(load: Loader) -> None:
    """A daemon does not live in 2017."""
    switched = load(SMALLEST + "[sources]\ncase.enabled = true\n[enrichers.recorded]\nenabled=true")

    assert "case" not in load(SMALLEST).sources
    assert "recorded" not in load(SMALLEST).enrichers
    assert "case" in switched.sources
    assert "recorded" in switched.enrichers


def test_hosts_of_ones_own_are_meant_in_any_case(load: Loader) -> None:
    """A host name has none, and what a URL says comes in lower case."""
    loaded = load(SMALLEST + "[net]\nprivate_hosts = ['Feeds.Intern.Example:8080']")

    assert loaded.net.private_hosts == ("feeds.intern.example:8080",)


def test_what_needs_settings_is_off_until_it_has_them(load: Loader, faults: FaultsOf) -> None:
    """A source without addresses is no fault unless somebody asks for it."""
    assert "certstream" not in load(SMALLEST).sources
    assert "certstream" not in load(SMALLEST + "[sources.certstream]\nenabled = false").sources
    (fault,) = faults(SMALLEST + "[sources.certstream]\n")
    assert fault.where.startswith("line 3: sources.certstream")


def test_a_whole_config_is_settled(load: Loader, tmp_path: Path) -> None:
    """Names are normalised, partners become brands, times become spans."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "webhook").write_text("https://hooks.example/x")
    loaded = load(f"""
[[brand]]
domain = "En-Marche.FR."
keywords = [" Marche "]
owned = ["www.en-marche-doc.fr", "café.fr"]
ignored = ["*.Märchen.de", "supermarche.fr"]
partners = ["nationbuilder.com", "en-marche.fr"]

[[brand]]
domain = "interieur.gouv.fr"
partners = ["nationbuilder.com"]

[[subscriber]]
name = "IT"
channels = {{ slack = [] }}
brands = ["EN-MARCHE.fr"]
minimum = "high"

[store]
folder = "{tmp_path}/state"

[rules]
folders = ["{tmp_path}/rules"]
shipped = false

[alerts]
minimum = "low"

[tracks]
automatic = false

[sources.case]
every = "90s"

[notifiers.slack]
webhook_url_file = "{tmp_path}/webhook"
""")

    own, partner, other = loaded.brands
    assert own.domain == "en-marche.fr"
    assert own.keywords == ("marche",)
    assert own.owned == ("en-marche-doc.fr", "xn--caf-dma.fr")
    assert own.ignored == ("*.xn--mrchen-bua.de", "supermarche.fr")
    assert (partner.domain, partner.kind) == ("nationbuilder.com", BrandKind.PARTNER)
    assert partner.owned == ("en-marche.fr", *own.owned)
    assert other.domain == "interieur.gouv.fr"
    assert loaded.brand("nationbuilder.com") == partner
    assert loaded.brand("nobody.fr") is None
    (subscriber,) = loaded.subscribers
    assert (subscriber.brands, subscriber.minimum) == (("en-marche.fr",), Level.HIGH)
    assert subscriber.channels == {"slack": ()}
    assert loaded.store == tmp_path / "state" / "hunter.db"
    assert loaded.rule_folders == (tmp_path / "rules",)
    assert loaded.minimum is Level.LOW
    assert not loaded.automatic_tracks
    assert loaded.sources.get("case") is None, "a table alone does not switch it on"


def test_times_are_whole_numbers_with_a_unit(load: Loader, faults: FaultsOf) -> None:
    """Both `12h` and `90 s`; a bare number is a fault that says how to write it."""
    loaded = load(SMALLEST + '[sources.case]\nenabled = true\nevery = "90 s"')
    assert loaded.sources["case"].every == timedelta(seconds=90)  # type: ignore[attr-defined]

    (fault,) = faults(SMALLEST + "[sources.case]\nenabled = true\nevery = 90")
    assert '"90s"' in fault.message


def test_five_faults_print_five(faults: FaultsOf) -> None:
    """Of every kind at once: each with its line and a hint, in the order of the file."""
    found = faults("""\
[[brand]]
domain = "http://en-marche.fr/"
keyword = ["marche"]

[[subscriber]]
name = "IT"
channels = { emial = ["it@en-marche.example"] }
minimum = "hihg"

[notifiers.slack]
webhook_url_file = "/nowhere/webhook"
""")

    assert [fault.where for fault in found] == [
        "line 2: brand.1.domain",
        "line 3: brand.1.keyword",
        "line 7: subscriber.1.channels",
        "line 8: subscriber.1.minimum",
        "line 11: notifiers.slack.webhook_url_file",
    ]
    assert all(fault.hint and fault.file.endswith("config.toml") for fault in found)


def test_five_other_faults_print_five(faults: FaultsOf) -> None:
    """Wrong types and missing keys hide nothing either, and lead to no further fault."""
    found = faults("""\
[[brand]]
domain = "en-marche.fr"
owned = "en-marche-doc.fr"

[[brand]]

[[subscriber]]
name = 7
channels = { email = ["it@en-marche.example"] }

[notifiers.email]
sender = 5

[sources]
permutation.enabled = true
""")

    assert [fault.where for fault in found] == [
        "line 3: brand.1.owned",
        "line 5: brand.2.domain",
        "line 8: subscriber.1.name",
        "line 12: notifiers.email.sender",
        "line 15: sources.permutation",
    ]
    assert [fault.message for fault in found[:3]] == [
        "should be a list in [ ]",
        "is missing",
        "should be a text in quotes",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[brand]\ndomain = "en-marche.fr"', "should stand in double brackets: [[brand]]"),
        (SMALLEST + "[track]\nfield = 'a'", "should stand in double brackets: [[track]]"),
        (
            SMALLEST + "[sources.registrations.feeds]\npreset = 'afnic-fr'",
            "should stand in double brackets: [[sources.registrations.feeds]]",
        ),
        (SMALLEST + "[[store]]\nfolder = 'x'", "should be one table, in single brackets"),
        (SMALLEST + "[[notifiers.email]]", "should be one table, in single brackets"),
        ("store = ['x']\n" + SMALLEST, "should be a table"),
    ],
)
def test_brackets_of_a_table_are_counted(faults: FaultsOf, text: str, message: str) -> None:
    """`[brand]` was called no list in [ ], which it looks like."""
    assert [fault.message for fault in faults(text)] == [message]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('[[brand]]\ndomian = "en-marche.fr"', "did you mean domain?"),
        ('[[brands]]\ndomain = "en-marche.fr"', "did you mean brand?"),
        (SMALLEST + "[source.case]", "did you mean sources?"),
        (SMALLEST + "[sources.permutation]", "did you mean permutations?"),
        ("[[brand]]\ndomain = 'en-marche'", "write it with its ending: en-marche.fr"),
        (SMALLEST + "[enrichers.dsn]", "did you mean dns?"),
        (SMALLEST + "[sources.case]\nevry = '1h'", "did you mean every?"),
        (SMALLEST + "[net]\ncontcat = 'x'", "did you mean contact?"),
        (SMALLEST + "[rules]\nfolder = []", "did you mean folders?"),
        (
            SMALLEST + "[store]\nignored = []",
            "there is one under [[brand]]; known here: folder, keep_domains, ",
        ),
        ("domain = 'en-marche.fr'\n" + SMALLEST, "there is one under [[brand]]; known here: "),
        (SMALLEST + "[sources.case]\nport = 9753", "there is one under [metrics]; known here: "),
        (
            SMALLEST + "[sources.registrations]\nfolder = '/lists'",
            "there is one under [store]; known here: enabled, every, feeds",
        ),
        (SMALLEST + "[subscriber]\nname='IT'", "who is told: [[subscriber]], and name "),
        (SMALLEST + "[[tracks]]\nfield='ns'", "what you watch yourself: [[track]], "),
        (SMALLEST + "[alerts]\nminimum = 'hgih'", "did you mean high?"),
        (SMALLEST + "[[subscriber]]\nname='IT'\nchannels={slak=[]}", "did you mean slack?"),
        (
            SMALLEST + "[[subscriber]]\nname='IT'\nchannels={email=[]}\n[notifiers.emial]",
            "did you mean email?",
        ),
        (
            SMALLEST + "[[subscriber]]\nname='IT'\nchannels={slack=[]}\nbrands=['en-march.fr']\n"
            "[notifiers.slack]",
            "did you mean en-marche.fr?",
        ),
    ],
)
def test_a_slip_of_the_pen_is_understood(faults: FaultsOf, text: str, hint: str) -> None:
    """Keys, parts, channels, brands and severities: what was meant is suggested."""
    assert any(fault.hint.startswith(hint) for fault in faults(text))


def test_a_misspelt_key_is_one_fault_and_not_two(faults: FaultsOf) -> None:
    """It is not missing as well."""
    assert len(faults('[[brand]]\ndomian = "en-marche.fr"')) == 1
    assert len(faults('[[brands]]\ndomain = "en-marche.fr"')) == 1


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("", "channel slack is not set up"),
        ("[notifiers.slack]\nenabled = false", "channel slack is switched off"),
    ],
)
def test_a_channel_without_settings_is_told_with_what_to_do(
    faults: FaultsOf, table: str, message: str
) -> None:
    """Nobody waits for messages that no channel carries."""
    (fault,) = faults(SMALLEST + f"[[subscriber]]\nname='IT'\nchannels={{slack=[]}}\n{table}")

    assert fault.message == message
    assert "notifiers.slack" in fault.hint


@pytest.mark.parametrize(
    ("key", "entry"),
    [
        ("owned", "co.uk"),
        ("owned", "pages.dev"),
        ("ignored", "*.fr"),
        ("ignored", "mail.*.fr"),
        ("ignored", "co.uk"),
        ("partners", "github.io"),
        ("owned", "not a domain"),
        ("keywords", "m"),
        ("keywords", "en marche"),
        ("keywords", "en-marche.fr"),
    ],
)
def test_an_entry_that_would_silence_or_find_strangers_is_a_fault(
    faults: FaultsOf, key: str, entry: str
) -> None:
    """A public suffix is nobody's own, and a keyword of one letter is in every name."""
    (fault,) = faults(SMALLEST + f'{key} = ["{entry}"]')

    assert fault.where == f"line 3: brand.1.{key}"
    assert entry.removeprefix("*.") in fault.message
    assert fault.hint


@pytest.mark.parametrize("entry", ["marche", "*.fr", "github.io", "a b.fr"])
def test_what_is_wrong_with_an_entry_is_said_once(faults: FaultsOf, entry: str) -> None:
    """And not as `'marche': this is no domain name ('marche' is not a domain name)`."""
    (fault,) = faults(SMALLEST + f'ignored = ["{entry}"]')

    assert fault.message.count(repr(entry.removeprefix("*."))) == 1
    assert "this is no domain name" not in fault.message


@pytest.mark.parametrize(
    "table", ['domain = "www.x.co.uk"', 'domain = "en-marche.fr"\npartners = ["www.x.co.uk"]']
)
def test_the_host_of_a_website_is_no_brand(faults: FaultsOf, table: str) -> None:
    """The domain behind it would be its lookalike."""
    (fault,) = faults(f"[[brand]]\n{table}")

    assert fault.message == "www.x.co.uk is a host of x.co.uk"
    assert fault.hint == "did you mean x.co.uk?"


@pytest.mark.parametrize("key", ["owned", "ignored", "partners"])
def test_a_domain_as_alerts_write_it_is_told_of_its_brackets(faults: FaultsOf, key: str) -> None:
    """Whoever dismisses an alert copies its name into the config."""
    (fault,) = faults(SMALLEST.replace("[[brand]]", f'[[brand]]\n{key} = ["marche-bio[.]fr"]'))

    assert fault.hint == "write it without the brackets: marche-bio.fr"


def test_a_regular_expression_among_domains_is_no_name_in_brackets(faults: FaultsOf) -> None:
    """Without these it would be as wrong as with them."""
    entry = "/^supermarche-.*[.]fr$/"
    (fault,) = faults(SMALLEST.replace("[[brand]]", f'[[brand]]\nignored = ["{entry}"]'))

    assert fault.hint == "name the one domain you mean"


def test_an_address_in_brackets_is_told_to_be_a_domain(faults: FaultsOf) -> None:
    """Without brackets it would be none either."""
    (fault,) = faults('[[brand]]\ndomain = "https://en-marche[.]fr/"\n')

    assert "without http:// or a path" in fault.hint


@pytest.mark.parametrize("switch", ["true", "false"])
def test_a_part_that_is_said_to_be_on_or_off_is_told_of_enabled(
    faults: FaultsOf, switch: str
) -> None:
    """As people switch things that have no other keys."""
    (fault,) = faults(f"{SMALLEST}[sources]\nct_logs = {switch}\n")

    assert fault.message == "should be a table"
    assert fault.hint == f"write ct_logs.enabled = {switch}"


def test_what_cannot_be_switched_is_not_told_of_enabled(faults: FaultsOf) -> None:
    """It would be the next fault."""
    (fault,) = faults(f"net = true\n{SMALLEST}")

    assert fault.message == "should be a table"
    assert "enabled" not in fault.hint


def test_a_brand_may_stand_but_once(faults: FaultsOf) -> None:
    """However it is written."""
    (fault,) = faults(SMALLEST + '[[brand]]\ndomain = "EN-MARCHE.fr"')

    assert fault.where == "line 4: brand.2.domain"
    assert "twice" in fault.message


def test_an_empty_config_says_what_is_needed(faults: FaultsOf) -> None:
    """One brand."""
    (fault,) = faults("")

    assert (fault.where, fault.message) == ("brand", "is missing")
    assert "[[brand]]" in fault.hint


def test_what_is_no_toml_or_no_text_is_one_fault(faults: FaultsOf, tmp_path: Path) -> None:
    """With the place, as far as it is known."""
    (fault,) = faults("[[brand]\ndomain = en-marche.fr")
    assert fault.where == "line 1: brand.1"

    path = tmp_path / "latin1.toml"
    path.write_bytes('[[brand]]\ndomain = "café.fr"'.encode("latin-1"))
    for wrong, message in (
        (path, "not UTF-8"),
        (tmp_path, "cannot be read"),
        (path / "x", "read"),
        (Path("/dev/zero"), "is larger than 1 MiB"),
    ):
        with pytest.raises(YoursToFix, match=message):
            config.load(wrong)


def test_a_config_saved_by_an_editor_that_marks_utf_8_is_read(tmp_path: Path) -> None:
    """Windows' Notepad writes a byte order mark."""
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALLEST.encode())

    assert config.load(path).brands


@pytest.mark.parametrize("folder", ["/nowhere/rules", "x" * 5000])
def test_a_folder_of_rules_that_is_none_is_a_fault(faults: FaultsOf, folder: str) -> None:
    """Rules that are not where they should be would silence everything."""
    (fault,) = faults(SMALLEST + f'[rules]\nfolders = ["{folder}"]')

    assert fault.where == "line 4: rules.folders"


def test_the_store_lies_where_the_system_says(
    load: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The config's folder, else systemd's, else the service's or the user's own."""
    own = load(SMALLEST + f'[store]\nfolder = "{tmp_path}"').store
    monkeypatch.setenv("XDG_STATE_HOME", "/xdg")
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    users = load(SMALLEST).store
    monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/hunter")
    systemds = load(SMALLEST).store
    monkeypatch.delenv("STATE_DIRECTORY")
    monkeypatch.setattr(config, "_SERVICE_CONFIG", tmp_path)
    shells = load(SMALLEST).store

    assert own == tmp_path / "hunter.db"
    assert users == Path("/xdg/hunter/hunter.db")
    assert systemds == shells == Path("/var/lib/hunter/hunter.db")


def test_the_config_is_found_where_nobody_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """systemd's folder first, then here; when there is none, what to do."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONFIGURATION_DIRECTORY", str(tmp_path / "etc"))
    with pytest.raises(YoursToFix, match="say -c FILE"):
        config.find()
    (tmp_path / "config.toml").touch()
    assert config.find() == Path("config.toml")
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "config.toml").touch()
    assert config.find() == tmp_path / "etc" / "config.toml"


def test_brands_can_be_had_without_a_config() -> None:
    """For `hunter match --brand`; faults are the same."""
    (brand,) = config.brands_of(["En-Marche.fr"], ["marche"])
    assert (brand.domain, brand.keywords) == ("en-marche.fr", ("marche",))

    with pytest.raises(YoursToFix) as raised:
        config.brands_of(["nonsense", "En-Marche[.]fr"], ["x"])
    assert [fault.where for fault in raised.value.faults] == ["--brand", "--keyword"]


def test_every_setting_of_every_part_says_what_it_is_for() -> None:
    """The hint of a fault is the key's own description."""
    silent = [
        f"{family}.{name}.{key}"
        for family in ribs.FAMILIES
        for name in ribs.names(family)
        for key, field in ribs.load(family, name).Settings.model_fields.items()
        if not field.description and key not in {*EnricherSettings.model_fields, "every", "file"}
    ]

    assert silent == []


WORDS = st.sampled_from(
    [
        *("brand", "domain", "owned", "ignored", "partners", "keywords", "subscriber", "channels"),
        *("email", "slack", "sources", "case", "every", "net", "dns_port", "en-marche.fr", "1h"),
    ]
)
TOML = st.recursive(
    st.one_of(
        WORDS.map(lambda word: f'"{word}"'),
        st.sampled_from(["1", "-7", "9" * 30, "1.5", "nan", "inf", "true"]),
        st.sampled_from(["2017-04-24", "2017-04-24T06:00:00Z", "06:00:00"]),
        st.text(string.printable, max_size=5).map(lambda text: '"' + _escaped(text) + '"'),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.dictionaries(WORDS, inner, max_size=3).map(
            lambda table: "{" + ", ".join(f'"{key}" = {table[key]}' for key in table) + "}"
        ),
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(["brand", "subscriber", "net", "sources", "notifiers", "alerts", "rules"])


def _escaped(text: str) -> str:
    return "".join(f"\\u{ord(char):04x}" for char in text)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(KEYS, TOML, max_size=4))
def test_no_toml_raises_anything_but_faults(tmp_path: Path, tables: dict[str, str]) -> None:
    """Whatever stands where, it is a config or a list of faults, each with a place and words."""
    path = tmp_path / "config.toml"
    path.write_text("\n".join(f"{key} = {value}" for key, value in tables.items()), "utf-8")
    found = faults_in(path)

    assert all(fault.where and fault.message for fault in found)
    assert len({(fault.where, fault.message) for fault in found}) == len(found)


def faults_in(path: Path) -> tuple[Fault, ...]:
    """The faults of a config that may have none."""
    try:
        config.load(path)
    except YoursToFix as error:
        return error.faults
    return ()


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_but_faults(tmp_path: Path, content: bytes) -> None:
    """Not even those that are no text."""
    path = tmp_path / "config.toml"
    path.write_bytes(content)

    faults_in(path)


@pytest.mark.parametrize("domain", ["0.0", "en-marche._tcp", "en-marche.-"])
def test_a_domain_ends_in_letters(tmp_path: Path, domain: str) -> None:
    """As the top-level domains do that are, or may be (RFC 3696, 2)."""
    path = tmp_path / "config.toml"
    path.write_text(f'[[brand]]\ndomain = "{domain}"\n', encoding="utf-8")

    (fault,) = faults_in(path)
    assert "as no domain does" in fault.message


def test_a_secret_is_never_part_of_a_fault(faults: FaultsOf) -> None:
    """Somebody who wrote the secret into the config does not find it in a log."""
    text = SMALLEST + '[notifiers.slack]\nwebhook_url = "https://hooks.example/T00/secret"'

    assert "T00" not in "\n".join(str(fault) for fault in faults(text))


def test_a_secret_that_systemd_hands_on_is_not_to_be_put_there_by_hand(faults: FaultsOf) -> None:
    """Until hunter runs there is none, and what somebody makes there is gone with the start."""
    path = "/run/credentials/hunter.service/none-of-this-name"
    (fault,) = faults(SMALLEST + f'[notifiers.slack]\nwebhook_url_file = "{path}"')

    assert fault.message == "there is no such file"
    assert "LoadCredential" in fault.hint
    assert "put the secret" not in fault.hint


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter every folder")
def test_a_secret_in_a_closed_folder_is_not_said_to_be_missing(
    faults: FaultsOf, tmp_path: Path
) -> None:
    """Who checks the service's config without sudo would look for what is there."""
    closed = tmp_path / "credentials"
    closed.mkdir()
    (closed / "slack").write_text("https://hooks.example/x", encoding="utf-8")
    closed.chmod(0o000)
    try:
        (fault,) = faults(SMALLEST + f'[notifiers.slack]\nwebhook_url_file = "{closed}/slack"')
    finally:
        closed.chmod(0o700)

    assert (fault.message, fault.hint) == (
        "stands in a folder that is closed to you",
        "run this as root (sudo)",
    )


def test_a_folder_in_place_of_a_secrets_file_is_not_said_to_be_missing(
    faults: FaultsOf, tmp_path: Path
) -> None:
    """Who looks finds that it is there."""
    (fault,) = faults(SMALLEST + f'[notifiers.slack]\nwebhook_url_file = "{tmp_path}"')

    assert fault.message == "what stands there is no file"
    assert "name one that holds the secret" in fault.hint


@pytest.mark.parametrize("secret", ["T00-token", "T00-key" * 100])
def test_a_secret_in_place_of_its_file_is_not_repeated(faults: FaultsOf, secret: str) -> None:
    """Also one that is longer than a path may be."""
    text = SMALLEST + f'[notifiers.slack]\nwebhook_url_file = "{secret}"'

    (fault,) = faults(text)
    assert "T00" not in str(fault)
    assert fault.where == "line 4: notifiers.slack.webhook_url_file"


def subscribers(*lines: str) -> str:
    """A config with a subscriber for each line of further keys."""
    tables = (
        f"[[subscriber]]\nname = 's{number}'\nchannels = {{slack = []}}\n{line}\n"
        for number, line in enumerate(lines)
    )
    return SMALLEST + "".join(tables) + "[notifiers.slack]\nfolder = '/var/lib/slack'\n"


@pytest.mark.parametrize(
    ("lines", "operators"),
    [
        (("", ""), [True, False]),
        (("", "operator = true"), [False, True]),
        (("operator = true", "operator = true"), [True, True]),
        (("operator = false", ""), [False, False]),
    ],
)
def test_the_first_subscriber_is_the_operator_unless_it_is_said(
    load: Loader, lines: tuple[str, ...], operators: list[bool]
) -> None:
    """Somebody must hear of trouble in hunter itself, and may be spared it."""
    assert [one.operator for one in load(subscribers(*lines)).subscribers] == operators


def test_how_long_trouble_lasts_before_it_is_told(load: Loader) -> None:
    """With defaults that flood nobody."""
    limits = load(SMALLEST + "[health]\ntell_after = '5m'\n").health

    assert limits.tell_after == timedelta(minutes=5)
    assert limits.passing_after == timedelta(hours=1)
    assert limits.over_after == timedelta(minutes=10)


def test_when_a_subscriber_is_told(load: Loader) -> None:
    """On their clock, in their language; what is left out is told at once."""
    line = """
transitions = ["opened", "closed"]
digest = "daily"
digest_at = "07:30"
quiet = "22:00-07:00"
urgent = "none"
zone = "Europe/Paris"
language = "fr"
attach = ["csv"]
"""
    first, second = load(subscribers(line, "")).subscribers

    assert (first.transitions, first.rhythm) == (("opened", "closed"), Rhythm.DAILY)
    assert (first.digest_at, first.quiet) == (time(7, 30), (time(22), time(7)))
    assert (first.urgent, first.zone, first.language) == (None, "Europe/Paris", "fr")
    assert first.attach == ("csv",)
    assert (second.transitions, second.rhythm, second.quiet) == (NEWS, Rhythm.AT_ONCE, None)
    assert (second.urgent, second.language) == (Level.CRITICAL, "en")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("transitions = ['open']", "did you mean opened?"),
        ("transitions = ['new']", "there is no transition 'new'"),
        ("transitions = []", "they would hear of nothing"),
        ("digest = 'dayly'", "did you mean daily?"),
        ("digest_at = '25:00'", "'25:00' is no time of the day"),
        ("digest_at = '8'", "write HH:MM"),
        ("quiet = '22:00'", "'' is no time of the day"),
        ("quiet = '22-07'", "'22' is no time of the day"),
        ("quiet = '22:00-22:00'", "ends when it begins"),
        ("urgent = 'grave'", "'grave' is no severity"),
        ("zone = 'Paris'", "such as Europe/Paris"),
        ("zone = '../../etc/passwd'", "is no time zone"),
        ("language = 'de'", "known here: en, fr"),
        ("attach = ['cvs']", "did you mean csv?"),
    ],
)
def test_a_slip_in_when_to_tell_is_understood(faults: FaultsOf, line: str, said: str) -> None:
    """Each with its line and a hint."""
    found = faults(subscribers(line))

    assert all(" line " in f" {one.where}" for one in found)
    assert any(said in f"{one.message} {one.hint}" for one in found)


def test_an_export_that_goes_with_mails_is_loaded_at_once(
    faults: FaultsOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it lacks is told by `hunter check`, and not when the first letter waits for it."""
    (tmp_path / "broken.py").write_text("import no_such_package\n", encoding="utf-8")
    folder = import_module("hunter.exports")
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(tmp_path)])
    known = {"exports": ("broken",)}
    monkeypatch.setattr(ribs, "names", lambda family: known.get(family, ()))

    (fault,) = faults(subscribers("attach = ['broken']"))

    assert fault.file == str(tmp_path / "broken.py")
    assert "no_such_package" in fault.message


@pytest.mark.parametrize(
    ("first", "second", "spoken"),
    [
        ("", "", "en"),
        ('language = "fr"', "", "fr"),
        ("", 'language = "fr"', "en"),
        ("", 'language = "fr"\noperator = true', "fr"),
        ('language = "fr"\noperator = false', "", "fr"),
    ],
)
def test_commands_speak_as_whoever_keeps_hunter_running(
    load: Loader, first: str, second: str, spoken: str
) -> None:
    """The operator, who is the first unless another is; the first where nobody is."""
    assert load(subscribers(first, second)).language == spoken


def test_commands_answer_while_the_language_is_none(tmp_path: Path) -> None:
    """Those that ask only the store need no subscriber: in English, then."""
    path = tmp_path / "config.toml"
    path.write_text(SMALLEST + '[[subscriber]]\nname = "IT"\nlanguage = "de"\n', encoding="utf-8")

    assert config.ground(path).language == "en"


def test_an_operator_may_hear_of_trouble_alone(load: Loader) -> None:
    """Where it is said; whoever is it because nobody else is may have meant something else."""
    (alone,) = load(subscribers("transitions = []\noperator = true")).subscribers

    assert (alone.transitions, alone.operator) == ((), True)


def test_a_mail_address_with_accents_is_shown_as_mail_servers_take_it(faults: FaultsOf) -> None:
    """Of a subscriber and of the sender; where no spelling would do, none is shown."""
    text = (
        f'{SMALLEST}[[subscriber]]\nname = "it"\n'
        'channels = { email = ["it@société.fr", "é@x.fr"] }\n'
        '[notifiers.email]\nsender = "hunter@société.fr"\n'
    )
    told = faults(text)[-1].message
    sender = faults(text.replace("hunter@", "é@"))[-1].message
    people = faults(text.replace("hunter@société.fr", "hunter@x.fr"))[0].message

    assert told.endswith("write hunter@xn--socit-esab.fr")
    assert "write" not in sender
    assert people.endswith("'it@société.fr': write it@xn--socit-esab.fr, 'é@x.fr'")


def test_two_subscribers_of_one_name_are_a_fault(faults: FaultsOf) -> None:
    """What the first is told counts as told to the second, who would hear of nothing."""
    found = faults(subscribers("", "").replace("'s1'", "'s0'"))

    assert [one.message for one in found] == ["another subscriber is called 's0'"]


def test_several_words_are_told_how_to_be_one_keyword(faults: FaultsOf) -> None:
    """People write a name as they say it."""
    (fault,) = faults(SMALLEST + 'keywords = ["Emmanuel Macron"]\n')

    assert fault.message == "'Emmanuel Macron' is no keyword"
    assert "hyphens: emmanuel-macron" in fault.hint
