"""Les mots français d'un dossier de signalement : the same as `letters_english`, in French."""

SUBJECT = "Signalement d'abus : {domain} ressemble à {brand}"
SUBJECT_LINKED = "Signalement d'abus : {domain} est lié à des noms qui ressemblent à {brand}"
TO = "À : {name}"
AT = "Par : {contact}"
AT_UNKNOWN = "Par : contact inconnu. {hint}"
SUBJECT_LINE = "Objet : {subject}"
DATE = "Date : {at}"
FROM = (
    "De : [VOTRE NOM], [VOTRE FONCTION], [VOTRE ORGANISATION], [VOTRE ADRESSE ÉLECTRONIQUE],"
    " [VOTRE TÉLÉPHONE]"
)
GREETING = "Madame, Monsieur,"

NAMES = {
    "registrar": "le bureau d'enregistrement",
    "host": "l'hébergeur",
    "cdn": "le réseau de diffusion de contenu (CDN)",
    "platform": "la plateforme",
    "registry": "le registre du .{suffix}",
}
NAME_KNOWN = "{name} ({role})"
NAME_UNKNOWN = "{role}, dont le nom n'est pas connu"
HINTS = {
    "registrar": (
        "La réponse WHOIS ou RDAP du registre nomme le bureau d'enregistrement et son adresse de"
        " signalement."
    ),
    "host": "`whois {address}` l'affiche, sous abuse-mailbox ou OrgAbuseEmail.",
    "cdn": "Cherchez « report abuse » sur son site.",
    "platform": "Cherchez « report abuse » ou « signaler » sur son site.",
    "registry": "Voir https://www.iana.org/domains/root/db/{suffix}.html.",
}

OPENING = {
    "registrar": (
        "Nous assurons la protection du nom {brand} et vous signalons un nom de domaine dont vous"
        " êtes, à notre connaissance, le bureau d'enregistrement :"
    ),
    "host": (
        "Nous assurons la protection du nom {brand} et vous signalons un nom de domaine qui pointe"
        " vers votre réseau ({place}) :"
    ),
    "cdn": (
        "Nous assurons la protection du nom {brand} et vous signalons un nom de domaine diffusé par"
        " votre réseau ({place}) :"
    ),
    "platform": (
        "Nous assurons la protection du nom {brand} et vous signalons un site de votre plateforme :"
    ),
    "registry": (
        "Nous assurons la protection du nom {brand} et vous signalons un nom de domaine en"
        " .{suffix} :"
    ),
}
BRACKETS = (
    "Les points figurent entre crochets afin que rien ici ne soit ouvert par mégarde. Le nom exact"
    " se trouve dans les fichiers joints."
)

CLAIMS = "Ce que nous signalons"
LIKENESS = (
    "Le nom contient « {matched} », qui se lit « {term} », forme sous laquelle {brand} est connu."
)
LIKENESS_WHOLE = "Le nom contient « {matched} », forme sous laquelle {brand} est connu."
LINKED = (
    "Le nom même ne ressemble pas à {brand}, mais partage ce qui suit avec des noms qui lui"
    " ressemblent."
)
SHOWN_AS = "Les programmes qui affichent de tels noms dans leur écriture montrent {shown}."
NOT_OURS = (
    "Ni le titulaire du nom {brand} ni personne en son nom n'a enregistré ou n'utilise le nom"
    " signalé."
)
HAS_MAIL = (
    "Il dispose de serveurs de messagerie : il peut recevoir des courriels, et en envoyer en notre"
    " nom de façon crédible."
)
WANTS_PASSWORDS = "Une page sous ce nom demande un mot de passe à ses visiteurs."
LEADS_ON = "Une page sous ce nom mène ses visiteurs à {places}."
WANTS_PASSWORDS_THERE = "La page qui s'y trouve demande un mot de passe à ses visiteurs."
SENDS_ELSEWHERE = "Ce qui est saisi dans cette page est envoyé à {domains}."
COPIES = "Cette page ressemble à {page} ({number} sur 100)."
PAGE_AWAY = (
    "Nous avons vu cette page pour la dernière fois le {at}. Depuis, elle n'a pas pu être"
    " obtenue : {why}."
)
LISTED = (
    "Le nom, ou ce qui l'héberge, figure dans des listes publiées d'indicateurs de compromission :"
    " {lists}."
)
TOGETHER = "Ces noms partagent des traits avec lui : {domains}."
CONFIRMED = "Nous l'avons examiné nous-mêmes et le tenons pour abusif."
LIMITS = "Ce que nous n'affirmons pas"
LIMITS_TEXT = (
    "Nous ne savons pas qui détient ce nom et n'accusons personne. Ce que nous signalons est"
    " compatible avec la préparation d'un hameçonnage ; cela ne suffit pas à prouver une"
    " intention. Un titulaire légitime peut avoir une explication."
)

