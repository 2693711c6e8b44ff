"""Why something is not known, and other sentences that are stored in English, in French."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache

from hunter import ribs
from hunter.wording import declared, english_health, french_health, moments
from hunter.wording.french_troubles import TROUBLES

REASONS: Mapping[str, str] = {
    # The registry and who answers for it.
    "withheld by the registry or the registrar": (
        "information masquée par le registre ou le bureau d'enregistrement"
    ),
    "withheld by the registry": "information masquée par le registre",  # as hunter said it before
    "a privacy service stands in for the holder": (
        "un service d'anonymisation se substitue au titulaire"
    ),
    "the registry's answer names no holder": "la réponse du registre ne nomme pas de titulaire",
    "{registry}, and at the registrar: {why}": (
        "{registry} ; du côté du bureau d'enregistrement : {why}"
    ),
    "not found there": "rien n'y a été trouvé",
    "the registry's answer does not say": "la réponse du registre ne le dit pas",
    "a host under the platform {suffix}; its registration is not public": (
        "un hôte de la plateforme {suffix}, dont l'enregistrement n'est pas public"
    ),
    "no RDAP server is known for .{ending}": "aucun serveur RDAP n'est connu pour .{ending}",
    "no WHOIS server is known for .{ending}": "aucun serveur WHOIS n'est connu pour .{ending}",
    "the server's answer is no RDAP answer about a domain": (
        "la réponse du serveur n'est pas une réponse RDAP sur un domaine"
    ),
    "the server answered about another domain": "le serveur a répondu sur un autre domaine",
    "an answer about another domain": "une réponse sur un autre domaine",
    "the server answered with status {status}": "le serveur a répondu par le code {status}",
    "{path} is answered with status {status}": "la réponse à {path} est le code {status}",
    "its server answered with status {status}": "son serveur a répondu par le code {status}",
    "{server} answered with status {status}": "{server} a répondu par le code {status}",
    "{server} refuses to answer for now": "{server} refuse de répondre pour le moment",
    "{server} asked to be left alone": "{server} demande une pause",
    "{server} did not answer within {seconds} s": "{server} n'a pas répondu en {seconds} s",
    "the answer of {server} cannot be read": "la réponse du serveur {server} est illisible",
    # Whoever is asked.
    "{why}; not asked again before {at} UTC": "{why} ; plus de question avant le {at} UTC",
    "no answer in time": "pas de réponse à temps",
    "a fault in hunter; see the journal": "une erreur dans hunter ; voir le journal du système",
    "{host} cannot be resolved: {why}": "{host} est introuvable dans le DNS : {why}",
    "{host} is refused: {why}": "{host} est refusé : {why}",
    "cannot be reached: {why}": "est injoignable : {why}",
    "{host} did not answer {within}": "{host} n'a pas répondu {within}",
    "in time": "à temps",
    "did not answer properly: {why}": "n'a pas répondu comme il faut : {why}",
    "the connection was closed": "la connexion a été fermée",
    "broke off in the middle of its answer": "s'est interrompu au milieu de sa réponse",
    # DNS.
    "the name is not one that can be asked for": "un tel nom ne peut pas être demandé",
    "the name server failed (SERVFAIL)": "le serveur de noms a échoué (SERVFAIL)",
    "the name server refused to answer": "le serveur de noms a refusé de répondre",
    "no answer from the name server in time": "le serveur de noms n'a pas répondu à temps",
    "the name server cannot be reached": "le serveur de noms est injoignable",
    "the question was given up": "la question a été abandonnée",
    "no answer about {domain} either: {why}": "pas de réponse sur {domain} non plus : {why}",
    # Servers, lists and pages.
    "the source of AS numbers does not say": "la source des numéros d'AS ne le dit pas",
    "Team Cymru knows no network that holds {address}": (
        "Team Cymru ne connaît aucun réseau où soit {address}"
    ),
    "Team Cymru could not be asked: {why}": "Team Cymru n'a pas pu être interrogé : {why}",
    "{address} is no public address but {kind}": (
        "{address} n'est pas une adresse publique, mais {kind}"
    ),
    "{inner} in disguise, {reason}": "{inner} sous une autre forme, {reason}",
    "private": "privée",
    "loopback": "de bouclage",
    "link-local": "de lien local",
    "site-local": "de site local",
    "multicast": "de multidiffusion",
    "unspecified": "non spécifiée",
    "reserved": "réservée",
    "shared by a carrier (RFC 6598)": "partagée par un opérateur (RFC 6598)",
    "a 6to4 relay": "celle d'un relais 6to4",
    "inside a local translation prefix": "dans un préfixe de traduction local",
    "it has no address": "il n'a pas d'adresse",
    "{count} of the hosts seen under it were not asked": (
        "hôtes vus sous ce nom qui n'ont pas été interrogés : {count}"
    ),
    "what is shown in its frames was not read": "ce que montrent ses cadres n'a pas été lu",
    "only the beginning of its front page was read": (
        "seul le début de sa page d'accueil a été lu"
    ),
    "its forms send to more than twenty places": (
        "ses formulaires envoient à plus de vingt endroits"
    ),
    "too many questions wait for {server}": "trop de demandes attendent pour {server}",
    "{address} is in no network of the database": "{address} n'est dans aucun réseau de la base",
    "no database of AS numbers is set: give asn_db in [enrichers.hosting]": (
        "aucune base de numéros d'AS n'est indiquée : donnez asn_db dans [enrichers.hosting]"
    ),
    "its addresses lead to no server": "ses adresses ne mènent à aucun serveur",
    "its addresses belong to {cdn}, which strangers share": (
        "ses adresses appartiennent à {cdn}, et des inconnus les partagent"
    ),
    "hunter knows of no other domain there, which proves little; {more}": (
        "hunter n'y connaît aucun autre domaine, ce qui ne prouve pas grand-chose ; {more}"
    ),
    "passive DNS was not asked": "le DNS passif n'a pas été interrogé",
    "passive DNS could not tell": "le DNS passif n'a pas pu répondre",
    "passive DNS could not tell: {why}": "le DNS passif n'a pas pu répondre : {why}",
    "other domains at its addresses: {count} known to hunter, {more}": (
        "autres domaines à ses adresses : {count} d'après hunter ; {more}"
    ),
    "{count} to passive DNS": "{count} d'après le DNS passif",
    "asked about {some} of its {every} addresses only": (
        "interrogé sur {some} de ses {every} adresses seulement"
    ),
    "today's questions to {provider} are spent": "les demandes du jour à {provider} sont épuisées",
    "{provider} refuses the key: status {status}": "{provider} refuse la clé : code {status}",
    "the list of exits is of {day} and tells nothing of that day": (
        "la liste des nœuds de sortie est du {day} et ne dit rien de ce jour-là"
    ),
    "there are several DMARC records; none of them counts": (
        "il y a plusieurs enregistrements DMARC ; aucun ne compte"
    ),
    "the page holds too little to be compared": "la page est trop courte pour être comparée",
    "no brand has a page": "aucune marque n'a de page",
    "there is no URL to ask: give urls in [enrichers.page]": (
        "il n'y a pas d'adresse à demander : donnez urls dans [enrichers.page]"
    ),
    "nothing listens on {place}": "rien n'écoute sur {place}",
    "{place} completes no TLS handshake: {why}": "{place} n'achève pas la négociation TLS : {why}",
    "{place} cannot be asked: {why}": "{place} ne peut pas être interrogé : {why}",
    "{server}: it cannot be asked": "{server} ne peut pas être interrogé",
    "the answer of {server} is larger than {size} bytes": (
        "la réponse du serveur {server} dépasse {size} octets"
    ),
    "{host} redirects more than {most} times": "{host} redirige plus de {most} fois",
    "only http and https are asked, not {scheme}": (
        "seuls http et https sont interrogés, et non {scheme}"
    ),
    "the address is not a URL": "l'adresse n'est pas une URL",
    "the question could not be asked: {why}": "la question n'a pas pu être posée : {why}",
    "the question failed (c-ares error {error})": "la question a échoué (erreur c-ares {error})",
    "a link that is none": "un lien qui n'en est pas un",
    "{path} is no database of AS numbers: {why}": (
        "{path} n'est pas une base de numéros d'AS : {why}"
    ),
}
"""As hunter says it, with gaps for what varies; in a gap may stand another of these."""

KINDS: Mapping[str, str] = {
    "domain": "domaine",
    "address": "adresse",
    "name server": "serveur de noms",
    "mail server": "serveur de messagerie",
    "mailbox": "adresse électronique",
}
"""What of a domain may be listed."""
_LISTING = re.compile(
    rf"(?P<kind>{'|'.join(KINDS)}) (?P<value>\S+) in (?P<list>.+?)"
    r"(?: of (?P<day>\d{4}-\d\d-\d\d))?"
)
_WHOSE = {
    r"(?P<who>\S+) answered (?P<why>[45]\d\d .*)": "{who} a répondu : {why}",
    r"(?P<who>'.+'|https?://\S+): (?P<why>.+)": "{who} : {why}",
    r"(?P<who>(?=\S*[.:])[\d.:a-f]+) is (?P<why>.+)": "{who} est {why}",
    rf"(?P<channel>{'|'.join(ribs.names('notifiers'))}): (?P<why>.+)": "{channel} : {why}",
    r"(?P<rules>\d+) rules?, (?P<ties>\d+) correlations?, (?P<filters>\d+) filters?": (
        "règles : {rules}, corrélations : {ties}, filtres : {filters}"
    ),
    r"(?P<who>\S+[.:]\S+) (?P<why>.+)": "{who} {why}",
}
"""A server, or a list, and what is to be said of it."""
_BETWEEN = "; "
"""Stands between what a part reports in one line."""
_MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d(?: UTC)?"
_GAP = re.compile(r"\\\{([a-z]+)\\\}")


def in_french(sentence: str) -> str:
    """The sentence in French; what somebody else wrote stays as it is."""
    for pattern, french in _patterns():
        found = pattern.fullmatch(sentence)
        if found:
            gaps = found.groupdict()
            return french.format(**{name: _filled(name, gaps[name]) for name in gaps})
    parts = sentence.split(_BETWEEN)
    told = [in_french(part) for part in parts] if len(parts) > 1 else parts
    return sentence if told == parts else f" {_BETWEEN}".join(told)


def listing_in_french(listing: str) -> str:
    """What stands on which list, and of which day the list is."""
    found = _LISTING.fullmatch(listing)
    if found is None:
        return listing
    dated = f" du {_filled('day', found['day'])}" if found["day"] else ""
    return f"{KINDS[found['kind']]} {found['value']} dans {found['list']}{dated}"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[re.Pattern[str], str]]:
    told = (declared.troubles("fr"), REASONS, TROUBLES)
    for english, french in (*(line for one in told for line in one.items()), *_of_health()):
        line = re.escape(" ".join(english.split()))
        yield re.compile(_GAP.sub(_held, line)), french
    for word in sorted(english_health.LIES):
        yield re.compile(f"{word}: (?P<why>.+)"), f"{french_health.WORDS[word]} : {{why}}"
    for whose, french in _WHOSE.items():
        yield re.compile(whose), french


def _held(gap: re.Match[str]) -> str:
    """What a gap may hold; beside a moment another may stand, which would take a part of it."""
    return f"(?P<{gap[1]}>{_MOMENT if gap[1] == 'at' else '.+'})"


def _of_health() -> Iterator[tuple[str, str]]:
    """What is reported of hunter itself is one sentence for all who hear of it."""
    for name in _REPORTED:
        yield getattr(english_health, name), getattr(french_health, name)
    for step, english in english_health.HELD_BEFORE.items():
        yield english, french_health.HELD_BEFORE[step]


_REPORTED = (
    *("CANARY_HOME", "CANARY_HELD", "NO_CANARY", "HELD_BY_RULES", "HELD_BY_CHANNEL"),
    *("CERTIFICATE_SEEN", "CERTIFICATE_LATE"),
)


def _filled(gap: str, value: str) -> str:
    if gap in _WHEN:
        return _when(gap, value)
    return _number(value) if _NUMBER.fullmatch(value) else in_french(value)


def _when(gap: str, value: str) -> str:
    """A day or a moment; what is none, which somebody else wrote, stays as it is."""
    stamp, utc, _ = value.partition(" UTC")
    try:
        return _WHEN[gap](datetime.fromisoformat(stamp)) + utc
    except ValueError:
        return value


def _number(value: str) -> str:
    """`12,345.6` as French has it: a comma would part off decimals there."""
    return value.replace(",", " ").replace(".", ",")


_WHEN: Mapping[str, Callable[[datetime], str]] = {"day": moments.day, "at": moments.time}
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?")
