"""What hunter calls by an English name of its own, in French: techniques, values, other fields.

English shows each as it is, for rules and searches ask for it by that name.
"""

from collections.abc import Mapping

from hunter.wording.french_reasons import KINDS

TECHNIQUES: Mapping[str, str] = {
    "combosquatting": "avec d'autres mots accolés",
    "embedding": "en entier sous un autre domaine",
    "keyword": "par un mot-clé",
    "track": "par ce qu'il partage",
}
"""Those that disguise nothing; `french.TECHNIQUES` and the spellings have the others."""

VALUES: Mapping[str, Mapping[str, str]] = {
    "brand_kind": {"brand": "à vous", "partner": "à un partenaire"},
    "dns_status": {
        "absent": "le nom n'existe pas",
        "empty": "aucun enregistrement",
        "found": "le nom existe",
        "unknown": "inconnue",
    },
    "ioc_kind": KINDS,
    "registration": {"absent": "non enregistré", "found": "enregistré"},
    "source": {
        "canary": "canari",
        "case": "affaire rejouée",
        "certstream": "flux de certificats",
        "ct_logs": "journaux de certificats",
        "passive_dns": "DNS passif",
        "permutations": "noms probables, cherchés dans le DNS",
        "registrations": "listes de nouveaux enregistrements",
        "reverse_whois": "WHOIS inversé",
    },
    "stage": {
        "unregistered": "non enregistré",
        "registered": "enregistré",
        "name servers": "serveurs de noms",
        "address": "adresse",
        "certificate": "certificat",
        "mail": "messagerie",
        "web": "page web",
    },
}
"""Field → value → what it is called."""

FIELDS: Mapping[str, str] = {
    "cdn_list_date": "Date de la liste du réseau de diffusion",
    "cert_domain": "Autres domaines du certificat",
    "cert_issuer": "Émetteur du certificat",
    "cert_key": "Clé du certificat",
    "cert_names": "Noms du certificat",
    "cert_not_after": "Fin de validité du certificat",
    "cert_not_before": "Début de validité du certificat",
    "cert_serial": "Numéro de série du certificat",
    "dmarc_domain": "Domaines qui reçoivent les rapports DMARC",
    "dmarc_policy": "Règle DMARC",
    "dmarc_rua": "Adresses des rapports DMARC quotidiens",
    "dmarc_ruf": "Adresses des rapports DMARC par message",
    "ioc_kind": "Ce qui figure sur la liste d'indicateurs",
    "ioc_list_date": "Date de la liste d'indicateurs",
    "ioc_value": "Valeur sur la liste d'indicateurs",
    "mail_provider": "Service de messagerie",
    "page_favicon": "Icône de la page",
    "page_favicon_hash": "Empreinte de l'icône de la page",
    "page_final_host": "Hôte final de la page",
    "page_final_url": "Adresse finale de la page",
    "page_form_domain": "Domaines où vont ses formulaires",
    "page_redirects": "Redirections de la page",
    "page_refresh": "Renvoi de la page",
    "page_similar_to": "Page la plus semblable",
    "page_status": "Code HTTP de la page",
    "page_title": "Titre de la page",
    "page_tlsh": "Empreinte de la page",
    "pdns_a": "Adresses selon le DNS passif",
    "pdns_cohosted": "Autres domaines à ses adresses, selon le DNS passif",
    "pdns_cohosted_domain": "Domaines à ses adresses, selon le DNS passif",
    "pdns_count": "Nombre de fois vu par le DNS passif",
    "pdns_first_seen": "Vu par le DNS passif pour la première fois",
    "pdns_last_seen": "Vu par le DNS passif pour la dernière fois",
    "pdns_ns": "Serveurs de noms selon le DNS passif",
    "pdns_ns_domain": "Domaines des serveurs de noms selon le DNS passif",
    "pdns_provider": "Fournisseurs de DNS passif",
    "soa_mailbox_domain": "Domaine du responsable de la zone",
    "spf": "Règle SPF",
    "spf_includes": "Domaines admis par la règle SPF",
    "tls": "Parle TLS",
    "tor_exit_address": "Adresses qui sont ou furent des nœuds de sortie Tor",
    "tor_exit_covers": "Jours couverts par les archives de Tor",
    "whois_server": "Serveur WHOIS interrogé",
}
"""Fields that English calls by the words of their own name."""
