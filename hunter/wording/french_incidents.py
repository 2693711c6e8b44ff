"""The French words of an incident: every one of `english_incidents`, and nothing else."""

TITLE = "Incident {number} : {core}{attached}, en rapport avec {brands}"
CORE = "{count} domaines liés entre eux"
ATTACHED_ONE = " et un autre moins étroitement"
ATTACHED_MANY = " et {count} autres moins étroitement"
NOBODYS = "vous"

# --- Chapters -----------------------------------------------------------------------------------

DOMAINS = "Les domaines"
COURSE = "Dans l'ordre du temps (les changements, au jour où hunter les a vus)"
TIES = "Ce qui les lie entre eux"
LOOSER = "Ce qui est lié moins étroitement"
CONTEXT = "Ce que l'on sait d'autre"
READING = "Comment le lire"
OTHERWISE = "Autres lectures"
CONFIRM = "Ce qui le confirmerait"
REFUTE = "Ce qui l'infirmerait"

# --- The domains --------------------------------------------------------------------------------

MEMBER = "{domain}{hosts} : {registered} ; {likeness}{alert}."
HOSTS = " (avec {hosts})"
REGISTERED = "enregistré le {day}"
NOT_DATED = "date d'enregistrement inconnue, vu pour la première fois le {day}"
NEVER_DATED = "date d'enregistrement inconnue"
IMITATES = "ressemble à {brand}"
RESEMBLES_NONE = "ne ressemble à aucune marque, et a été trouvé par ce qu'il partage"
WATCHED_STRING = "ne ressemble à aucune marque, et contient un texte surveillé"
IN_ALERT = " ; alerte de gravité « {severity} », {state}"
IN_NO_ALERT = " ; dans aucune alerte"

# --- The course of events -----------------------------------------------------------------------

EVENT = "{day}  {domain} – {what}"
EVENT_REGISTERED = "enregistré"
EVENT_FROM = "{label} : {values}"
EVENT_UNTIL = "{label} : {values}, jusque-là"
EVENT_ALERT = "hunter a donné l'alerte"
MORE_EVENTS = "… et {count} de plus"

# --- Links --------------------------------------------------------------------------------------

SHARE = "{domains} partagent {what} (force {strength} sur 1 : {shared})."
SHARED_BY = "{count} domaines de la base l'ont en commun"
KNOWN_WITH = "{count} domaines connus l'ont en commun"
AS_HANDS = (
    "{shared} et comptent pour {hands}, car ce qui semble venir d'une même main ne compte qu'une"
    " fois"
)
TOLD = (
    " Pour {domains}, c'est ce que quelqu'un a dit du serveur d'origine ; hunter ne peut pas le"
    " voir lui-même."
)
HABIT = (
    "{domains} concernent une même marque, ont été enregistrés à quelques semaines d'intervalle, et"
    " leurs titulaires utilisent un même fournisseur de messagerie, {value} (force {strength} sur 1"
    " : {shared}). C'est une habitude : compatible avec une même main, sans en être la preuve, car"
    " beaucoup de gens honnêtes l'ont aussi."
)
OWN_NAME_SERVERS = (
    "{domains} : les serveurs de noms sont sous {value} (force {strength} sur 1 : {shared})."
)
CO_NAMES = (
    "{domains} figurent dans un même certificat, émis pour {value}"
    " (force {strength} sur 1 : il vaut pour {count} domaines)."
)
DECIDED = "{domains} vont ensemble, {actor} l'a décidé{why}."
WHY = " : « {why} »"
TRAITS = {
    "registrant_email": "l'adresse électronique du titulaire, {value}",
    "registrant_org": "l'organisation du titulaire, {value}",
    "registrant_name": "le nom du titulaire, {value}",
    "cert_key": "la clé de leurs certificats, {value}",
    "soa_mailbox": "l'adresse du responsable de la zone, {value}",
    "dmarc_mailbox": "l'adresse {value}, qui reçoit les rapports DMARC sur leurs courriels",
    "mx": "le serveur de messagerie {value}",
    "address": "l'adresse {value}",
    "asn": "le réseau AS{value}",
    "ns_domain": "des serveurs de noms sous {value}",
    "page_favicon": "l'icône de leurs pages, {value}",
}
TRAIT = "« {label} » : {value}"
ATTACHED = "{domains} est rattaché (force {strength} sur 1). {reasons}"
ATTACHED_TOGETHER = "{domains} sont rattachés (force de chacun {strength} sur 1). {reasons}"

