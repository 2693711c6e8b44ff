"""`hunter check`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_brand_with_accents_is_told_as_it_was_written(run: Run, config: Path) -> None:
    """And as DNS has it, which nobody reads."""
    config.write_text('[[brand]]\ndomain = "énergie-marché.fr"\n', encoding="utf-8")

    said = run("check", "-c", str(config))

    assert "watched: énergie-marché.fr (xn--nergie-march-9dbm.fr)" in said.out


def test_a_sound_config_says_what_would_be_watched(run: Run, config: Path) -> None:
    """And warns that nobody would be told."""
    said = run("check", "-c", str(config))

    assert said.status == 0
    assert "watched: en-marche.fr" in said.out
    assert "channels: none" in said.out
    assert "add a [[subscriber]]" in said.err


def test_faults_in_rules_are_told_like_those_of_the_config(run: Run, config: Path) -> None:
    """Each with its file and line."""
    rules = config.parent / "rules"
    rules.mkdir()
    (rules / "mine.yml").write_text("title: Mine\ndetection:\n  x: {regstrant: y}\n", "utf-8")
    with config.open("a", encoding="utf-8") as file:
        file.write(f'[rules]\nfolders = ["{rules}"]\n')
    said = run("check", "-c", str(config))

    assert said.status == 2
    assert "mine.yml: line" in said.err
    assert "hint:" in said.err


def test_the_traffic_of_the_chosen_logs_is_estimated(run: Run, config: Path) -> None:
    """With its date, and who cannot be kept up with; nothing when no log is read."""
    without = run("check", "-c", str(config))
    with config.open("a", encoding="utf-8") as file:
        file.write("[sources.ct_logs]\nenabled = true\n")
    everything = run("check", "-c", str(config))
    with config.open("a", encoding="utf-8") as file:
        file.write("static_only = true\n")
    static = run("check", "-c", str(config))

    assert "contact" not in without.err
    assert "set contact under [net]" in everything.err
    assert "Mbit/s" not in without.out
    assert "CT logs, an estimate of 2026-11-22, give or take half" in everything.out
    assert "together: 14.1 requests/s, 23 Mbit/s, 253 GB a day" in everything.out
    assert "DigiCert allows too little to keep up: its rfc6962 logs will lag" in everything.out
    assert "rfc6962" not in static.out
    assert "3 Mbit/s" in static.out


def test_an_operator_that_the_estimate_does_not_know_is_told(run: Run, config: Path) -> None:
    """Else a slip of the pen costs nothing, and reads nothing."""
    with config.open("a", encoding="utf-8") as file:
        file.write('[sources.ct_logs]\nenabled = true\noperators = ["Google", "Lets Encrypt"]\n')
    said = run("check", "-c", str(config))

    assert said.status == 0
    assert "no operator 'Lets Encrypt'; it knows Cloudflare, DigiCert, Geomys, Google" in said.err
    assert "no operator 'Google'" not in said.err


@pytest.mark.parametrize(
    ("addresses", "said"),
    [
        ("[]", "names no address"),
        ('["it.x.fr"]', "no mail address: 'it.x.fr'"),
        ('["it@x.fr", "", "é@x.fr"]', "no mail address: '', 'é@x.fr'"),
    ],
)
def test_a_subscriber_whom_no_mail_would_reach_is_a_fault(
    run: Run, config: Path, addresses: str, said: str
) -> None:
    """Nobody relies on a channel that leads nowhere."""
    with config.open("a", encoding="utf-8") as file:
        file.write(f'[[subscriber]]\nname = "IT"\nchannels = {{ email = {addresses} }}\n')
        file.write("[notifiers.email]\n")
    checked = run("check", "-c", str(config))

    assert checked.status == 2
    assert f"line 8: subscriber.1.channels.email: {said}" in checked.err


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "none of webhook_url_file, bot_token_file and folder is set"),
        ('bot_token_file = "TOKEN"', "neither an address nor channel says where the bot posts"),
        ('bot_token_file = "TOKEN"\nchannel = "C01"', ""),
        ('webhook_url_file = "TOKEN"', ""),
    ],
)
def test_a_subscriber_whom_slack_would_not_reach_is_a_fault(
    run: Run, config: Path, lines: str, said: str
) -> None:
    """A bot has to know where to post, and a webhook is an address by itself."""
    token = config.with_name("token")
    token.write_text("https://127.0.0.1/hook")
    with config.open("a", encoding="utf-8") as file:
        file.write('[[subscriber]]\nname = "IT"\nchannels = { slack = [] }\n')
        file.write(f"[notifiers.slack]\n{lines.replace('TOKEN', str(token))}\n")
    checked = run("check", "-c", str(config))

    assert checked.status == (2 if said else 0)
    assert said in checked.err


def test_mails_that_stay_in_a_folder_need_no_address(run: Run, config: Path) -> None:
    """Those that are sent do."""
    with config.open("a", encoding="utf-8") as file:
        file.write('[[subscriber]]\nname = "IT"\nchannels = { email = [] }\n[notifiers.email]\n')
    sent = run("check", "-c", str(config))
    with config.open("a", encoding="utf-8") as file:
        file.write(f'folder = "{config.parent}"\n')
    kept = run("check", "-c", str(config))

    assert (sent.status, kept.status) == (2, 0)


@pytest.mark.parametrize(("above", "told"), [("en-marche.fr", ""), ("été.fr", " (xn--t-9fab.fr)")])
def test_what_stands_above_a_brand_that_is_a_host_is_told_not_to_alert(
    run: Run, config: Path, above: str, told: str
) -> None:
    """Until it is owned: it may be a stranger's, who hosts many. It is told in its letters."""
    config.write_text(config.read_text().replace('"en-marche.fr"', f'"don.{above}"'))
    foreign = run("check", "-c", str(config))
    owned = config.read_text().replace("keywords", f'owned = ["{above}"]\nkeywords')
    config.write_text(owned)
    own = run("check", "-c", str(config))

    assert f"is a host: nothing at or below {above}{told} alerts" in foreign.err
    assert "is a host" not in own.err


