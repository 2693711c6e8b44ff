"""The French words: every sentence and label of `english`, and nothing else."""

from hunter.model import AlertState, Level, Stage
from hunter.wording import english, french_fields, french_spelling

# --- Lists and values ---------------------------------------------------------------------------

AND = " et "
YES = "oui"
NO = "non"
NONE = "aucun"
SINGULAR = frozenset((0, 1))
MORE = "et {count} de plus"
UNPRINTABLE = "(rien d'imprimable)"

# --- Fields -------------------------------------------------------------------------------------

FACT_FIELDS = french_fields.FACT_FIELDS
SPOKEN_FIELDS = french_fields.SPOKEN_FIELDS
FIELDS = french_fields.FIELDS
PREFIXES = {"asn": "AS"}
BESIDE_OTHERS = english.BESIDE_OTHERS
ONLY_WHEN_TRUE = english.ONLY_WHEN_TRUE
DAY_FIELDS = english.DAY_FIELDS
NOTES = french_fields.NOTES

# --- Levels and likeness ------------------------------------------------------------------------

LEVELS = {
    Level.INFORMATIONAL: "pour information",
    Level.LOW: "faible",
    Level.MEDIUM: "moyenne",
    Level.HIGH: "haute",
    Level.CRITICAL: "critique",
}
STATES = {
    AlertState.NEW: "nouvelle",
    AlertState.ACKNOWLEDGED: "prise en charge",
    AlertState.ESCALATED: "transmise",
    AlertState.CONFIRMED: "confirmée",
    AlertState.DISMISSED: "écartée",
    AlertState.CLOSED: "close",
}
NO_REASON = "aucune raison n'a été donnée"
LIKENESS_LABEL = "Ressemblance"
LIKENESS = "{words} ({number} sur 1)"
DECIMAL_MARK = ","
LIKENESS_LINKED = "aucune, trouvé par ce qu'il partage"
LIKENESS_WORDS = (
    (0.9, "très forte"),
    (0.7, "forte"),
    (0.5, "nette"),
    (0.0, "faible"),
)
SCORE_LABEL = "Score"
SCORE_ONE = "{points} sur 100, d'après une règle"
SCORE_MANY = "{points} sur 100, d'après {rules} règles"

OF = "de {name}"
OF_ELIDED = "d'{name}"
ELIDED = french_spelling.ELIDED

# --- What imitates what -------------------------------------------------------------------------

SUBJECT = "[{level}] {domain} ressemble à {brand}"
SUBJECT_LINKED = "[{level}] {domain} est lié à des imitations {of_brand}"

YOUR_NAME = "votre nom {matched}"
YOUR_DOMAIN = "votre domaine {matched}"
YOUR_KEYWORD = "votre mot-clé {matched}"
PARTNERS_NAME = "le nom {matched} de votre partenaire"
PARTNERS_DOMAIN = "le domaine {matched} de votre partenaire"
PARTNERS_KEYWORD = "le mot-clé {matched} de votre partenaire"

CARRIES = "{name} porte {whose}{around}"
CARRIES_DISGUISED = "{name} porte {matched}, c'est-à-dire {whose} {how},{around}"
IS_DISGUISED = "{name} est {whose} {how}"
IS_ITSELF = "{name} est {whose}, tel quel"
IS_ALIKE = "{name} est {whose} sous une autre extension"
EMBEDS = "{name} met {whose}{how} sous un autre domaine, {registrable}"
NO_LIKENESS = "{name} ne ressemble pas à {brand}. {reason}"
SHOWN_AS = "{name} (affiché {unicode})"
WORD_BEFORE = " précédé du mot {before}"
WORDS_BEFORE = " précédé des mots {before}"
WORD_AFTER = " suivi du mot {after}"
WORDS_AFTER = " suivi des mots {after}"
WORDS_AROUND = " entre {before} et {after}"