TOGETHER = "Lié à {domains} : hunter incidents show {domain} dit par quoi."
TOGETHER_LOOSELY = (
    "Lié moins étroitement à {domains} : hunter incidents show {domain} dit par quoi."
)

# --- Context ------------------------------------------------------------------------------------

DEDICATED = (
    "{domains} : chacun sur un serveur pour lui seul, pour autant qu'on le sache. Un tel serveur"
    " indique souvent qu'un domaine a été mis en service."
)
DEDICATED_ONE = (
    "{domain} est sur un serveur pour lui seul, pour autant qu'on le sache. Un tel serveur indique"
    " souvent qu'un domaine a été mis en service."
)
LISTED = (
    "{domain} figure sur une liste d'indicateurs : {listing}. Une liste dit que quelqu'un a relevé"
    " cette valeur un jour, mais pas pourquoi."
)
LISTING = "{values} dans {lists}"
DATED = " du {days}"
TOR_NOW = "{address}, une adresse {of_domain}, est à présent un nœud de sortie Tor."
TOR_LAST = (
    "{address}, une adresse {of_domain}, a été vue comme nœud de sortie Tor pour la dernière fois"
    " le {day}{before}{not_now}.{covers}"
)
TOR_COVERS = " Les archives à disposition vont {spans}, et ne disent rien d'aucun autre jour."
TOR_SPAN = "du {first} au {last}"
ITS_ADDRESS = "Une adresse"
TOR_BEFORE_ONE = ", un jour avant l'enregistrement du domaine"
TOR_BEFORE = ", {days} jours avant l'enregistrement du domaine"
TOR_NOT_NOW = ", et n'en est plus un à présent"
THREE_READINGS = (
    "Une liste ou un nœud de sortie Tor derrière une adresse peut vouloir dire que quelqu'un"
    " cherche à brouiller les pistes, que l'adresse a changé de mains exprès, ou ne tenir qu'au"
    " hasard."
)
HIDDEN = "{domain} est caché derrière {cdn}."
ORIGIN = (
    "{domain} : le serveur d'origine est peut-être {origin} ({provider}) ; hunter ne peut pas le"
    " voir lui-même."
)
TOLD_BY = "selon {who}"
NETWORKS = "{domain} : réseaux {networks}."
NAME_SERVERS_BEFORE = "{domain} : serveurs de noms sous {before}, puis sous {now}."

# --- Readings -----------------------------------------------------------------------------------

ONE_HAND = (
    "Pris ensemble, cela est compatible avec une même main derrière {domains}. Ce n'en est pas une"
    " preuve, et cela ne montre ni de quelle main il s'agit, ni dans quel but."
)
LOOSELY = (
    "{domains} : ce qui le rattache est une habitude ou un choix courant. Ce peut être la même main"
    " ou celle de quelqu'un d'autre ; cela seul ne montre ni l'un ni l'autre."
)
LOOSELY_TOGETHER = (
    "{domains} : ce qui les rattache est une habitude ou un choix courant. Ce peut être la même"
    " main ou d'autres ; cela seul ne montre ni l'un ni l'autre."
)
ACT = (
    "Bloquez ceux qui sont liés entre eux, peu importe qui est derrière : ce à quoi ils peuvent"
    " servir n'attend pas cette réponse.{attached}"
)
ACT_ATTACHED = (
    " Ce qui est rattaché se juge d'après sa propre alerte : il appartient peut-être à un inconnu."
)
CHANCE = (
    "Le hasard : des noms comme ceux-ci sont enregistrés tous les jours, et des inconnus peuvent"
    " partager un prestataire."
)
REUSE = (
    "Une reprise délibérée : les habitudes connues d'un groupe peuvent être copiées par quelqu'un"
    " qui veut le faire accuser."
)
MUDDYING = (
    "Un brouillage des pistes : des valeurs de listes publiques et d'anciens nœuds de sortie Tor"
    " ont pu être choisis pour convenir à beaucoup de suspects."
)
SERVICE = (
    "Un prestataire : une agence, un revendeur ou un hébergeur peut se trouver derrière ce qui est"
    " partagé, avec des clients qui ne se connaissent pas."
)
OWNER = "Un titulaire légitime : soutien, critique ou partenaire, qui n'a prévenu personne."

