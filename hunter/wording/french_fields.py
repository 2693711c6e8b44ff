"""What people call a field, in French: every one of `english_fields`, and nothing else."""

SIGHTING_FIELDS = {
    "name": "Noms d'hôtes vus",
    "first_seen": "Vu pour la première fois",
    "source": "Vu par",
}
REGISTRATION_FIELDS = {
    "registered": "Date d'enregistrement",
    "registrant_email": "Courriel du titulaire",
    "registrant_name": "Titulaire",
    "registrant_org": "Organisation du titulaire",
    "registrant_country": "Pays du titulaire",
    "registrant_redacted": "Titulaire masqué",
    "registrar": "Bureau d'enregistrement",
    "abuse_email": "Contact pour les abus",
    "updated": "Date de modification",
    "expires": "Date d'expiration",
    "domain_status": "Statut au registre",
    "ns": "Serveurs de noms",
    "past_ns_domain": "Serveurs de noms d'avant",
}
MAIL_FIELDS = {
    "has_mx": "Peut recevoir des courriels",
    "mx": "Serveurs de messagerie",
}
HOSTING_FIELDS = {
    "dedicated": "Serveur pour lui seul",
    "a": "Adresses IPv4",
    "aaaa": "Adresses IPv6",
    "asn": "Réseau, numéro d'AS",
    "as_name": "Réseau, nom de l'AS",
    "as_country": "Pays du réseau",
    "cdn": "Caché derrière",
    "origin_ip": "Serveur d'origine",
    "ioc_listing": "Sur une liste d'indicateurs",
    "tor_exit": "Nœud de sortie Tor à présent",
    "tor_exit_last": "Nœud de sortie Tor pour la dernière fois",
}
FACT_FIELDS = SIGHTING_FIELDS | REGISTRATION_FIELDS | MAIL_FIELDS | HOSTING_FIELDS
SPOKEN_FIELDS = {
    "age_days": "Jours depuis l'enregistrement",
    "brand": "Domaine imité",
    "brand_kind": "À qui est le domaine imité",
    "confidence": "Ressemblance, de 0 à 1",
    "dns_status": "Réponse du DNS",
    "domain": "Domaine",
    "host_address": "Adresses de ses hôtes",
    "ip_network": "Réseau annoncé",
    "matched": "Partie du nom qui imite",
    "mx_domain": "Serveurs de messagerie",
    "ns_domain": "Serveurs de noms",
    "registered_at": "Date d'enregistrement",
    "registrant_email_domain": "Messagerie du titulaire",
    "registrar_iana_id": "Numéro IANA du bureau d'enregistrement",
    "registration": "Réponse du registre",
    "registry_ns": "Serveurs de noms selon le registre",
    "resolves": "A une adresse",
    "soa_mailbox": "Adresse du responsable de la zone",
    "soa_mname": "Serveur de noms principal",
    "stage": "Étape",
    "technique": "Manière d'imiter",
    "term": "Nom imité",
    "tld": "Extension",
    "track": "Valeur partagée",
    "txt": "Enregistrements TXT",
    "unknown": "Impossible à savoir",
    "unicode": "Le nom tel qu'il s'affiche",
}
EVIDENCE_FIELDS = {
    "page_password": "La page demande un mot de passe",
    "page_similarity": "Ressemblance de sa page, de 0 à 100",
    "leads_nowhere": "Ses adresses ne mènent à aucun serveur",
    "page_at_brand": "Sa page mène à un site de la marque",
    "page_final_domain": "Sa page mène à",
    "ioc_list": "Listes d'indicateurs",
}
FIELDS = FACT_FIELDS | SPOKEN_FIELDS | EVIDENCE_FIELDS

NOTES = {
    "has_mx": "et peut en envoyer de façon crédible",
    "dedicated": "un tel serveur indique souvent qu'un domaine a été mis en service",
    "origin_ip": "d'après quelqu'un ; hunter ne peut pas le voir",
    "ioc_listing": (
        "quelqu'un a noté la valeur un jour ; une liste ne dit ni pourquoi, ni qui s'en sert"
        " maintenant"
    ),
    "tor_exit_last": "l'adresse a pu changer de mains depuis, exprès ou par hasard",
    "cdn": "les adresses sont celles du réseau de diffusion ; le serveur d'origine est caché",
    "registrant_redacted": "habituel pour les particuliers, au titre de la protection des données",
    "registrant_email": "tel que déclaré à l'enregistrement ; personne ne le vérifie",
}