SEEN = "Ce qui a été constaté (heures en UTC)"
SEEN_LINE = "{label} : {value} (selon {provider} ; vu d'abord le {first}, en dernier le {last})"
SEEN_ENDED = "{label} : {value} (selon {provider} ; vu à partir du {first}, disparu le {ended})"
PROVIDERS = {
    "certificate": "son serveur",
    "dns": "le DNS",
    "hosting": "les tables de réseaux",
    "mail": "le DNS",
    "page": "sa page",
    "passive_dns": "un DNS passif",
    "rdap": "le RDAP",
    "sighting": "un journal public de certificats",
    "whois": "le WHOIS",
}
FIRST_SEEN = "Le nom a été vu pour la première fois le {at}."
UNKNOWN = "Ce qui n'a pas pu être établi"
UNKNOWN_LINE = "{label} : {why}"

ASKS = "Ce que nous vous demandons"
ASKS_ACTIVE = {
    "registrar": (
        "Suspendre le nom (clientHold), afin qu'il cesse d'être résolu.",
        (
            "Conserver pour les autorités les données du titulaire, ses paiements et ses journaux"
            " d'accès."
        ),
        "Examiner les autres noms du même client.",
    ),
    "host": (
        "Retirer le contenu publié sous ce nom, et en donner la raison à votre client.",
        "Conserver ses fichiers, les journaux d'accès et de messagerie pour les autorités.",
    ),
    "platform": (
        "Retirer le contenu publié sous ce nom, et en donner la raison à votre client.",
        "Conserver ses fichiers, les journaux d'accès et de messagerie pour les autorités.",
    ),
    "cdn": (
        "Cesser de diffuser ce nom, ou afficher un avertissement.",
        "Transmettre ce signalement à l'hébergeur du serveur d'origine, et nous dire qui il est.",
    ),
    "registry": (
        "Suspendre le nom si son bureau d'enregistrement ne le fait pas.",
        "Faire vérifier les données du titulaire.",
    ),
}
ASKS_QUIET = {
    "registrar": (
        "Vérifier les données du titulaire, et suspendre le nom si elles ne peuvent l'être.",
        "Examiner les autres noms du même client.",
        "Conserver les données du titulaire et les journaux d'accès pour les autorités.",
    ),
    "host": (
        "Vous assurer de l'usage que votre client fait de ce nom, et agir s'il est abusif.",
        "Conserver les journaux d'accès et de messagerie pour les autorités.",
    ),
    "platform": (
        "Vous assurer de l'usage que votre client fait de ce nom, et agir s'il est abusif.",
        "Conserver les journaux d'accès et de messagerie pour les autorités.",
    ),
    "cdn": (
        "Transmettre ce signalement à l'hébergeur du serveur d'origine, et nous dire qui il est.",
    ),
    "registry": ("Faire vérifier les données du titulaire.",),
}
ASKS_OF_HOSTS = {
    "registrar": (
        "Transmettre ce signalement au titulaire du nom {domain}, qui peut y mettre fin aussitôt.",
        "Ne suspendre {domain} que si son titulaire n'agit pas, ou s'il en est l'auteur.",
        "Conserver les données du titulaire et les journaux d'accès pour les autorités.",
    ),
    "registry": ("Faire vérifier les données du titulaire du nom {domain}, s'il n'agit pas.",),
}
TELL_US = "Nous dire ce que vous avez fait, ou ce qu'il vous faut encore. Nous répondons vite."
_NOTICE = (
    "Ceci est une notification au sens de l'article 16 du règlement (UE) 2022/2065, lorsqu'il"
    " s'applique."
)
RULES = {
    "registrar": (
        "Lorsque le nom sert à un hameçonnage, l'article 3.18.2 du contrat d'accréditation des"
        " bureaux d'enregistrement (RAA) de l'ICANN demande d'y mettre fin sans délai."
    ),
    "host": _NOTICE,
    "platform": _NOTICE,
    "cdn": _NOTICE,
}
GOOD_FAITH = (
    "Nous croyons de bonne foi que les informations données ici sont exactes et complètes, pour"
    " autant que nous le sachions."
)
ATTACHED = "Pièces jointes : les éléments de preuve, avec leurs empreintes SHA-256 (SHA256SUMS)."
MORE_EVIDENCE = (
    "[JOIGNEZ CE QUE VOUS AVEZ : messages venus de ce nom, entiers et avec leurs en-têtes ;"
    " captures d'écran avec l'heure. SINON SUPPRIMEZ CETTE LIGNE.]"
)
REGARDS = "Cordialement,"
SIGNED = "[VOTRE NOM]"

