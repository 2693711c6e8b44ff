"""Names from certificates and TBSCertificates, odd and broken ones included."""

import base64
import re
import warnings
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import example, given
from hypothesis import strategies as st

from hunter.ct import der
from tests.world.ct import START, certificate, issuer_key
from tests.world.ct_material import MATERIAL, needs_material

_EVERYDAY = re.compile(r"[A-Za-z0-9.*-]+")
_PEM = re.compile(
    rb"-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]+)-----END (?:X509 |TRUSTED )?CERT"
)


def whole(*names: str, common_name: str = "") -> bytes:
    return certificate(names, 7, common_name=common_name).public_bytes(Encoding.DER)


SAMPLE = whole("mail.en-marche.fr", "*.en-marche.fr", common_name="en-marche.co")


def test_names_are_the_alternatives_and_then_the_common_name() -> None:
    """SAN order is kept and a CN that is not among them comes last."""
    expected = [b"mail.en-marche.fr", b"*.en-marche.fr", b"en-marche.co"]
    assert der.names(SAMPLE) == (expected, False)


def test_a_bare_tbs_has_the_same_names() -> None:
    """A precertificate entry holds a TBSCertificate only."""
    found = certificate(("a.example", "b.example"), 7)
    assert der.names(found.tbs_certificate_bytes) == ([b"a.example", b"b.example"], False)


@pytest.mark.parametrize("padding_bytes", [0, 300, 70_000])
def test_a_bare_tbs_without_alternatives_is_parsed_in_full(padding_bytes: int) -> None:
    """It is dressed as a certificate for the full parser, whatever its length."""
    found = certificate((), 7, common_name="old.example", padding_bytes=padding_bytes)
    assert der.names(found.tbs_certificate_bytes) == ([b"old.example"], False)


def test_a_certificate_inside_other_bytes_is_found_by_its_range() -> None:
    """The scanner never looks outside the range that it is given."""
    data = b"evil.example" + SAMPLE + whole("other.example")
    assert der.names(data, 12, 12 + len(SAMPLE)) == der.names(SAMPLE)


def test_a_common_name_that_names_a_person_is_no_name() -> None:
    """Blanks, or no dot, mean that nobody will look it up."""
    assert der.names(whole("a.example", common_name="Acme Corp. Ltd"))[0] == [b"a.example"]


@pytest.mark.parametrize("alternatives", [(), ("a.example",)])
def test_blanks_around_a_common_name_do_not_hide_it(alternatives: tuple[str, ...]) -> None:
    """Somebody's form left them there; capitals are left to the matcher."""
    found = der.names(whole(*alternatives, common_name=" Login.Example "))[0]
    assert found == [*(one.encode() for one in alternatives), b"Login.Example"]


def test_ten_thousand_alternatives_are_all_read() -> None:
    """Nothing is cut: the last may be the one."""
    names = [f"n{at}.example" for at in range(10_000)]
    assert der.names(whole(*names)) == ([name.encode() for name in names], False)


def test_without_alternatives_the_common_name_alone_counts() -> None:
    """Old certificates have a CN and no SAN."""
    assert der.names(whole(common_name="old.example")) == ([b"old.example"], False)


def test_a_certificate_without_any_name_is_not_malformed() -> None:
    """A CA certificate has no names and is right so."""
    assert der.names(whole(common_name="Root")) == ([], False)


def with_extension(oid: str, value: bytes, *names: str) -> bytes:
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(x509.Name([]))
        .public_key(issuer_key().public_key())
        .serial_number(1)
        .not_valid_before(START)
        .not_valid_after(START)
        .add_extension(
            x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), value), critical=False
        )
    )
    if names:
        general = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
        builder = builder.add_extension(general, critical=False)
    return builder.sign(issuer_key(), hashes.SHA256()).public_bytes(Encoding.DER)


def test_a_forged_extension_inside_another_does_not_hide_the_names() -> None:
    """The bytes of a SAN with an innocent name, planted before the real one."""
    decoy = bytes.fromhex("0603551d11040f300d820b") + b"good.example"[:11]
    data = with_extension("1.2.3.4", decoy, "paypal-login.example")
    assert b"paypal-login.example" in der.names(data)[0]


