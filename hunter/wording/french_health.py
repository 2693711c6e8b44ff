"""The French words about hunter itself: every one of `english_health`, and nothing else."""

KIND = "hunter lui-même"
BAND_TROUBLE = "hunter lui-même · en difficulté"
BAND_OVER = "hunter lui-même · de nouveau en ordre"
BAND_TRIAL = "hunter lui-même · un essai"

SUBJECT_ONE = "[hunter] {word} : {what}"
SUBJECT_MANY = "[hunter] {count} composants en difficulté"
SUBJECT_OVER_ONE = "[hunter] de nouveau en ordre : {what}"
SUBJECT_OVER_MANY = "[hunter] {count} composants de nouveau en ordre"
SUBJECT_TRIAL = "[hunter] message d'essai"
TROUBLE = "difficulté"

HEADLINE_TROUBLE = "Tout ne marche pas comme il faut dans hunter."
HEADLINE_BLIND = (
    "Un composant de hunter est en difficulté. Tant que cela dure, hunter peut manquer ce qui ne"
    " se montre que là."
)
HEADLINE_TRIAL = (
    "Ceci est un essai : rien n'a été trouvé, et rien n'est en difficulté. Les alertes vous"
    " parviendront par ce canal."
)
HEADLINE_OVER = "Ce qui était en difficulté est de nouveau en ordre."

IN_TROUBLE = "{what}, depuis le {since} : {message}{means}"
WELL_AGAIN = "{what}, de nouveau en ordre depuis le {since} : {message}"
MORE = "et {count} de plus ; hunter status dit tout"

PARTS = {
    "sources": "source {name}",
    "notifiers": "canal {name}",
    "job": "tâche {name}",
    "enrichers": "fournisseur {name}",
    "rules": "jeu de règles",
    "config": "configuration",
}

WORDS = {
    "passing": "pas de réponse",
    "behind": "retard",
    "silent": "silence",
    "forked": "divergence",
    "shrank": "perte d'entrées",
    "mismatch": "entrées fausses",
    "bad tree head": "mauvaise signature",
    "bad list": "mauvaise liste de journaux",
    "logs unread": "journaux non lus",
    "gone": "disparition avant la fin de la lecture",
    "lost": "position perdue",
    "off": "hors service",
    "refused": "message refusé",
    "fault": "erreur dans hunter",
    "hangs": "blocage",
}

PUT_OFF = "messages en attente"

LIES = frozenset(("forked", "shrank", "mismatch", "bad tree head"))

LOOK = (
    "Voyez hunter status sur la machine où tourne hunter : il dit comment va chaque composant."
    " Le journal du système raconte le déroulement."
)
KEEP = (
    "Gardez ce message. Un journal de certificats qui se contredit rompt sa promesse envers tous :"
    " son opérateur et les programmes de certificats des navigateurs (ct-policy) veulent le savoir."
    " hunter ne croit rien de ce que montre ce journal tant qu'il n'est pas de nouveau cohérent, et"
    " n'oublie rien de ce qu'il a vérifié."
)
MEND = (
    "Corrigez ce que l'autre côté a refusé, puis systemctl restart hunter : cela prend en compte un"
    " secret changé, et rouvre le canal. Sinon, hunter l'essaie une fois par jour. Ce qui attend"
    " partira en un seul message."
)
OTHERS = "Les autres composants continuent, et ce qui attend n'est pas perdu."

STEP_TRIAL = (
    "Rien, sauf si ce message était parmi les indésirables, ou là où personne ne regarde : faites-y"
    " remédier avant qu'une alerte n'arrive."
)

FOOTER_TRIAL = "Quelqu'un a fait envoyer ceci à hunter le {at}, par hunter trial."
FOOTER = (
    "hunter a écrit ceci le {at} à qui en a la charge. Il signale chaque difficulté une fois, puis"
    " une fois encore quand elle est finie. Les points sont entre crochets pour que rien ici ne"
    " s'ouvre par accident."
)

