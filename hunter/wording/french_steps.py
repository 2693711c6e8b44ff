"""The French words for what to do next: every one of `english_steps`, and nothing else."""

NOT_URGENT = "Rien n'est urgent ici : lisez les faits, et décidez si ce nom vous concerne."
BLOCK = (
    "Bloquez {domain} et tous ses sous-domaines dans la passerelle de messagerie, le proxy web et"
    " le résolveur DNS."
)
WHOSE = (
    "Par lui-même, il n'imite pas {brand} : cherchez à qui il est avant toute démarche. Un tiers"
    " peut partager une telle valeur par hasard, et l'on écrit l'adresse que l'on veut dans un"
    " enregistrement. Cherchez {domain} dans les journaux de messagerie et du proxy : ceux d'entre"
    " vous qui ont affaire à lui le connaissent peut-être."
)
IF_THEIRS = (
    "S'il fait partie de la tromperie : hunter alerts confirm '{domain}' l'ajoute aux listes de"
    " blocage. Alors bloquez-le, prévenez l'équipe et les bénévoles, et faites changer de mot de"
    " passe quiconque en a saisi un sur ce site ; hunter takedown '{domain}' écrit les lettres qui"
    " le signalent."
)
BLOCK_STILL = (
    "{domain} et tous ses sous-domaines doivent être bloqués dans la passerelle de messagerie, le"
    " proxy web et le résolveur DNS : vérifiez-le, car les adresses notées plus tôt ne sont"
    " peut-être plus les bonnes."
)
NOT_THE_FIRMS = (
    "Ne bloquez {domain} en entier que si tout le domaine sert à imiter : il est peut-être à une"
    " entreprise qui donne un hôte à chaque client, et ceux qui s'en servent seraient coupés."
)
WATCH_MAIL = (
    "Cherchez {domain} dans les journaux de messagerie, comme expéditeur et comme lien, et mettez"
    " en quarantaine ce qui arrive encore : il a des serveurs de messagerie."
)
TELL_PARTNER = "Prévenez votre partenaire {brand} : ce nom le concerne en premier."
WARN = (
    "Prévenez l'équipe et les bénévoles, autrement que par courriel si possible. Écrivez le nom"
    " comme ci-dessus, jamais comme un lien."
)
DO_NOT_VISIT = (
    "Ne l'ouvrez pas, ne le sondez pas, ne répondez pas à ses courriels : une visite montre à qui"
    " le détient qu'il a été trouvé."
)
PRESERVE = (
    "Conservez les preuves : messages suspects entiers avec leurs en-têtes, captures d'écran,"
    " journaux du proxy et de la messagerie avec les heures en UTC."
)
REPORT = "Signalez-le, avec ces faits : {addressees}."
TO_REGISTRAR_AT = "au bureau d'enregistrement {registrar}, à {abuse}"
TO_ABUSE = "au contact pour les abus du bureau d'enregistrement, {abuse}"
TO_REGISTRAR = "au bureau d'enregistrement {registrar} (contact pour les abus inconnu)"
TO_SOME_REGISTRAR = "au bureau d'enregistrement (pas encore connu)"
TO_HOST = "à l'hébergeur {host}"
TO_CDN = "à {cdn}, qui se tient devant le serveur et sait où il est"
BETWEEN_ADDRESSEES = " ; "
TO_REGISTRY = "au registre du .{suffix}"
NOT_REGISTERED = (
    "Il n'est pas enregistré en ce moment : s'il compte pour vous, enregistrez {domain} vous-même"
    " avant que quelqu'un d'autre ne le fasse."
)
PAGE_ASKS = (
    "Sa page demande un mot de passe : cherchez dans les journaux du proxy et du résolveur quelles"
    " personnes y sont allées, faites-leur changer aussitôt de mot de passe, et fermez leurs"
    " sessions."
)
TAKEDOWN = (
    "hunter takedown '{domain}' écrit ces lettres, avec les preuves ; vous les envoyez, et le notez"
    " avec hunter takedown sent."
)
DECEIVES = (
    "S'il trompe : hunter alerts confirm '{domain}', et les exports et les lettres le disent aussi."
)
GONE = (
    "Quand il a disparu : hunter alerts close '{domain}', et hunter n'en reparlera que si cela"
    " s'aggrave, ou s'il est enregistré de nouveau."
)
DONE = "Il ne reste rien à faire ici ; l'historique de l'alerte garde qui l'a dit et pourquoi."
YOURS = (
    "S'il est inoffensif : hunter alerts dismiss '{domain}' --why \"...\", et hunter n'en reparlera"
    " que si cela s'aggrave, ou s'il est enregistré de nouveau. S'il est à vous : ajoutez-le aussi"
    " aux domaines de la marque (owned)."
)
YOURS_AS_HOST = (
    "S'il est inoffensif : hunter alerts dismiss '{domain}' --why \"...\", et hunter n'en reparlera"
    " que si cela s'aggrave, s'il est enregistré de nouveau ou si un autre hôte y imite. Si {host}"
    " est à vous : ajoutez cet hôte aussi aux domaines de la marque (owned)."
)