TECHNIQUES = {
    "addition": "avec un caractère ajouté à la fin",
    "bitsquatting": "avec une lettre qui diffère d'un seul bit",
    "cyrillic": "en lettres cyrilliques d'apparence semblable",
    "homoglyph": "en caractères d'apparence semblable",
    "homograph": "en lettres d'apparence semblable, accentuées ou d'une autre écriture",
    "homophone": "comme on le prononce",
    "hyphenation": "avec un autre découpage",
    "insertion": "avec un caractère en plus",
    "omission": "avec une lettre en moins",
    "plural": "au pluriel",
    "repetition": "avec une lettre doublée",
    "replacement": "avec une lettre remplacée par sa voisine sur le clavier",
    "soundalike": "comme on le prononce",
    "subdomain": "dans un sous-domaine",
    "substitution": "avec un caractère remplacé par un autre",
    "tld-swap": "sous une autre extension",
    "transposition": "avec deux lettres interverties",
    "typo": "avec plusieurs lettres fausses",
    "vowel-swap": "avec une voyelle changée",
}
DISGUISED = "déguisé"
RESPELT = {
    "apart": "avec d'autres mots entre les siens",
    "dot for hyphen": "avec un point à la place d'un trait d'union",
    "dot put in": "avec un point en plus",
    "dots left out": "sans ses points",
    "hyphen for dot": "avec des traits d'union à la place des points",
    "hyphen left out": "avec un trait d'union en moins",
    "hyphen left out, several": "avec des traits d'union en moins",
    "hyphen moved": "avec des traits d'union déplacés",
    "hyphen put in": "avec un trait d'union en plus",
    "hyphen put in, several": "avec des traits d'union en plus",
    "otherwise": "avec un autre découpage",
}

# --- Transitions --------------------------------------------------------------------------------

OPENED = "{name} a été vu pour la première fois, comme une imitation {of_brand}."
OPENED_LINKED = "{name} a été vu pour la première fois, lié à des imitations {of_brand}."
REOPENED = "L'alerte était {state} ; c'est plus grave à présent qu'alors : elle est rouverte."
REREGISTERED = (
    "L'alerte était {state} ; le {day}, le domaine a été enregistré de nouveau, par on ne sait"
    " qui : elle est rouverte."
)
SILENT_UNTIL = "jusqu'au {moment}"
SILENT_UNTIL_WHY = "jusqu'au {moment} : {why}"
WOKEN = (
    "L'alerte a été écartée le {day} pour un temps qui est écoulé à présent : elle est rouverte."
)
LATECOMER = (
    "L'alerte était {state} ; depuis, un autre hôte du domaine, {host}, ressemble à la marque :"
    " elle est rouverte."
)
RAISED = "Gravité relevée de « {before} » à « {after} »."
LOWERED = "Gravité abaissée de « {before} » à « {after} »."
NEW_FINDING = "Une autre règle se déclenche ({level}) : « {title} »."
APPEARED = "{label} : {after} (apparition{when})."
VANISHED = "{label} : {before} (disparition{when})."
CHANGED = "{label} : {before}, puis {after}{when}."
LEFT_PARKING = (
    "Il pointe désormais vers {addresses}, et non plus seulement vers les serveurs partagés de"
    " {parkers}, où des noms sont souvent mis en attente."
)
LAST_CHANGE = "Cela change sans cesse : la suite est conservée et n'est plus signalée."
BETWEEN = " entre le {since} et le {until}"
ON = " le {day}"
SINCE = " depuis le {since}"
BY = " au plus tard le {until}"
SWITCHED = {
    ("has_mx", True): "Il a été doté de serveurs de messagerie{when} : il peut maintenant recevoir"
    " des courriels, et en envoyer de façon crédible.",
    ("has_mx", False): "Ses serveurs de messagerie ont disparu{when}.",
}
STAGES = {
    Stage.UNREGISTERED: "Il n'est plus enregistré.",
    Stage.REGISTERED: "Il est maintenant enregistré.",
    Stage.NAME_SERVERS: "Il a maintenant des serveurs de noms.",
    Stage.ADDRESS: "Il pointe maintenant vers une adresse IP.",
    Stage.CERTIFICATE: "Un certificat a été émis pour lui : un serveur se prépare.",
    Stage.MAIL: "Il a maintenant des serveurs de messagerie : il peut recevoir des courriels, et en"
    " envoyer de façon crédible.",
    Stage.WEB: "Une page web répond maintenant sous ce nom.",
}
STAGE_NAMES = {
    Stage.UNREGISTERED: "non enregistré",
    Stage.REGISTERED: "enregistré",
    Stage.NAME_SERVERS: "serveurs de noms",
    Stage.ADDRESS: "adresse",
    Stage.CERTIFICATE: "certificat",
    Stage.MAIL: "messagerie",
    Stage.WEB: "page web",
}
FELL_BACK = "Il est retombé de l'étape « {before} » à « {after} »."
TRACKED = (
    "Il partage {label} {value} avec {because}, qui fait l'objet d'une alerte pour {brand}."
    " Partager est un lien entre les deux, pas la preuve d'une même main."
)
TRACKED_BY_HAND = (
    "Il partage {label} {value}, sous surveillance pour {brand}. Partager est un lien avec ce qui"
    " est surveillé, pas la preuve d'une même main."
)
TRACKED_STRING = (
    "Son nom contient {value}, sous surveillance pour {brand}. Beaucoup de noms le contiennent par"
    " hasard."
)
TRACKED_FIELDS = {
    "registrant_email": "l'adresse électronique du titulaire",
    "registrant_email_domain": "le fournisseur de messagerie du titulaire",
    "registrant_org": "l'organisation du titulaire",
    "registrant_name": "le nom du titulaire",
    "ns": "le serveur de noms",
    "ns_domain": "des serveurs de noms de",
    "a": "l'adresse",
    "aaaa": "l'adresse",
    "mx": "le serveur de messagerie",
    "origin_ip": "le serveur d'origine",
    "asn": "le réseau",
    "soa_mailbox": "l'adresse du responsable de la zone",
    "network": "une adresse du réseau",
    "cert_key": "la clé du certificat",
    "page_favicon": "l'icône de sa page",
}
TRACKED_OTHER = "« {label} » :"