MEANS = {
    "sources.registrations": (
        "Les nouveaux enregistrements de cette liste ne sont pas vus : leurs imitations ne se"
        " montrent que par les certificats et le DNS."
    ),
    "sources.ct_logs": (
        "Les certificats de ce journal ne sont pas vus : une imitation se montre par un autre"
        " journal, une liste de nouveaux enregistrements ou le DNS."
    ),
    "sources.certstream": (
        "Les certificats de ce flux ne sont pas vus : les imitations ne se montrent que par les"
        " listes de nouveaux enregistrements et le DNS."
    ),
    "sources.permutations": (
        "Les noms qui se prêtent au typosquattage ne sont pas cherchés : les imitations ne se"
        " montrent que par les certificats et les listes de nouveaux enregistrements."
    ),
    "sources.reverse_whois": (
        "Les nouveaux domaines des titulaires surveillés ne sont pas cherchés."
    ),
    "sources.passive_dns": (
        "Les nouveaux domaines sur les serveurs surveillés ne sont pas cherchés."
    ),
    "sources": "Ce que cette source seule aurait montré n'est pas vu.",
    "notifiers": (
        "Les messages attendent et partiront quand ce sera fini ; les autres canaux continuent."
    ),
    "enrichers": (
        "Les règles qui ont besoin de ses réponses se taisent, et ce qu'il savait est gardé."
    ),
    "rules": (
        "Les imitations sont jugées selon les règles d'avant tant que les fichiers ne sont pas"
        " corrigés."
    ),
    "config": (
        "hunter suit la configuration d'avant, et pourrait ne plus redémarrer avec celle-ci."
    ),
    "job.canary": "Les alertes n'arrivent peut-être à personne.",
    "job.deliver": "Personne n'est prévenu de rien tant que cela ne marche pas de nouveau.",
    "job.judge_pending": "Aucune alerte ne s'ouvre tant que cela ne marche pas de nouveau.",
    "job.judge": "Aucune alerte sur ces domaines ne s'ouvre ni ne s'aggrave tant qu'ils ne peuvent"
    " être jugés.",
    "job.enrich": "Rien de nouveau n'est appris des domaines tant que cela ne marche pas de"
    " nouveau.",
    "job.disk": (
        "Une fois le disque plein, plus rien de nouveau ne peut être écrit, et hunter attend qu'il"
        " y ait de la place."
    ),
}

CLOSED = {
    "certificates": "ni [sources.ct_logs] ni [sources.certstream] n'est activé",
    "new registrations": "[sources.registrations] n'a pas de liste",
    "likely names in DNS": "[sources.permutations] est désactivé",
    "known registrants": "[sources.reverse_whois] n'a pas de compte",
    "known servers": "[sources.passive_dns] n'a pas de compte",
}
NOT_YET = "n'a encore rien dit"
IN_TROUBLE_ALL = "tout est en difficulté : {message}"
IN_TROUBLE_SOME = "{ill} sur {all} en difficulté : {where}"
NO_LIST = "aucune liste ne couvre .{ending}"

CANARY_HOME = "le canari du {at} est arrivé, d'une source jusqu'à chaque canal"
CANARY_HELD = "le canari du {at} n'est pas arrivé : {obstacle}"
NO_CANARY = "aucun canari n'a été lâché depuis le {at}"
HELD_BEFORE = {
    "match": "il n'a pas été reconnu comme une imitation",
    "enrich": "rien n'a été trouvé à son sujet",
    "judge": "aucune règle ne lui a été appliquée",
}
HELD_BY_RULES = (
    "aucune règle ne demande d'alerte pour une imitation de l'un de ces domaines, {brands},"
    " enregistrée aujourd'hui et qui reçoit des courriels"
)
HELD_BY_CHANNEL = "ses messages ne sortent pas par {channels}"
CERTIFICATE_SEEN = "le certificat de test du jour a été vu dans les journaux le {at}"
CERTIFICATE_LATE = (
    "le certificat de test quotidien de certspotter.org n'est vu dans aucun journal depuis le {at}"
)
