"""The standing watches that the config sets."""

from pathlib import Path

import pytest

from hunter import config
from hunter.errors import YoursToFix
from hunter.model import Track

BRANDS = """
[[brand]]
domain = "en-marche.fr"
partners = ["nationbuilder.com"]
"""


def load(folder: Path, text: str) -> tuple[Track, ...]:
    """The tracks of a config with two brands and that text."""
    path = folder / "config.toml"
    path.write_text(BRANDS + text, encoding="utf-8")
    return config.load(path).tracks


def faults(folder: Path, text: str) -> list[str]:
    """Where and what is wrong with it."""
    with pytest.raises(YoursToFix) as caught:
        load(folder, text)
    return [f"{fault.where}: {fault.message}; {fault.hint}" for fault in caught.value.faults]


def test_a_track_needs_field_and_value(tmp_path: Path) -> None:
    """It is for the first brand unless it says for which."""
    text = """
[[track]]
field = "registrant_email"
value = "JohnPinch@mail.com"
[[track]]
field = "string"
value = "Marche"
brand = "NationBuilder.com"
excludes = ["SuperMarche", "demarche"]
"""
    email, string = load(tmp_path, text)

    assert email == Track(
        "registrant_email", "johnpinch@mail.com", "en-marche.fr", made_by="the config"
    )
    assert string == Track(
        *("string", "marche", "nationbuilder.com", ""),
        *(("supermarche", "demarche"), "the config"),
    )


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('field = "registrant_mail"\nvalue = "x"', "did you mean registrant_email?"),
        ('value = "x"', "track.1.field: is missing"),
        ('field = "ns"', "track.1.value: '' is no value"),
        ('field = "a"\nvalue = "80.82.64.0/20"', "a network belongs under the field network"),
        ('field = "ns"\nvalue = "bob.ns.cloudflare.com"', "Cloudflare"),
        ('field = "ns"\nvalue = "ns1.monovm.com"\nbrand = "en-marhce.fr"', "mean en-marche.fr?"),
        ('field = "ns"\nvalue = "ns1.monovm.com"\nexcludes = ["x"]', "goes with string alone"),
        ('field = "string"\nvalue = "marche"\nexcludes = [" "]', "stands in every name"),
        ('field = "ns"\nvalue = 7', "a text in quotes"),
        ('feild = "ns"\nvalue = "ns1.monovm.com"', "did you mean field?"),
        ('field = "ASN"\nvalue = "13335"', "did you mean asn?"),
    ],
)
def test_what_is_wrong_with_a_track_is_told_once(tmp_path: Path, table: str, told: str) -> None:
    """With its line, and what to write instead."""
    (fault,) = faults(tmp_path, f"[[track]]\n{table}\n")

    assert told in fault
    assert fault.startswith("line ")


def test_every_faulty_track_is_told(tmp_path: Path) -> None:
    """The same value twice is one fault; for another brand, or another value, it is none."""
    one = '[[track]]\nfield = "ns"\nvalue = "ns1.monovm.com"\n'
    found = faults(
        tmp_path, f'{one}{one}{one}brand = "nationbuilder.com"\n[[track]]\nfield = "x"\n'
    )

    assert ["stands twice" in fault for fault in found] == [True, False]
