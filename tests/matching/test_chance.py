"""Short terms in what no person chose: hashes, counters, addresses, UUIDs."""

import uuid
from random import Random

import pytest

from hunter.matching import compile_matcher
from hunter.model import Brand
from tests.world.matching import alerts

TERMS = [
    "dbs",
    "boc",
    "caf",
    "sls",
    "aeon",
    "epos",
    "bb",
    "bbb",
    "westin",
    "gov",
    "southwest",
    "accesd",
]
BRANDS = [Brand(f"{term}.com") for term in TERMS]
MATCHER = compile_matcher(BRANDS)


def sure(name: str) -> float:
    return max((match.confidence for match in MATCHER.match(name)), default=0.0)


@pytest.mark.parametrize(
    "name",
    [
        "d9af17e449c1319ac4670ae4879189318dee780c.example.com",
        "db5oyojuxlzb6rm2oqp62q4drc.secure.fr",
        "dbsna22bb913lu078f3ffgv074g31fas.app",
        "cafioslklc6rgi58r5kt.example.com",
        "16a37e07-8fc8-b086-cc4f-15538e279fd1.example.com",
        "7f5e88a6-ca13-880c-13aa-53df588d24d5.azurewebsites.net",
        "svc-9f723077bf-m4db5.prod.example.com",
        "245-88-20-229.ec2.example.com",
        "e004d00d-bf04-4cc5-d985-230a8618eab5.example.com",
        "515367360.shop.example.com",
        "scram.canary6f47ec32f164.ntf1e9.c3.kafka.eu-west-1.amazonaws.com",
        "westindia.cloudapp.azure.com",
        "tls2.canary38aaf8.1eap18.c3.kafka.us-gov-east-1.amazonaws.com",
        "dbs-9f723077bf7d-m4x9k2.prod.example.com",
    ],
)
def test_the_name_of_a_machine_is_no_alert(name):
    """What certificates hold most of."""
    assert 0 < sure(name) < 0.5


@pytest.mark.parametrize("name", ["mlepen2027.fr", "mlepen2026.fr"])
def test_a_year_is_no_random_text(name):
    """Whoever registers names for an election puts it there."""
    (match,) = compile_matcher([Brand("rassemblementnational.fr", ("lepen",))]).match(name)
    assert match.confidence >= 0.5


@pytest.mark.parametrize(
    "name",
    [
        "aeonxkqzw.com",
        "eposkehxzyfubq9.xyz",
        "epos-nb036f022fed40017be124b.nrenojgot.cf",
        "dbssgltd.com",
        "login-d8s-secure.com",
        "caf-7f3ac2.com",
        "sls1234567.com",
        "westin-1.com",
        "southwest.top",
        "southwest.secure-login.com",
        "dbs-package-k2x9q7zm4v1t.com",
        "888-login.com",
        "south-westin.example.com",
    ],
)
def test_random_text_beside_a_term_of_its_own_is_still_an_imitation(name):
    """Squatters register more names than they can think of."""
    assert sure(name) >= 0.5


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("1rndbq5nc2m7ugv.buzz", "imdb.com", False),
        ("se3cure2-l0gin-fx016b0.com", "login.gov", False),
        ("fuyo-hin-jp-pg-14774845.xyz", "pg.com", False),
        ("iamgenevra.com", "amgen.com", False),
        ("www454501.com", "sasol.com", False),
        ("binanccesmc.com", "binance.com", True),
        ("888-login.example.com", "888.com", True),
        ("west-europe.com", "westeurope.fr", True),
        ("aristo99h5api.xyz", "ariston.com", True),
        ("appile-id8yhqk.buzz", "appleid.com", True),
        ("compte-ameli3f8a9c2e7b1d.fr", "ameli.fr", True),
        ("3f8a9c2e7b1dameli.fr", "ameli.fr", False),
        ("ameli3f8a9c2e7b1d.example.com", "ameli.fr", False),
        ("epos3f8a9c2e7b1d.com", "epos.com", False),
    ],
)
def test_random_text_hides_a_short_term_but_behind_its_own_letters_or_a_typo(name, brand, alarm):
    """Nor is a number that is the brand's, or a place that somebody registered, any chance."""
    assert alerts(name, brand) == alarm


def test_uuids_of_a_whole_cloud_are_quiet():
    """As many hosts as a large site has."""
    random = Random(1)
    hosts = [f"{uuid.UUID(int=random.getrandbits(128))}.example.com" for _ in range(20_000)]
    found = MATCHER.scan("\n".join(hosts).encode(), least=0.5)
    assert len([*found]) <= 2
