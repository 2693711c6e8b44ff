"""What to do next, by kind of alert."""

from collections.abc import Iterator

from hunter import names
from hunter.errors import NotAName
from hunter.model import Alert, BrandKind, Dossier, Level
from hunter.wording import english
from hunter.wording.facts import values_of
from hunter.wording.sentences import shown_name, value_in_words


def next_steps(alert: Alert, dossier: Dossier, kind: str) -> tuple[str, ...]:
    """The steps in the order in which to take them, one sentence or two each."""
    return tuple(_steps(alert, dossier, kind))


def _steps(alert: Alert, dossier: Dossier, kind: str) -> Iterator[str]:
    domain = shown_name(alert.domain)
    if alert.severity < Level.MEDIUM:
        yield english.NOT_URGENT
    yield (english.BLOCK if kind == "opened" else english.BLOCK_STILL).format(domain=domain)
    if dossier.fields.get("has_mx") is True:
        yield english.WATCH_MAIL.format(domain=domain)
    if brand_kind(dossier) is BrandKind.PARTNER:
        yield english.TELL_PARTNER.format(brand=shown_name(alert.brand))
    yield english.WARN
    yield english.DO_NOT_VISIT
    yield english.PRESERVE
    yield english.REPORT.format(addressees="; ".join(_addressees(alert, dossier)))
    yield english.YOURS


def brand_kind(dossier: Dossier) -> BrandKind:
    """Whether the brand is the reader's own or a partner's; their own when nobody says."""
    partner = dossier.fields.get("brand_kind") == BrandKind.PARTNER
    return BrandKind.PARTNER if partner else BrandKind.BRAND


def _addressees(alert: Alert, dossier: Dossier) -> Iterator[str]:
    yield _registrar(_first(dossier, "registrar"), _first(dossier, "abuse_email"))
    cdn, host = _first(dossier, "cdn"), _first(dossier, "as_name")
    if cdn:
        yield english.TO_CDN.format(cdn=cdn)
    elif host:
        yield english.TO_HOST.format(host=host)
    suffix = _suffix(alert.domain)
    if suffix:
        yield english.TO_REGISTRY.format(suffix=suffix)


def _registrar(registrar: str, abuse: str) -> str:
    if registrar and abuse:
        return english.TO_REGISTRAR_AT.format(registrar=registrar, abuse=abuse)
    if abuse:
        return english.TO_ABUSE.format(abuse=abuse)
    if registrar:
        return english.TO_REGISTRAR.format(registrar=registrar)
    return english.TO_SOME_REGISTRAR


def _first(dossier: Dossier, field: str) -> str:
    values = values_of(dossier, field)
    return value_in_words(field, values[0]) if values else ""


def _suffix(domain: str) -> str:
    try:
        return names.defang(names.parse(domain).suffix)
    except NotAName:
        return ""