def test_a_host_that_is_owned_without_its_domain_is_told(run: Run, config: Path) -> None:
    """Once, though partners are told of it, too; what matches all the same is to stand there."""
    written = config.read_text()
    partner = 'partners = ["nationbuilder.com"]\nkeywords'

    def checked(owned: str) -> str:
        config.write_text(written.replace("keywords", f"owned = {owned}\n{partner}"))
        said = run("check", "-c", str(config))
        assert said.status == 0
        return said.err

    foreign = checked('["en-marche.atlassian.net", "en-marche.weebly.com", "www.en-marche-doc.fr"]')
    assert foreign.count("is a host") == 1
    beside = (
        "en-marche.atlassian.net is a host: what else imitates at or below atlassian.net alerts"
    )
    assert beside in foreign
    assert "is a host" not in checked('["don.en-marche-doc.fr", "en-marche-doc.fr"]')


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("https://hooks.example/s3cret", ""),
        ("http://hooks.example/s3cret", "holds no https:// URL"),
        ("", "should hold one secret"),
    ],
)
def test_a_webhook_that_leads_nowhere_is_told(
    run: Run, config: Path, content: str, said: str
) -> None:
    """Not first by the alert that does not arrive; what is in the file is never told."""
    secret = config.parent / "webhook"
    secret.write_text(content, encoding="utf-8")
    secret.chmod(0o600)
    with config.open("a", encoding="utf-8") as file:
        file.write('[[subscriber]]\nname = "IT"\nchannels = { slack = [] }\n')
        file.write(f'[notifiers.slack]\nwebhook_url_file = "{secret}"\n')
    checked = run("check", "-c", str(config))

    assert (checked.status, said in checked.err, bool(checked.err)) == (0, True, bool(said))
    assert "s3cret" not in checked.err


@pytest.mark.parametrize(
    ("domain", "said"),
    [
        ("en-marche.frr", "en-marche.frr: no registry is known that has this ending\n"),
        ("en-marche.рфф", "(en-marche.xn--p1aia): no registry is known that has this ending\n"),
        ("en-marche.fr", ""),
        ("en-marche.co.ck", ""),
        ("марш.рф", ""),
    ],
)
def test_a_slip_of_the_pen_in_an_ending_is_remarked_on(
    run: Run, tmp_path: Path, domain: str, said: str
) -> None:
    """Nothing would ever imitate it; a name within a network of one's own may be meant so."""
    path = tmp_path / "config.toml"
    path.write_text(f'[[brand]]\ndomain = "{domain}"\n', encoding="utf-8")
    checked = run("check", "-c", str(path))

    assert checked.status == 0
    assert said in checked.err
    assert ("no registry" in checked.err) is bool(said)


@pytest.mark.parametrize(
    ("table", "off"),
    [
        ('[sources.ct_logs]\noperators = ["Google"]', "sources.ct_logs"),
        ('[enrichers.page]\nurls = ["https://{host}/"]', "enrichers.page"),
        ('[sources.ct_logs]\nenabled = false\noperators = ["Google"]', ""),
        ("[enrichers.dns]\nhosts = 5", ""),
        ("[sources.ct_logs]", "sources.ct_logs"),
    ],
)
def test_a_table_of_a_part_that_is_off_is_told(
    run: Run, config: Path, table: str, off: str
) -> None:
    """Whoever writes it takes it for granted that it is on."""
    config.write_text(config.read_text(encoding="utf-8") + f"\n{table}\n", encoding="utf-8")

    said = run("check", "-c", str(config))

    assert said.status == 0
    assert (f"[{off}] is off: write enabled = true there" in said.err) == bool(off)
    assert (" is off" in said.err) == bool(off)
