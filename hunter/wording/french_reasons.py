"""Why something is not known, and other sentences that are stored in English, in French."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache

from hunter.wording import english_health, french_health, moments

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
    "only the beginning of its front page was read": (
        "seul le début de sa page d'accueil a été lu"
    ),
    "too many questions wait for {server}": "trop de demandes attendent pour {server}",
    "{address} is in no network of the database": "{address} n'est dans aucun réseau de la base",
    "no database of AS numbers is set: give asn_db in [enrichers.hosting]": (
        "aucune base de numéros d'AS n'est indiquée : donnez asn_db dans [enrichers.hosting]"
    ),
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
        "autres domaines à ses adresses : {count} connus de hunter ; {more}"
    ),
    "{count} to passive DNS": "{count} du DNS passif",
    "only {some} of its {every} addresses were asked about": (
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
    # Lists of new registrations.
    "holds no names": "ne contient aucun nom",
    "holds {number} files, more than {most}": "contient {number} fichiers, plus de {most}",
    "has {names} names, less than half of the usual {usual}": (
        "a {names} noms, moins de la moitié des {usual} habituels"
    ),
    "{broken} of {lines} lines hold no name": "lignes sans nom : {broken} sur {lines}",
    "a web page, not a list of names": "une page web, et non une liste de noms",
    "the gzip data ends in the middle: the file is cut short": (
        "les données gzip s'arrêtent au milieu : le fichier est tronqué"
    ),
    # Certificate Transparency logs.
    "the tree head cannot be read: {why}": "la tête de l'arbre est illisible : {why}",
    "the checkpoint cannot be read: {why}": "la tête de l'arbre est illisible : {why}",
    "no signed note": "ce n'est pas une note signée",
    "entries {first} to {last} cannot be read: {why}": (
        "les entrées {first} à {last} sont illisibles : {why}"
    ),
    "not signed by the log's key": "elle n'est pas signée par la clé du journal",
    "no signature by the log itself": "elle n'est pas signée par le journal",
    "the tree shrank from {old} to {new} entries": "l'arbre est passé de {old} à {new} entrées",
    "two signed trees of {size} entries differ": "deux arbres signés de {size} entrées diffèrent",
    "the tree of {size} entries does not continue the verified one of {start}": (
        "l'arbre de {size} entrées ne prolonge pas celui de {start}, qui est vérifié"
    ),
    "entries from {start} on do not hash to the signed root": (
        "les entrées à partir de {start} ne mènent pas à la racine signée"
    ),
    "no good answer since {at} UTC": "sans bonne réponse depuis le {at} UTC",
    "{mine}, its host's logs {host},": "{mine} (tous les journaux de son hôte : {host})",
    # How a part of hunter fares.
    "answers": "répond",
    "delivers": "remet les messages",
    "gathered": "relevé fait",
    "loaded": "en vigueur",
    "works": "fonctionne",
    "can be reached again": "de nouveau joignable",
    "names are coming in": "des noms arrivent",
    "the list is read": "la liste est lue",
    "the list of its prefixes is read": "la liste de ses préfixes est lue",
    "the server hung up": "le serveur a coupé la connexion",
    "{names} names in {lists} new lists": "noms : {names}, nouvelles listes : {lists}",
    "{exist} of {asked} names exist": "noms qui existent : {exist} sur {asked}",
    "could not tell of {count}, mostly because {why}": (
        "sans réponse sûre : {count}, le plus souvent parce que : {why}"
    ),
    "passed over {count} where every name answers ({suffixes})": (
        "laissés de côté, là où tout nom répond : {count} ({suffixes})"
    ),
    "{followed} of {listed} listed logs are followed": "journaux suivis : {followed} sur {listed}",
    "verified to entry {entry}, {late}": "vérifié jusqu'à l'entrée {entry}, {late}",
    "{count} behind ({minutes} min)": "{count} de retard ({minutes} min)",
    "needs {need} of {most} requests/s": "a besoin de {need} requêtes/s sur {most}",
    "{count} malformed, the latest {latest}": "mal formées : {count}, la dernière {latest}",
    "falls behind: {figures}": "prend du retard : {figures}",
    "has signed nothing since {at} UTC; {figures}": "n'a rien signé depuis le {at} UTC ; {figures}",
    "set; of the domains stored until then {count} fitted": (
        "en place ; domaines déjà en base qui y répondent : {count}"
    ),
    "held against {count} stored names; {found}": "comparé à {count} noms de la base ; {found}",
    "new lookalikes among them: {count}": "nouvelles imitations parmi eux : {count}",
    "there is room for {folder}": "il y a de la place pour {folder}",
    "{free} MB are free for {folder}": "{free} Mo sont libres pour {folder}",
    # Why a channel does not deliver.
    "email: put off: {why}": "email : remis à plus tard : {why}",
    "email: every address was refused: {why}": (
        "email : toutes les adresses ont été refusées : {why}"
    ),
    "email: {why}": "email : {why}",
    "refused: {why}": "refusé : {why}",
    "passed over: {why}": "laissé de côté : {why}",
    "given up after {days} days: {why}": "abandonné après {days} jours : {why}",
    "{server} could not be used: {why}": "{server} n'a pas pu être utilisé : {why}",
    "{channel}: the webhook answered {why}": "{channel} : le webhook a répondu : {why}",
    "slack: a web page answered in Slack's place": (
        "slack : une page web a répondu à la place de Slack"
    ),
    "slack: {method} answered {error}": "slack : {method} a répondu : {error}",
    "the channel is no longer configured": "le canal n'est plus configuré",
    "{count} in a row refused and tried again every hour: {why}": (
        "refusés de suite, et retentés toutes les heures : {count} ; {why}"
    ),
    "switched off: {why}": "hors service : {why}",
    "{count} refused and tried again every hour: {why}": (
        "refusés, et retentés toutes les heures : {count} ; {why}"
    ),
    "its look of {at} UTC does not end": "son relevé du {at} UTC n'en finit pas",
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
    r"(?P<who>'.+'): (?P<why>.+)": "{who} : {why}",
    r"(?P<who>\S+[.:]\S+) (?P<why>.+)": "{who} {why}",
}
"""A server, or a list, and what is to be said of it."""
_BETWEEN = "; "
"""Stands between what a part reports in one line."""
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
    for english, french in (*REASONS.items(), *_of_health()):
        yield re.compile(_GAP.sub(r"(?P<\1>.+)", re.escape(english))), french
    for word in sorted(english_health.LIES):
        yield re.compile(f"{word}: (?P<why>.+)"), f"{french_health.WORDS[word]} : {{why}}"
    for whose, french in _WHOSE.items():
        yield re.compile(whose), french


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