def general_names(content: bytes) -> bytes:
    return b"\x30" + bytes([len(content)]) + content


def test_a_name_with_a_nul_is_read_both_ways() -> None:
    """`paypal.com<NUL>.evil.example` fooled browsers once (CVE-2009-2408)."""
    raw = b"paypal.com\0.evil.example"
    value = general_names(b"\x82" + bytes([len(raw)]) + raw)
    names, malformed = der.names(with_extension("2.5.29.17", value))
    assert {b"paypal.com", b"paypal.com.evil.example"} <= set(names)
    assert not malformed


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"marche\xe9.example", "marcheé.example"),
        ("café.example".encode(), "café.example"),
        (b" padded.example ", "padded.example"),
        (b"https://a.example/login", "a.example"),
        (b"two.example\nlines.example", "lines.example"),
        (b"root@mail.example", "mail.example"),
    ],
)
def test_names_with_bytes_no_name_holds_are_cleaned(raw: bytes, expected: str) -> None:
    """Latin-1, UTF-8, blanks, URLs and line feeds never reach the block of names."""
    cleaned = der.clean([raw])
    assert expected.encode() in cleaned
    assert all(b"\n" not in name and b" " not in name for name in cleaned)


@pytest.mark.parametrize(
    ("odd", "certain"),
    [
        ("f*.en-marche-don.fr", "en-marche-don.fr"),
        ("*f.en-marche-don.fr", "en-marche-don.fr"),
        ("*.*.en-marche-don.fr", "en-marche-don.fr"),
        ("?.en-marche-don.fr", "en-marche-don.fr"),
        ("a.b&c.www.en-marche-don.fr", "www.en-marche-don.fr"),
        ("a..en-marche-don.fr", "en-marche-don.fr"),
    ],
)
def test_of_a_name_with_an_odd_label_the_rest_is_a_name_too(odd: str, certain: str) -> None:
    """Partial wildcards (RFC 6125 6.4.3) and redactions stand before a name that is registered."""
    assert der.clean([odd.encode()]) == [odd.encode(), certain.encode()]


def test_an_empty_name_disappears() -> None:
    """zlint has certificates with one."""
    assert der.names(with_extension("2.5.29.17", general_names(b"\x82\x00"))) == ([], False)


def test_broken_lengths_lead_to_a_scan_and_a_mark() -> None:
    """What no parser accepts still gives up the names that its bytes show."""
    at = SAMPLE.index(der._SAN)
    broken = SAMPLE[: at + 6] + b"\x7f" + SAMPLE[at + 7 :]
    names, malformed = der.names(broken)
    assert malformed
    assert {b"mail.en-marche.fr", b"en-marche.co"} <= set(names)


def test_a_scan_reads_names_without_the_length_before_and_the_tag_behind() -> None:
    """0x0c "login.example" 0x31: neither byte belongs to the name."""
    names, malformed = der.names(
        b"junk\x00\x0dlogin.example1A\x0bA" + b"paypal-a.example" * 4 + b"n"
    )
    assert malformed
    assert b"login.example" in names


def test_odd_names_take_linear_time() -> None:
    """A megabyte of stars, or of dots, is no way to stop the hunter."""
    for odd in (b"*" * (1 << 20), b"." * (1 << 20), b"*." * (1 << 19), b"a*." * (1 << 18)):
        assert der.clean([odd + b".a.example"])[-1] == b"a.example"


def test_a_scan_takes_linear_time_and_a_bounded_number_of_names() -> None:
    """Half a megabyte of dots and digits is no way to stop the hunter."""
    assert der.names(b"1." * 250_000) == ([], True)
    many = b"\x00".join(b"n%d.example" % at for at in range(5000))
    assert len(der.names(many)[0]) <= 1001


