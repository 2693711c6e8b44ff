"""What people call a field, in English."""

SIGHTING_FIELDS = {
    "name": "Host names seen",
    "first_seen": "First seen by hunter",
    "source": "Seen by",
}
REGISTRATION_FIELDS = {
    "registered": "Registered",
    "registrant_email": "Registrant's address",
    "registrant_name": "Registrant",
    "registrant_org": "Registrant's organisation",
    "registrant_country": "Registrant's country",
    "registrant_redacted": "Registrant hidden",
    "registrar": "Registrar",
    "abuse_email": "Abuse contact",
    "updated": "Registration changed",
    "expires": "Expires",
    "domain_status": "Registry status",
    "ns": "Name servers",
    "past_ns_domain": "Name servers before",
}
MAIL_FIELDS = {
    "has_mx": "Can receive mail",
    "mx": "Mail servers",
}
HOSTING_FIELDS = {
    "dedicated": "Server of its own",
    "a": "IPv4 addresses",
    "aaaa": "IPv6 addresses",
    "asn": "Network, AS number",
    "as_name": "Network, AS name",
    "as_country": "Country of the network",
    "cdn": "Hidden behind",
    "origin_ip": "Server behind it",
    "ioc_listing": "On a list of indicators",
    "tor_exit": "Tor exit now",
    "tor_exit_last": "Last seen as a Tor exit",
}
FACT_FIELDS = SIGHTING_FIELDS | REGISTRATION_FIELDS | MAIL_FIELDS | HOSTING_FIELDS
"""The fields of a notice's table, in the order in which people read them."""
SPOKEN_FIELDS = {
    "age_days": "Days since its registration",
    "brand": "Imitated domain",
    "brand_kind": "Whose domain is imitated",
    "confidence": "Likeness, from 0 to 1",
    "dns_status": "DNS answer",
    "domain": "Domain",
    "host_address": "Addresses of its hosts",
    "ip_network": "Announced network",
    "matched": "Part of the name that imitates",
    "mx_domain": "Mail servers",
    "ns_domain": "Name servers",
    "registered_at": "Registered",
    "registrant_email_domain": "Provider of the registrant's address",
    "registrar_iana_id": "Registrar's number at IANA",
    "registration": "Registry's answer",
    "registry_ns": "Name servers, as the registry has them",
    "resolves": "Has an address",
    "soa_mailbox": "Zone's mailbox",
    "soa_mname": "Primary name server",
    "stage": "Stage",
    "technique": "How it imitates",
    "term": "Name that is imitated",
    "tld": "Ending",
    "track": "Shared value",
    "txt": "Text records",
    "unknown": "Could not be found out",
    "unicode": "The name as it is shown",
}
"""Fields that are spoken of when they are evidence or news; the table tells the same otherwise."""
EVIDENCE_FIELDS = {
    "page_password": "Page asks for a password",
    "page_similarity": "Likeness of its page, from 0 to 100",
    "leads_nowhere": "Its addresses lead to no server",
    "page_at_brand": "Its page leads on to a place of the brand's own",
    "page_final_domain": "Its page leads on to",
    "ioc_list": "Lists of indicators",
}
"""Other fields that the rules that come with hunter rest on."""
FIELDS = FACT_FIELDS | SPOKEN_FIELDS | EVIDENCE_FIELDS