CONFIRMING = (
    "Messages ou pages sous l'un des noms, conservés en entier, qui demandent vos mots de passe.",
    (
        "Le même kit, la même clé de certificat ou le même serveur de messagerie sur un second"
        " domaine de l'incident."
    ),
    (
        "Ce qu'un bureau d'enregistrement ou un hébergeur peut dire de qui a payé, à qui a le droit"
        " de le demander."
    ),
)
REFUTING = (
    "Un titulaire que l'on peut joindre et qui explique le nom.",
    "La valeur partagée, retrouvée sur beaucoup de domaines qui n'ont rien à voir avec {brands}.",
    "Des mois d'un usage manifestement inoffensif : boutique, association, page d'attente.",
)
CAVEAT = (
    "hunter voit des noms, des enregistrements et des serveurs, et rien de ce qui en a été fait."
    " Sans messages, pages ni programmes, personne ne peut dire de qui il s'agit."
)

# --- The picture --------------------------------------------------------------------------------

PICTURE_CORE = "lié par un lien fort"
PICTURE_ATTACHED = "rattaché par un lien plus faible"
PICTURE_SHARED = "ce qu'ils partagent"
PICTURE_CAPTION = (
    "Plus le trait est épais, plus le lien est fort. Un lien est compatible avec une même main, et"
    " n'en est pas une preuve."
)
PICTURE_SHARES = "{label} : {value}"
PICTURE_NAMED = "le certificat vaut pour {count} domaines"
PICTURE_STRENGTH = "force {strength} sur 1 ; {shared}"
PICTURE_TOLD = "dit, et non vu, pour {domains}"
PICTURE_TRAITS = {
    "registrant_email": "Titulaire",
    "cert_key": "Clé du certificat",
    "soa_mailbox": "Responsable de la zone",
    "dmarc_mailbox": "Rapports DMARC à",
    "mx": "Serveur de messagerie",
    "address": "Adresse",
    "asn": "Réseau",
    "ns_domain": "Serveurs de noms",
    "page_favicon": "Icône",
}
PICTURE_HABIT = "Messagerie : {value}, même marque, même époque"
PICTURE_OWN_NAME_SERVERS = "Serveurs de noms sous {value}"
PICTURE_CO_NAMES = "Certificat : {value}"
PICTURE_DECIDED = "Décision : {actor}"
PICTURE_TOR = "nœud de sortie Tor pour la dernière fois le {day}"
PICTURE_LISTED = "sur la liste {lists}"
PICTURE_HIDDEN = "derrière {cdn}"
PICTURE_ORIGIN = "serveur d'origine : {origin}"
PICTURE_UNICODE = "affiché {unicode}"
PICTURE_REGISTERED = "enregistré le {day}"
PICTURE_PART = "sur l'image : domaines {domains} sur {every}, liens {links} sur {all_links}"

# --- What the command says ------------------------------------------------------------------------

COLUMNS = ("n°", "gravité", "marques", "domaines", "moins étroitement")
NOTHING_SHARED = "aucune alerte ne partage quoi que ce soit de rare"
BELONGS_TO_NONE = "{domain} ne fait partie d'aucun incident"
NO_SUCH = "il n'y a pas d'incident {number}"
PART_OF = "l'incident {number} fait maintenant partie de l'incident {whole}"
DRAWN = "dessiné dans {file}"
TAKEN_OUT = "désormais hors de l'incident {number} : {domains}"
JOINED = "désormais dans l'incident {number} : {domains}"
IS_NOW = "l'incident {number} comprend maintenant : {domains}"
