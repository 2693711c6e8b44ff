"""What to do next, by kind of alert."""

from collections.abc import Iterator

from hunter import names
from hunter.errors import NotAName
from hunter.model import DONE, Alert, BrandKind, Dossier, Level, Stage
from hunter.wording.catalogue import step_words as words
from hunter.wording.facts import leads_home, values_of
from hunter.wording.sentences import shown_in_letters, shown_name, value_in_words


def next_steps(alert: Alert, dossier: Dossier, kind: str) -> tuple[str, ...]:
    """The steps in the order in which to take them, one sentence or two each."""
    return tuple(_steps(alert, dossier, kind))


def _steps(alert: Alert, dossier: Dossier, kind: str) -> Iterator[str]:
    if kind in DONE:
        yield words.DONE
        return
    if alert.severity < Level.MEDIUM:
        yield words.NOT_URGENT
    if alert.is_mere_link:
        yield from _of_a_link(alert, dossier)
    else:
        yield from _of_a_lookalike(alert, dossier, kind)


def _of_a_link(alert: Alert, dossier: Dossier) -> Iterator[str]:
    """What a shared value alone led to may be a firm's whose mailbox a squatter wrote down."""
    domain = shown_name(alert.domain)
    yield words.WHOSE.format(domain=domain, brand=shown_in_letters(alert.brand))
    if brand_kind(dossier) is BrandKind.PARTNER:
        yield words.TELL_PARTNER.format(brand=shown_in_letters(alert.brand))
    yield words.DO_NOT_VISIT
    yield words.PRESERVE
    yield words.IF_THEIRS.format(domain=domain)
    yield words.YOURS.format(domain=domain)


def _of_a_lookalike(alert: Alert, dossier: Dossier, kind: str) -> Iterator[str]:
    domain, host = shown_name(alert.domain), shown_name(_imitator(alert, dossier))
    yield (words.BLOCK if kind == "opened" else words.BLOCK_STILL).format(domain=host)
    if host != domain:
        yield words.NOT_THE_FIRMS.format(domain=domain)
    if dossier.fields.get("stage") == str(Stage.UNREGISTERED):
        yield words.NOT_REGISTERED.format(domain=domain)
    if dossier.fields.get("page_password") is True and not leads_home(dossier):
        yield words.PAGE_ASKS
    if dossier.fields.get("has_mx") is True:
        yield words.WATCH_MAIL.format(domain=domain)
    if brand_kind(dossier) is BrandKind.PARTNER:
        yield words.TELL_PARTNER.format(brand=shown_in_letters(alert.brand))
    yield words.WARN
    yield words.DO_NOT_VISIT
    yield words.PRESERVE
    yield words.REPORT.format(addressees=words.BETWEEN_ADDRESSEES.join(_addressees(alert, dossier)))
    yield words.TAKEDOWN.format(domain=domain)
    if alert.is_confirmed:
        yield words.GONE.format(domain=domain)
        return
    yield words.DECEIVES.format(domain=domain)
    yield (words.YOURS if host == domain else words.YOURS_AS_HOST).format(domain=domain, host=host)


def _imitator(alert: Alert, dossier: Dossier) -> str:
    """The host under a domain that was not met itself and may be a stranger's; else the domain."""
    if alert.domain in values_of(dossier, "name"):
        return alert.domain
    return names.host_of(alert.match.name, alert.match.span, alert.domain)


def brand_kind(dossier: Dossier) -> BrandKind:
    """Whether the brand is the reader's own or a partner's; their own when nobody says."""
    partner = dossier.fields.get("brand_kind") == BrandKind.PARTNER
    return BrandKind.PARTNER if partner else BrandKind.BRAND


def _addressees(alert: Alert, dossier: Dossier) -> Iterator[str]:
    yield _registrar(_first(dossier, "registrar"), _first(dossier, "abuse_email"))
    cdn, host = _first(dossier, "cdn"), _first(dossier, "as_name")
    if cdn:
        yield words.TO_CDN.format(cdn=cdn)
    elif host:
        yield words.TO_HOST.format(host=host)
    suffix = _suffix(alert.domain)
    if suffix:
        yield words.TO_REGISTRY.format(suffix=suffix)


def _registrar(registrar: str, abuse: str) -> str:
    if registrar and abuse:
        return words.TO_REGISTRAR_AT.format(registrar=registrar, abuse=abuse)
    if abuse:
        return words.TO_ABUSE.format(abuse=abuse)
    if registrar:
        return words.TO_REGISTRAR.format(registrar=registrar)
    return words.TO_SOME_REGISTRAR


def _first(dossier: Dossier, field: str) -> str:
    values = values_of(dossier, field)
    return value_in_words(field, values[0]) if values else ""


def _suffix(domain: str) -> str:
    try:
        return names.defang(names.parse(domain).suffix)
    except NotAName:
        return ""
