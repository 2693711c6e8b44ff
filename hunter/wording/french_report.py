"""The French words of `hunter report`: every one of `english_report`, and nothing else."""

from hunter.model import Stage
from hunter.wording import french, french_spelling

TITLE = "hunter : {span}"
HEADING = "Ce qui a ressemblé à {brands}"
SPAN = "du {since} au {until} (UTC)"
MONTHS = french_spelling.MONTHS
FIRST_OF_MONTH = french.FIRST_OF_MONTH
DAY = "{day} {month} {year}"
DAY_AND_TIME = "{day} {month} {year} à {time}"
SHORT_DAY = "%d/%m"
SHORT_MONTH = "%m/%Y"
SHORT_HOUR = "%H:%M"

NOTHING = "Rien de ce qui vous ressemble ne s'est montré dans cette période."
IN_SHORT = "{lookalikes} ; {opened}{delay}."
LOOKALIKES = (
    "Aucune nouvelle imitation ne s'est montrée",
    "Une nouvelle imitation s'est montrée",
    "{count} nouvelles imitations se sont montrées",
)
OPENED = (
    "aucune alerte n'a été ouverte",
    "une alerte a été ouverte",
    "{count} alertes ont été ouvertes",
)
DELAY = ", le plus souvent {delay} après la première observation"
DELAY_OF_ONE = ", {delay} après la première observation"
AND_TROUBLE = (
    "Parmi les composants qui surveillent ou préviennent, {count} {are} en difficulté : ce que l'on"
    " aurait vu grâce à eux manque ici."
)
ARE = ("est", "sont")

TILE_LOOKALIKES = ("nouvelle imitation", "nouvelle imitation", "nouvelles imitations")
TILE_LOOKALIKES_NOTE = "dont {plain} de ressemblance nette"
TILE_OPENED = ("alerte ouverte", "alerte ouverte", "alertes ouvertes")
TILE_OPENED_NOTE = "dont {grave} de gravité haute ou critique"
TILE_DELAY = "de la première observation à l'alerte"
TILE_DELAY_NOTE = "médiane ; maximum : {slowest}"
TILE_DISMISSED = ("écartée", "écartée", "écartées")
TILE_DISMISSED_NOTE = "sans danger, selon une personne"
TILE_WATCH = "composants en ordre"
TILE_WATCH_NOTE = "{trouble} en difficulté"

COURSE = "Le déroulement"
COURSE_NEW = "Nouvelles imitations"
COURSE_OPENED = "Alertes ouvertes"
COURSE_LABEL = "Graphique : nouvelles imitations ({lookalikes}) et alertes ({opened}), {step}"
PER = {3600: "par heure", 86400: "par jour", 604800: "par semaine"}
COLUMN = "{start} : nouvelles imitations {lookalikes}, alertes ouvertes {opened}"

ALERTS = "Alertes"
ALERTS_NOTE = "Ouvertes ou modifiées dans cette période, les plus graves d'abord."
NO_ALERTS = "Aucune n'a été ouverte ni modifiée."
COLUMNS = {
    "severity!": "Gravité",
    "domain!": "Domaine",
    "how…": "Manière",
    "stage…": "Où il en est",
    "state…": "État",
    "opened": "Ouverture",
    "why": "Pourquoi",
}
AFTER = "{delay} après la première observation"
BEFORE = "avant cette période"
SHOWN_AS = "affiché {shown}"
IMITATES = "ressemble à {brand}"
LINKED = "lié à des imitations {of_brand}"
MORE_ALERTS = "et {count} de plus : hunter alerts list"

INCIDENTS = "Incidents"
INCIDENTS_NOTE = (
    "Des domaines qui partagent ce que des inconnus partagent rarement, racontés ensemble."
)
MORE_LINES = "et {count} de plus : hunter incidents show {incident}"
MORE_INCIDENTS = "et {count} de plus : hunter incidents list"

LOOKALIKES_HEADING = "Nouvelles imitations"
LOOKALIKES_NOTE = (
    "Tout nom qui ressemble à une marque, qu'il ait mené à une alerte ou non. En foncé : nettement"
    " (ressemblance de 0,5 ou plus) ; en clair : faiblement, comme beaucoup de mots courants."
)
BY_TECHNIQUE = "Par manière d'imiter"
BY_STAGE = "Par étape atteinte"
STAGES = {
    str(Stage.UNREGISTERED): "non enregistré (ou plus)",
    str(Stage.REGISTERED): "enregistré",
    str(Stage.NAME_SERVERS): "serveurs de noms",
    str(Stage.ADDRESS): "adresse",
    str(Stage.CERTIFICATE): "certificat",
    str(Stage.MAIL): "reçoit des courriels",
    str(Stage.WEB): "page web",
    "": "pas encore examiné",
}
TECHNIQUES = {"track": "trouvé par ce qu'il partage"}
MORE_BARS = "et {count} de plus"
BAR_TITLE = "{label} : {count}, dont {plain} de ressemblance nette"