def test_details_tell_serial_issuer_and_validity() -> None:
    """All that an alert says about a certificate."""
    found = der.details(SAMPLE)
    assert (found.serial, found.issuer) == ("07", "Test CA")
    assert (found.not_before, found.not_after) == (START, datetime(2027, 2, 20, 12, tzinfo=UTC))
    assert found.issuer_der.startswith(b"\x30")


def test_a_time_in_another_form_is_not_guessed_at() -> None:
    """Without seconds 12:30 was read as 12:03; no certificate may have such a time."""
    short = SAMPLE.replace(b"\x17\x0d261122120000Z", b"\x17\x0b2611221230Z\x05\x00")
    assert der.details(short).not_before is None


def test_details_of_nonsense_are_empty() -> None:
    """They are asked for on every hit, malformed ones too."""
    assert der.details(b"\x30\x03\x02\x01") == der.Details()


@given(st.binary(max_size=300))
@example(b"\x30\x80")
@example(b"\x30\x84\xff\xff\xff\xff\x30")
@example(der._SAN + b"\x04\x02\x30\x00")
def test_no_bytes_make_it_raise(data: bytes) -> None:
    """Whatever a log serves, there is an answer without line feeds."""
    names, _ = der.names(data)
    assert all(name and b"\n" not in name for name in names)
    der.details(data)


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=4))
def test_no_mutation_makes_it_raise(changes: list[tuple[int, int]]) -> None:
    """Certificates with up to four changed bytes are read, or scanned and marked."""
    data = bytearray(SAMPLE)
    for position, value in changes:
        data[position] = value
    names, _ = der.names(bytes(data))
    assert all(name and b"\n" not in name for name in names)
    der.details(bytes(data))


@given(st.integers(0, len(SAMPLE) - 1))
def test_a_certificate_cut_short_is_malformed(length: int) -> None:
    """Names in the part that is left are still found."""
    names, malformed = der.names(SAMPLE[:length])
    assert malformed
    if length > SAMPLE.index(b"*.en-marche.fr"):
        assert b"mail.en-marche.fr" in names


def certificates(folder: str) -> list[tuple[str, bytes]]:
    found = []
    for path in sorted((MATERIAL / folder).iterdir()):
        body = path.read_bytes()
        pems = [base64.b64decode(text) for text in _PEM.findall(body)]
        found += [(path.name, one) for one in pems or ([body] if body[:1] == b"0" else [])]
    return found


def alternatives(data: bytes) -> list[str] | None:
    """What `cryptography` finds, None where it refuses."""
    try:
        with warnings.catch_warnings(action="ignore"):
            extensions = x509.load_der_x509_certificate(data).extensions
            found = extensions.get_extension_for_class(x509.SubjectAlternativeName)
            return found.value.get_values_for_type(x509.DNSName)
    except x509.ExtensionNotFound:
        return []
    except der._REFUSALS:
        return None


@needs_material
@pytest.mark.parametrize("folder", ["certs-zlint", "certs-google-ct", "certs-certgo-invalid"])
def test_odd_certificates_give_what_a_full_parser_gives(folder: str) -> None:
    """Where `cryptography` accepts one, every plain name of it is found; the rest never raises."""
    for name, data in certificates(folder):
        names, malformed = der.names(data)
        expected = alternatives(data)
        plain = {one.encode() for one in expected or () if _EVERYDAY.fullmatch(one)}
        assert plain <= set(names), name
        assert expected is not None or names or malformed, name


@needs_material
def test_certificates_that_parsers_refuse_still_show_their_names() -> None:
    """Samples whose names were read by eye."""
    samples = dict(certificates("certs-google-ct"))
    null = samples["python_ct_crypto_testdata_null_chars.pem"]
    assert {b"altnull.python.org", b"null.python.org"} <= set(der.names(null)[0])
    negative = samples["python_ct_crypto_testdata_negative_serial.pem"]
    assert b"*.nyc.gov" in der.names(negative)[0]
    duplicated = dict(certificates("certs-zlint"))["extSANDuplicated.pem"]
    assert b"gov.us" in der.names(duplicated)[0]