# --- Findings -----------------------------------------------------------------------------------

EVIDENCE = "{label} : {value}"
RELATED = "Avec : {domains}"
INNOCENT = "Lecture innocente : {reading}"
HEDGE = "C'est compatible avec cette lecture, et n'en est pas une preuve."
HEDGES = (
    "compatible", "peut", "pourrait", "possib", "peut-être", "suggère", "souvent",
    "preuve", "prouve", "probable", "habitude", "ne montre pas",
    *english.HEDGES,
)  # fmt: skip

CAVEAT = (
    "Ce qui est dit ici est compatible avec une tentative d'imiter {brand}. Ce n'est une preuve ni"
    " d'une intention, ni de qui est derrière. D'autres lectures restent ouvertes : le hasard,"
    " quelqu'un qui reprend exprès des habitudes connues, ou un titulaire légitime."
)
CAVEAT_LINKED = (
    "Ce qui est dit ici est compatible avec une même main derrière ce nom et une imitation"
    " {of_brand}. Ce n'en est pas une preuve, pas plus que d'une intention ou d'une identité."
    " D'autres lectures restent ouvertes : le hasard, quelqu'un qui reprend exprès des habitudes"
    " connues, un prestataire commun, ou un titulaire légitime."
)

# --- Headings and frame of a message -------------------------------------------------------------

KINDS = {
    "opened": "Nouvelle alerte",
    "reopened": "Alerte rouverte",
    "raised": "Alerte aggravée",
    "changed": "Alerte modifiée",
    "acknowledged": "Alerte prise en charge",
    "escalated": "Alerte transmise",
    "confirmed": "Alerte confirmée",
    "dismissed": "Alerte écartée",
    "closed": "Alerte close",
    "digest": "Résumé",
}
HISTORY = "HISTORIQUE, EN UTC"
LETTERS = "LETTRES DE SIGNALEMENT, EN UTC"
LEFT_OUT = "Il figure depuis dans owned ou ignored : hunter alerts dismiss {domain} --why RAISON"
STEP = "{at}, {kind} ({actor}) : {text}"
STEP_KINDS = {
    "opened": "ouverte",
    "reopened": "rouverte",
    "raised": "aggravée",
    "changed": "modifiée",
    "fell": "retombée",
    **{str(state): said for state, said in STATES.items()},
}
STATE = "alerte {state}"
SAID = "{actor} a déclaré l'alerte {state}."
SAID_WHY = "{actor} a déclaré l'alerte {state} : « {why} »"
SAID_REOPENED = "{actor} a rouvert l'alerte."
SAID_REOPENED_WHY = "{actor} a rouvert l'alerte : « {why} »"
BAND = "{kind} · imitation {of_brand}"
BAND_LINKED = "{kind} · lié à des imitations {of_brand}"
HEADING_NEWS = "Ce qui est nouveau"
HEADING_FINDINGS = "Pourquoi cette alerte"
HEADING_STEPS = "Que faire maintenant"
HEADING_FACTS = "Ce que l'on sait"
HEADING_UNKNOWNS = "Ce que l'on n'a pas pu savoir"
HEADING_CAVEAT = "Avec quelle certitude"
POINT = "{level}, {points} point : {sign}"
POINTS = "{level}, {points} points : {sign}"
SIGNS = (
    (50, "un signe fort à lui seul"),
    (30, "un signe qui compte, avec d'autres"),
    (0, "un signe faible à lui seul"),
)
REFERENCES = "Références : {references}"
ATTACK = "MITRE ATT&CK : {tags}"
ATTACK_GROUP = "MITRE ATT&CK : {tags} (ressemblance de méthode avec ce groupe, pas une attribution)"
FOOTER = (
    "hunter surveille les imitations {of_brand} et a écrit ceci le {at}. Les points sont entre"
    " crochets pour que rien ici ne s'ouvre par accident."
)
NOTE = "{values} – {note}"
AT = "{time} UTC"
DAY_AND_TIME = "{day} à {time}"
DAY = "{day} {month} {year}"
FIRST_OF_MONTH: int | str = "1er"
MONTHS = french_spelling.MONTHS
KEPT_TOGETHER = french_spelling.KEPT_TOGETHER
DATED_NEWS = "{day} : {text}"

