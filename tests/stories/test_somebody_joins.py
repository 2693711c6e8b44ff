"""A colleague is added to the config of a hunter at work, which has alerts that are open."""

import signal
from dataclasses import replace
from pathlib import Path

from hunter.store import Store, alerts
from tests.world.alerts import MATCH, alert
from tests.world.daemon import daemon

CONFIG = """
[[brand]]
domain = "en-marche.fr"
[net]
dns_servers = ["127.0.0.1"]
dns_port = 9
allow_private = true
[store]
folder = "{folder}/state"
[sources]
permutations.enabled = false
canary.enabled = false
[enrichers]
rdap.enabled = false
whois.enabled = false
certificate.enabled = false
page.enabled = false
tor.enabled = false
hosting.enabled = false
[notifiers.email]
folder = "{folder}/mails"
sender = "hunter@x.example"
[[subscriber]]
name = "it"
channels = {{ email = ["it@x.example"] }}
"""
ANN = '[[subscriber]]\nname = "ann"\nchannels = { email = ["ann@x.example"] }\n'


def test_the_new_one_gets_one_mail_about_what_is_open(tmp_path: Path) -> None:
    """After a reload; nobody gets one at the first start, nor after the next."""
    config, mails = tmp_path / "config.toml", tmp_path / "mails"
    config.write_text(CONFIG.format(folder=tmp_path), encoding="utf-8")
    (tmp_path / "state").mkdir()
    with Store(tmp_path / "state" / "hunter.db") as store:
        for domain in ("mail-en-marche.fr", "vote-en-marche.fr"):
            match = replace(MATCH, name=domain, registrable=domain)
            alerts.save(store, replace(alert(match), id=0), {})
    with daemon(config) as running:
        running.wait_until_started()
        with config.open("a", encoding="utf-8") as file:
            file.write(ANN)
        running.signal(signal.SIGHUP)
        running.wait_for(lambda: mails.is_dir() and any(mails.iterdir()), "the mail")
        running.stop()
    with daemon(config) as again:
        again.wait_for(lambda: again.journal().count('"started"') > 1, "the second start")
        again.stop()

    (mail,) = mails.iterdir()
    text = mail.read_text(encoding="utf-8")
    assert "To: ann@x.example" in text
    assert "These alerts were open when you were added" in " ".join(text.split())
    assert "mail-en-marche[.]fr" in text
    assert "vote-en-marche[.]fr" in text