DELAYS = "De la première observation à l'alerte"
DELAYS_NOTE = (
    "La première observation est le moment où une source a vu le nom ; l'alerte attend que le nom"
    " ait été examiné et jugé, et certains noms ne deviennent graves que plus tard."
)
DELAY_TITLE = "{label} : {count}"
WITHIN = (
    *("en une minute au plus", "en 10 minutes", "en une heure", "en 6 heures", "en un jour"),
    "plus tard",
)

WATCHED = "Ce qui était surveillé, et jusqu'à quel point"
WATCHED_NOTE = (
    "État à la date de ce rapport. « Sans interruption » veut dire que tout était en ordre dès"
    " avant le {since}."
)
SEEN_BY = "Nouveaux noms par source : {sources}."
SOURCE = "{source} ({count})"
SEEN_BY_NOBODY = "Aucune source n'a vu de nouveau nom qui vous ressemble."
WELL = "en ordre"
TROUBLE = "en difficulté"
OFF = "hors service"
WHOLE = "sans interruption"
FROM = "depuis le {since}"
NOT_SINCE = "interruption depuis le {since}"
PART_COLUMNS = {
    "part!": "Composant",
    "state…": "État",
    "span…": "Dans cette période",
    "message": "Dernières nouvelles",
}
MANY_WELL = "{count} sur {every} en ordre"
SILENT = "Configuré, mais n'a encore rien dit"

DISMISSED = "Ce qui a été écarté, et pourquoi"
DISMISSED_NOTE = (
    "Des noms qu'une personne a jugés sans danger. hunter n'en reparle que s'ils deviennent plus"
    " graves ou, là où seul un hôte imitait, pour un autre hôte."
)
NO_DISMISSALS = "Rien n'a été écarté."
EARLIER_DISMISSALS = "et {count} avant celles-ci : hunter alerts list --state dismissed"
NO_REASON = "aucune raison n'a été donnée"
DISMISSED_COLUMNS = {"domain!": "Domaine", "at…": "Quand", "who…": "Par", "why": "Pourquoi"}

LETTERS = "Lettres de signalement"
LETTERS_NOTE = "Ce qui a été écrit et envoyé. hunter écrit, des personnes envoient."
LETTER_COLUMNS = {
    "domain!": "Domaine",
    "at…": "Quand",
    "what…": "Lettre",
    "to…": "À",
    "note": "Note",
}
LETTER_KINDS = {"written": "écrite", "sent": "envoyée"}
ADDRESSEES = {
    "registrar": "bureau d'enregistrement",
    "host": "hébergeur",
    "cdn": "réseau de diffusion",
    "platform": "plateforme",
    "registry": "registre",
}

CAVEAT_HEADING = "Comment lire ce rapport"
CAVEAT = (
    "Qu'un nom ressemble au vôtre n'est pas la preuve d'une intention, et rien ici ne dit qui est"
    " derrière l'un d'eux : le hasard, un titulaire légitime ou quelqu'un qui reprend exprès des"
    " habitudes connues restent possibles. Ce qui ne se montre nulle part (sans certificat, dans"
    " aucune liste, hors des noms que hunter essaie) n'est pas dans ce rapport."
)
FOOTER = (
    "Écrit par hunter {version} le {at} UTC. Les points sont entre crochets pour que rien ne"
    " s'ouvre par accident."
)
WRITTEN = "{file} : {lookalikes}, {opened}"
WRITTEN_LOOKALIKES = (
    "aucune nouvelle imitation",
    "1 nouvelle imitation",
    "{count} nouvelles imitations",
)
WRITTEN_OPENED = ("aucune alerte ouverte", "1 alerte ouverte", "{count} alertes ouvertes")

NO_TIME = "–"
UNDER_A_SECOND = "moins de 1\N{NO-BREAK SPACE}s"
SECONDS = "{count}\N{NO-BREAK SPACE}s"
MINUTES = "{count}\N{NO-BREAK SPACE}min"
HOURS = "{count}\N{NO-BREAK SPACE}h"
DAYS = "{count}\N{NO-BREAK SPACE}j"
