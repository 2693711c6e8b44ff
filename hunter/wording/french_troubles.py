"""What is wrong with a part of hunter, or right with it again, in French: for the operator."""

from collections.abc import Mapping

TROUBLES: Mapping[str, str] = {
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
    "holds lines too long for names ({count} passed over)": (
        "contient des lignes trop longues pour des noms (laissées de côté : {count})"
    ),
    "stale: {what} {at} UTC": "liste périmée : {what} {at} UTC",
    "the lists of {first} to {last} can be had no longer, and are unread": (
        "les listes du {first} au {last} ne sont plus disponibles, et n'ont pas été lues"
    ),
    "nothing newer than": "rien de plus récent que le",
    "nothing new has come since": "rien de nouveau depuis le",
    "cannot be opened: {why}": "ne peut pas être ouvert : {why}",
    "no column {column}; the first row has: {columns}": (
        "pas de colonne {column} ; la première ligne a : {columns}"
    ),
    "the line #EOF is missing: the file is cut short": (
        "la ligne #EOF manque : le fichier est tronqué"
    ),
    "{what} is not read; offer the list as text, .gz, .zst or .zip": (
        "{what} ne se lit pas ; fournissez la liste en texte, .gz, .zst ou .zip"
    ),
    "swells to more than {most} times its size: a bomb": (
        "gonfle à plus de {most} fois sa taille : une bombe de décompression"
    ),
    "holds more than {most} bytes": "contient plus de {most} octets",
    "an archive inside an archive is not opened": "une archive dans une archive n'est pas ouverte",
    "the gzip data is damaged: {why}": "les données gzip sont abîmées : {why}",
    "the zstd data is damaged: {why}": "les données zstd sont abîmées : {why}",
    "the zstd data ends in the middle: the file is cut short": (
        "les données zstd s'arrêtent au milieu : le fichier est tronqué"
    ),
    "the zip archive is damaged: {why}": "l'archive zip est abîmée : {why}",
    "the zip archive holds {files} files, more than {most}": (
        "l'archive zip contient {files} fichiers, plus de {most}"
    ),
    "a zip archive cannot be read from a pipe; save it as a file first": (
        "une archive zip ne se lit pas depuis un tube ; enregistrez-la d'abord comme fichier"
    ),
    "JSON, not a list of names": "du JSON, et non une liste de noms",
    "the zip archive holds too many files": "l'archive zip contient trop de fichiers",
    "the zip archive is encrypted": "l'archive zip est chiffrée",
    "the zip archive uses a compression that is not read": (
        "l'archive zip est compressée d'une manière qui ne se lit pas"
    ),
    # Lists of indicators and of exits.
    "no domain, address or mailbox stands in it": "ni domaine, ni adresse n'y figure",
    "no address stands in it": "aucune adresse n'y figure",
    "it is a web page or XML": "c'est une page web ou du XML",
    "it has no column {column}": "elle n'a pas de colonne {column}",
    "it is broken JSON: {why}": "son JSON est invalide : {why}",
    "the archive is broken: {why}": "l'archive est abîmée : {why}",
    "{path} is larger than {size} bytes": "{path} dépasse {size} octets",
    "it is larger than {size} bytes": "elle dépasse {size} octets",
    "it holds more than {count} files": "elle contient plus de {count} fichiers",
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
    "log lists are signed with RSA": "les listes de journaux sont signées en RSA",
    "longer than any log list": "plus longue que toute liste de journaux",
    "longer than any archive of a log list": (
        "plus longue que toute archive d'une liste de journaux"
    ),
    "no archive of a log list: {why}": "ce n'est pas l'archive d'une liste de journaux : {why}",
    "log_id is not the SHA-256 of the key ({name})": (
        "log_id n'est pas le SHA-256 de la clé ({name})"
    ),
    "no URL to read it at ({name})": "pas d'URL où le lire ({name})",
    "the key that should sign the log list is no PEM public key": (
        "la clé qui doit signer la liste de journaux n'est pas une clé publique PEM"
    ),
    "no log list v3: {why}": "ce n'est pas une liste de journaux v3 : {why}",
    "stored tree has the wrong length": "l'arbre gardé n'a pas la bonne longueur",
    "audit path has the wrong length": "le chemin d'audit n'a pas la bonne longueur",
    "consistency proof has the wrong length": ("la preuve de cohérence n'a pas la bonne longueur"),
    "hash tile is shorter than promised": "la tuile d'empreintes est plus courte que promis",
    "names of {count} entries": "noms de {count} entrées",
    "the data tile is too large to be searched": (
        "la tuile de données est trop grande pour être parcourue"
    ),
    "no bytes of the tile have the hash of entry {entry}": (
        "aucun octet de la tuile n'a l'empreinte de l'entrée {entry}"
    ),
    "entry {entry} was looked for too long": "l'entrée {entry} a été cherchée trop longtemps",
    "{count} entries where {most} were asked for": (
        "{count} entrées là où {most} étaient demandées"
    ),
    "a proof holds SHA-256 hashes and not too many": (
        "une preuve contient des empreintes SHA-256, et pas trop"
    ),
    "longer than any checkpoint": "plus longue que toute tête d'arbre",
    "a signature line has another shape": "une ligne de signature a une autre forme",
    "the checkpoint of another log, or of another shape": (
        "la tête de l'arbre d'un autre journal, ou d'une autre forme"
    ),
    "no possible tree size": "taille d'arbre impossible",
    "no possible tree size or root hash": "taille d'arbre ou empreinte de racine impossible",
    "no possible timestamp or signature": "date ou signature impossible",
    "root hash is not base64": "l'empreinte de la racine n'est pas en base64",
    "not UTF-8": "pas en UTF-8",
    "broken gzip": "gzip abîmé",
    "gzip cut short or too large": "gzip tronqué ou trop gros",
    "data tile is cut short": "la tuile de données est tronquée",
    "unknown entry type {kind} in a data tile": (
        "sorte d'entrée inconnue ({kind}) dans une tuile de données"
    ),
    "no position in a log: {why}": "ce n'est pas une position dans un journal : {why}",
    "gave no entries when asked for {first} to {last}": (
        "n'a donné aucune des entrées demandées, de {first} à {last}"
    ),
    "the proof from {old} to {new} cannot be read: {why}": (
        "la preuve de {old} à {new} est illisible : {why}"
    ),
    "the last entry's proof cannot be read: {why}": (
        "la preuve de la dernière entrée est illisible : {why}"
    ),
    "the last entry's proof does not lead to the tree head": (
        "la preuve de la dernière entrée ne mène pas à la tête de l'arbre"
    ),
    "consistency proof does not lead to the signed roots": (
        "la preuve de cohérence ne mène pas aux racines signées"
    ),
    "the hash tiles do not lead to the tree head": (
        "les tuiles d'empreintes ne mènent pas à la tête de l'arbre"
    ),
    "the proof does not hold the old tree": "la preuve ne contient pas l'ancien arbre",
    "two roots for one tree size": "deux racines pour un arbre de même taille",
    "tile {tile} holds fewer entries than promised": (
        "la tuile {tile} contient moins d'entrées que promis"
    ),
    "hash tile {tile} is shorter than promised": (
        "la tuile d'empreintes {tile} est plus courte que promis"
    ),
    "data tile {tile} and its hash tile differ": (
        "la tuile de données {tile} et sa tuile d'empreintes diffèrent"
    ),
    "data tile {tile} cannot be read: {why}": "la tuile de données {tile} est illisible : {why}",
    "{path} is answered with a redirect, which is not followed": (
        "la réponse à {path} est une redirection, qui n'est pas suivie"
    ),
    "there is no {path}": "{path} n'existe pas",
    "its server refused {times} times, at last with {status}": (
        "son serveur a refusé {times} fois, la dernière par le code {status}"
    ),
    "its server is left alone for {minutes} min, as it asked": (
        "son serveur a demandé une pause de {minutes} min"
    ),
    "{trouble}; the last good list stays in force": (
        "{trouble} ; la dernière bonne liste reste en vigueur"
    ),
    "{trouble}; no good one is kept yet": "{trouble} ; aucune bonne liste n'est encore gardée",
    "the list is of {day}: newer logs are not followed": (
        "la liste est du {day} : les journaux plus récents ne sont pas suivis"
    ),
    "the list holds no log": "la liste ne contient aucun journal",
    "the log list's signature is not its publisher's": (
        "la signature de la liste de journaux n'est pas celle de qui la publie"
    ),
    "left out: {logs}": "laissés de côté : {logs}",
    "was closed on {day}: nothing new is in it": "fermé le {day} : rien de nouveau n'y entre",
    "takes no more entries; verified to its end, {entry}": (
        "n'accepte plus d'entrées ; vérifié jusqu'à la fin, {entry}"
    ),
    "{trouble}; it is followed from its end": "{trouble} ; il est suivi à partir de sa fin",
    "is followed no longer: retired, or its time is over; {figures}": (
        "n'est plus suivi : retiré, ou sa période est passée ; {figures}"
    ),
    "what it took after {at} UTC is unread": "ce qu'il a reçu après le {at} UTC n'est pas lu",
    # Streams, likely names, and whoever is asked about what is watched.
    "no message that can be read for {seconds} s": "aucun message lisible depuis {seconds} s",
    "names dropped: {count}; more came than could be looked at": (
        "noms perdus : {count}, venus plus vite qu'ils ne pouvaient être examinés"
    ),
    "no name was dropped for a minute": "aucun nom perdu depuis une minute",
    "the suffix answers for every name": "tout nom répond sous cette extension",
    "the suffix could not be tested for answering every name": (
        "impossible de savoir si tout nom répond sous cette extension"
    ),
    "not one name could be told of; that is tried again soon": (
        "rien n'a pu être su d'aucun nom ; un nouvel essai suivra bientôt"
    ),
    "it has nobody to ask: give dnsdb_key_file, circl_login_file or imports in"
    " [sources.passive_dns]": (
        "il n'y a personne à interroger : donnez dnsdb_key_file, circl_login_file ou imports dans"
        " [sources.passive_dns]"
    ),
    "it needs an account: give api_key_file in [sources.reverse_whois]": (
        "il faut un compte : donnez api_key_file dans [sources.reverse_whois]"
    ),
    "{trouble}; tracks that wait: {count}": "{trouble} ; surveillances en attente : {count}",
    "{count} domains carry it: too common to be followed": (
        "domaines qui portent cette valeur : {count}, trop pour qu'elle soit suivie"
    ),
    "not the whole answer, so nothing of it is followed: {why}": (
        "réponse incomplète, dont rien n'est donc suivi : {why}"
    ),
    "the pages go in a circle": "les pages tournent en rond",
    "the pages of {provider} go in a circle": "les pages de chez {provider} tournent en rond",
    "there are more than {most} pages": "il y a plus de {most} pages",
    "today's {count} questions are spent; registrants that wait: {waiting}": (
        "demandes du jour épuisées : {count} ; titulaires en attente : {waiting}"
    ),
    "{why}; it is left alone for now": "{why} ; hunter n'y touche plus pour le moment",
    "domaintools gives no whole answer: too many domains carry it": (
        "domaintools ne donne pas de réponse complète : trop de domaines portent cette valeur"
    ),
    "domaintools gave a part of an answer": "domaintools n'a donné qu'une partie de la réponse",
    "whoisxml gave a part of an answer": "whoisxml n'a donné qu'une partie de la réponse",
    "{value} belongs to {whose}, which countless strangers share": (
        "{value} appartient à {whose}, que d'innombrables inconnus partagent"
    ),
    "at least {shared} domains in the store carry {value}: it points at nobody": (
        "domaines de la base qui portent {value} : au moins {shared} ; cela ne désigne personne"
    ),
    "{shared} domains in the store carry {value}: it points at nobody": (
        "domaines de la base qui portent {value} : {shared} ; cela ne désigne personne"
    ),
    "tells of {fields}, which is no field of a rule: left out": (
        "donne {fields}, ce qui n'est pas un champ de règle : laissé de côté"
    ),
    # How a part of hunter fares.
    "answers": "répond",
    "delivers": "remet les messages",
    "gathered": "relevé fait",
    "loaded": "en vigueur",
    "works": "fonctionne",
    "can be reached again": "de nouveau joignable",
    "names are coming in": "des noms arrivent",
    "the list is read": "la liste est lue",
    "did not run from {first} to {last} UTC: what streams told is lost, all else is caught up"
    " with": (
        "n'a pas tourné du {first} au {last} UTC : ce que les flux ont dit est perdu, le reste est"
        " rattrapé"
    ),
    "the list of its prefixes is read": "la liste de ses préfixes est lue",
    "the server hung up": "le serveur a coupé la connexion",
    "names: {names}, new lists: {lists}": "noms : {names}, nouvelles listes : {lists}",
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
    "the old rules stay in force:\n{why}": "les anciennes règles restent en vigueur : {why}",
    "the old config stays in force:\n{why}": ("l'ancienne configuration reste en vigueur : {why}"),
    "{rules} in force, set {digest}": "{rules} ; en vigueur, jeu {digest}",
    "what changed in {tables} needs a restart": (
        "ce qui a changé dans {tables} demande un redémarrage"
    ),
    "a fault in hunter, see the journal: {kind}: {why}": (
        "une erreur dans hunter, voir le journal du système : {kind} : {why}"
    ),
    "a fault in hunter, see the journal; domains not judged: {count}, such as {domain}": (
        "une erreur dans hunter, voir le journal du système ; domaines non jugés : {count}, dont"
        " {domain}"
    ),
    "hunter is closing its connections": "hunter ferme ses connexions",
    "does not answer within {seconds} s": "ne répond pas en {seconds} s",
    "its certificate is refused: {why}": "son certificat est refusé : {why}",
    "the file {file} should hold one secret on one line": (
        "le fichier {file} doit contenir un secret, sur une ligne"
    ),
    "the secret in {file} is not text": "le secret du fichier {file} n'est pas du texte",
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
    "slack: {method} answered no JSON": "slack : {method} n'a pas répondu en JSON",
    "nothing of use": "rien d'utile",
    "email: {who} has no usable mail address": "email : {who} n'a pas d'adresse utilisable",
    "{channel}: {file} holds no https:// URL": "{channel} : pas d'URL https:// dans {file}",
    "none of webhook_url_file, bot_token_file and folder is set": (
        "ni webhook_url_file, ni bot_token_file, ni folder n'est renseigné"
    ),
    "neither an address nor channel says where the bot posts": (
        "ni une adresse, ni channel ne dit où publie le bot"
    ),
    "apprise: URL {number} in {file} is none it knows": (
        "apprise : l'URL {number} de {file} n'est d'aucune sorte connue"
    ),
    "apprise: it is not installed: {how}": "apprise : pas installé : {how}",
    "webhook: {file} begins with {prefix} and goes on with no base64": (
        "webhook : {file} commence par {prefix} et ne continue pas en base64"
    ),
    "neither url_file nor folder is set": "ni url_file, ni folder n'est renseigné",
    "neither urls_file nor folder is set": "ni urls_file, ni folder n'est renseigné",
    "the channel is no longer configured": "le canal n'est plus configuré",
    "{count} in a row refused and tried again every hour: {why}": (
        "refusés de suite, et retentés toutes les heures : {count} ; {why}"
    ),
    "switched off: {why}": "hors service : {why}",
    "{count} refused and tried again every hour: {why}": (
        "refusés, et retentés toutes les heures : {count} ; {why}"
    ),
    "its look of {at} UTC does not end": "son relevé du {at} UTC n'en finit pas",
    # What any of them may say; last, for it fits much.
    "{path} cannot be used: {why}": "{path} n'est pas utilisable : {why}",
    "{path} cannot be read: {why}": "{path} est illisible : {why}",
    "cannot be read: {why}": "est illisible : {why}",
    "it cannot be had: {why}": "impossible à obtenir : {why}",
    "answered {status}": "a répondu par le code {status}",
}
"""As `french_reasons.REASONS` has them, after which these are looked through."""
