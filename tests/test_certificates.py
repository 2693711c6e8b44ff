"""What a certificate says, read from the words of a source."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from hunter.certificates import FIELDS, Certificate, facts, of_sighting
from hunter.ct.certstream_messages import certificate, origin
from hunter.model import Value
from tests.world.certstream import domains_only, lite

AT = datetime(2017, 4, 13, 12, tzinfo=UTC)
DOMAIN = "en-marche.co"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def said(one: Certificate) -> dict[str, list[Value | None]]:
    """Field → values."""
    found: dict[str, list[Value | None]] = {}
    for fact in facts(DOMAIN, one, "sighting", AT):
        found.setdefault(fact.field, []).append(fact.value)
    return found


def test_a_certstream_message_tells_all_but_the_key() -> None:
    """The issuer by its common name, as a log's certificate gives it."""
    heard = certificate(lite(DOMAIN, "*.en-marche.co", "www.portal-office.fr"))
    assert heard is not None
    one = of_sighting(origin(heard))
    assert one is not None
    assert said(one) == {
        "cert_issuer": ["R3"],
        "cert_serial": ["0498bdf8"],
        "cert_names": [DOMAIN, "*.en-marche.co", "www.portal-office.fr"],
        "cert_domain": ["portal-office.fr"],
        "cert_not_before": [20170407],
        "cert_not_after": [20170706],
    }


def test_names_alone_are_no_certificate() -> None:
    """Nothing would tell one from the next; nor is a line of a feed one."""
    heard = certificate(domains_only(DOMAIN))
    assert heard is not None
    assert of_sighting(origin(heard)) is None
    assert of_sighting({"feed": "new.txt", "line": 3}) is None


def test_names_are_cleaned_and_bounded() -> None:
    """A NUL, a turn of writing and a thousand others."""
    listed = ["a\x00b.fr", "\u202egro.example", "", *(f"x{number}.fr" for number in range(2000))]
    found = said(Certificate("01", "R\x1b[31m3", names=listed))
    assert found["cert_names"][:2] == ["ab.fr", "gro.example"]
    assert len(found["cert_names"]) == len(found["cert_domain"]) == 50
    assert found["cert_issuer"] == ["R[31m3"]


@given(st.dictionaries(st.sampled_from((*FIELDS, "serial", "issuer", "names")), json_values))
def test_no_origin_breaks_the_reader(words: dict[str, object]) -> None:
    """Whatever an old store or a strange server put there."""
    one = of_sighting({"serial": "01", **words})  # type: ignore[dict-item]
    assert one is None or set(said(one)) <= FIELDS.keys()