YES = "oui"
NO = "non"
AND = " et "
MORE = "{count} de plus"
LABELS = {
    "registered": "Enregistré le",
    "updated": "Enregistrement modifié le",
    "expires": "Enregistré jusqu'au",
    "registrar": "Bureau d'enregistrement",
    "abuse_email": "Adresse de signalement du bureau d'enregistrement",
    "registrant_email": "Courriel du titulaire",
    "registrant_name": "Titulaire",
    "registrant_org": "Organisation du titulaire",
    "registrant_redacted": "Titulaire masqué",
    "domain_status": "Statut au registre",
    "ns": "Serveur de noms",
    "a": "Adresse IPv4",
    "aaaa": "Adresse IPv6",
    "asn": "Numéro d'AS",
    "as_name": "Réseau",
    "cdn": "Réseau de diffusion de contenu (CDN)",
    "origin_ip": "Serveur d'origine",
    "mx": "Serveur de messagerie",
    "soa_mailbox": "Adresse du responsable de la zone",
    "cert_issuer": "Certificat délivré par",
    "cert_serial": "Numéro de série du certificat",
    "cert_not_before": "Certificat valable à partir du",
    "page_status": "Code HTTP de la page",
    "page_title": "Titre de la page",
    "page_final_url": "Page trouvée à l'adresse",
    "page_password": "La page demande un mot de passe",
}

README_TITLE = "DOSSIER DE SIGNALEMENT : {domain}"
README_WRITTEN = (
    "Rédigé par hunter le {at}. Rien n'a été envoyé à personne : c'est à vous de le faire."
)
README_STEPS = (
    (
        "Lisez les lettres dans letters/. Remplissez ou supprimez ce qui figure en [CAPITALES"
        " ENTRE CROCHETS]."
    ),
    (
        "Vérifiez que chaque phrase est vraie pour vous. Ce que hunter avance est prudent : gardez"
        " cette prudence."
    ),
    (
        "Joignez les éléments de preuve, ou toute cette archive, et ajoutez ce que vous avez :"
        " messages entiers avec leurs en-têtes, captures d'écran avec l'heure."
    ),
    (
        "Envoyez chaque lettre à qui elle s'adresse, au bureau d'enregistrement et à l'hébergeur"
        " le même jour. Le bureau d'enregistrement peut suspendre le nom, l'hébergeur retirer la"
        " page ; le registre peut l'un et l'autre, et prend en général plus de temps."
    ),
    "Notez-le : hunter takedown sent '{domain}' --to registrar --note \"ticket 4711\"",
    (
        "Pas de réponse sous deux jours ouvrés ? Relancez, avec le numéro du ticket ; puis"
        " saisissez le registre."
    ),
)
README_HOSTS = (
    "Seuls des hôtes sous {domain} imitent, et non {domain} lui-même. Il peut appartenir à une"
    " société qui donne de tels hôtes à ses clients : écrivez-lui alors d'abord, elle peut les"
    " retirer aussitôt, et au bureau d'enregistrement seulement si elle ne répond pas."
)
README_LINKED = (
    "{domain} n'imite pas {brand} par lui-même, et personne n'a confirmé qu'il trompe. Cherchez à"
    " qui il est avant d'envoyer quoi que ce soit : on écrit l'adresse que l'on veut dans un"
    " enregistrement, par exemple celle d'une société."
)
README_TO = "À qui écrire"
README_FILES = (
    (
        "evidence/alert.fr.txt dit ce que hunter a trouvé et pourquoi. Les autres fichiers y"
        " donnent les faits, avec qui les a fournis et quand : dns, registration, hosting,"
        " certificate, page et sightings en JSON, et history.csv avec tous les faits jamais"
        " recueillis. Les noms y sont exacts : ne les ouvrez pas dans un navigateur."
    ),
    (
        "Gardez cette archive telle quelle. SHA256SUMS dit si un fichier a été modifié : sha256sum"
        " -c SHA256SUMS"
    ),
)
ADDRESSEE = "{name} : {contact}"
CONTACT_UNKNOWN = "contact inconnu. {hint}"
NO_HOST = "Pas d'hébergeur : le nom n'avait pas d'adresse à la dernière vérification."
README_WAYS = "Les voies auprès du registre"
WAYS = (
    "Un formulaire de signalement des noms illicites, où copier la lettre : {report}",
    "Une demande de divulgation du titulaire, lorsqu'il est masqué : {disclosure}",
    (
        "Si vous détenez un droit antérieur sur ce nom, la procédure est Syreli : {dispute}"
        " (articles L. 45-2 et L. 45-6 du code des postes et des communications électroniques)."
        " Elle peut conduire à la transmission ou à la suppression du nom."
    ),
)