# --- Several notices in one message --------------------------------------------------------------

DIGEST_NOTICE = "{count} avis"
DIGEST_NOTICES = "{count} avis"
DIGEST_SUBJECT = "[{level}] {notices} sur des imitations {of_brand}"
DIGEST_BAND = "Résumé · imitations {of_brand}"
DIGEST_HEADLINE = "{notices} sur {domains}. {why}"
DIGEST_DOMAIN_ONE = "un domaine"
DIGEST_DOMAIN_MANY = "{count} domaines"
DIGEST_WHY = {
    "digest": "Voici ce qui est venu depuis le dernier résumé.",
    "flood": "Ils sont trop nombreux pour un message chacun.",
    "retro": "Leurs noms avaient déjà été vus quand leur marque a été mise sous protection.",
    "joined": "Ces alertes étaient ouvertes quand vous avez rejoint les destinataires de hunter.",
    "joined many": (
        "Ce sont les plus graves des alertes ouvertes quand vous avez rejoint les destinataires de"
        " hunter : hunter alerts list --open les donne toutes."
    ),
    "outage": "Ils n'ont pas pu être remis plus tôt, car ce canal était inutilisable.",
    "held": "La limite de messages par jour était atteinte, et ils ont été retenus jusqu'ici.",
}
DIGEST_WHY_ONE = {
    "digest": DIGEST_WHY["digest"],
    "flood": "Il y en avait trop pour un message chacun.",
    "retro": "Son nom avait déjà été vu quand sa marque a été mise sous protection.",
    "outage": "Il n'a pas pu être remis plus tôt, car ce canal était inutilisable.",
    "held": "La limite de messages par jour était atteinte, et il a été retenu jusqu'ici.",
}
DIGEST_LEVELS = "{count} de gravité « {level} »"
DIGEST_GROUP = "Imitations {of_brand}, {pattern} : {count}"
DIGEST_GROUP_LINKED = "Liés à des imitations {of_brand} : {count}"
GIST = "{domain} ({level}) : {told}"
GIST_WHY = "{gist} – {why}"
DIGEST_MORE = "et {count} de plus du même genre"
DIGEST_LIST = "La liste complète est jointe, en CSV."
DIGEST_NO_LIST = "La liste complète : hunter alerts list --since {since}"
DIGEST_STEPS = (
    "Commencez par les plus graves. hunter alerts show DOMAINE dit tout ce que l'on sait.",
    "Voyez lesquels vont ensemble, et jugez-les d'un coup : hunter incidents list.",
    "Bloquez-les tous d'un coup : hunter alerts export --format blocklist, ou --format rpz.",
    (
        "N'en ouvrez ni n'en sondez aucun, et ne répondez pas à leurs courriels : une visite montre"
        " à qui détient un nom qu'il a été trouvé."
    ),
)
LAST_TODAY = (
    "C'est le dernier message d'aujourd'hui par ce canal : la limite de {limit} par jour est"
    " atteinte. La suite partira demain en un seul message ; ce qui est urgent part toujours."
)
GRAVEST_ALONE = (
    "À part la liste, les fichiers joints ne contiennent que les {count} plus graves. hunter alerts"
    " export les écrit tous."
)
NOT_MADE = "Non joint, à cause d'une erreur dans hunter : {files}. Le journal en dit plus."
TOO_LARGE = (
    "Laissé de côté, trop gros pour le destinataire : {files}. hunter alerts export écrit tout."
)
BRANDS_MANY = "vos domaines"
