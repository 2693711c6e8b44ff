"""The English words of a takedown packet: letters and the page that goes with them."""

SUBJECT = "Abuse report: {domain} looks like {brand}"
SUBJECT_LINKED = "Abuse report: {domain} is linked to names that look like {brand}"
TO = "To: {name}"
AT = "By: {contact}"
AT_UNKNOWN = "By: contact not known. {hint}"
SUBJECT_LINE = "Subject: {subject}"
DATE = "Date: {at}"
FROM = "From: [YOUR NAME], [YOUR FUNCTION], [YOUR ORGANISATION], [YOUR E-MAIL], [YOUR TELEPHONE]"
GREETING = "Dear abuse team,"

NAMES = {
    "registrar": "the registrar",
    "host": "the hosting provider",
    "cdn": "the delivery network",
    "platform": "the platform",
    "registry": "the registry of .{suffix}",
}
NAME_KNOWN = "{name} ({role})"
NAME_UNKNOWN = "{role}, whose name is not known"
HINTS = {
    "registrar": "The registry's WHOIS or RDAP answer names the registrar and its abuse mailbox.",
    "host": "`whois {address}` prints it, as abuse-mailbox or OrgAbuseEmail.",
    "cdn": "Look for “report abuse” on its website.",
    "platform": "Look for “report abuse” on its website.",
    "registry": "See https://www.iana.org/domains/root/db/{suffix}.html.",
}

OPENING = {
    "registrar": (
        "We protect {brand} and report a domain name whose registrar, to our knowledge, you are:"
    ),
    "host": "We protect {brand} and report a domain name that points to your network ({place}):",
    "cdn": (
        "We protect {brand} and report a domain name that is served through your network ({place}):"
    ),
    "platform": "We protect {brand} and report a site on your platform:",
    "registry": "We protect {brand} and report a domain name under .{suffix}:",
}
BRACKETS = (
    "The dots stand in brackets so that nothing here can be clicked by accident. The exact name is"
    " in the files attached."
)

CLAIMS = "What we report"
LIKENESS = "The name holds “{matched}”, which is read as “{term}”: {brand} is known by it."
LIKENESS_WHOLE = "The name holds “{matched}”, by which {brand} is known."
LINKED = (
    "The name itself does not resemble {brand}, but shares what stands below with names that do."
)
SHOWN_AS = "Programs that show such names in their own script show it as {shown}."
NOT_OURS = "Neither the holder of {brand} nor anybody on their behalf registered or uses it."
HAS_MAIL = "It has mail servers: it can receive mail, and send it convincingly in our name."
WANTS_PASSWORDS = "A page under it asks visitors for a password."
LEADS_ON = "A page under it leads visitors on to {places}."
WANTS_PASSWORDS_THERE = "The page there asks visitors for a password."
SENDS_ELSEWHERE = "What is typed into that page goes to {domains}."
COPIES = "That page resembles {page} ({number} of 100)."
PAGE_AWAY = "We met that page last on {at}. Since then it could not be had: {why}."
LISTED = (
    "It, or what it is hosted on, stands on published lists of indicators of compromise: {lists}."
)
TOGETHER = "These names share traits with it: {domains}."
CONFIRMED = "We have examined it ourselves and consider it abusive."
LIMITS = "What we do not claim"
LIMITS_TEXT = (
    "We do not know who holds this name, and do not say who it is. What we report is consistent"
    " with the preparation of phishing; by itself it does not prove intent. A legitimate holder"
    " may have an explanation."
)

SEEN = "What was seen (times in UTC)"
SEEN_LINE = "{label}: {value} (told by {provider}; first seen {first}, last {last})"
SEEN_ENDED = "{label}: {value} (told by {provider}; seen from {first}, gone by {ended})"
PROVIDERS = {
    "certificate": "its server",
    "dns": "DNS",
    "hosting": "the tables of networks",
    "mail": "DNS",
    "page": "its page",
    "passive_dns": "passive DNS",
    "rdap": "RDAP",
    "sighting": "a public log of certificates",
    "whois": "WHOIS",
}
"""Who told a fact, where the name of a part of hunter says nothing to a stranger."""
FIRST_SEEN = "The name was first seen on {at}."
UNKNOWN = "What could not be found out"
UNKNOWN_LINE = "{label}: {why}"

ASKS = "What we ask of you"
ASKS_ACTIVE = {
    "registrar": (
        "Suspend the name (clientHold), so that it stops resolving.",
        "Keep the holder's data, payments and access logs for the authorities.",
        "Look at the other names of the same customer.",
    ),
    "host": (
        "Take the content under this name off the net, and tell your customer why.",
        "Keep its files, access logs and mail logs for the authorities.",
    ),
    "platform": (
        "Take the content under this name off the net, and tell your customer why.",
        "Keep its files, access logs and mail logs for the authorities.",
    ),
    "cdn": (
        "Stop serving this name, or show a warning before it.",
        "Pass this report on to the provider behind you, and tell us who that is.",
    ),
    "registry": (
        "Suspend the name if its registrar does not.",
        "Have the holder's data verified.",
    ),
}
ASKS_QUIET = {
    "registrar": (
        "Verify the data of the holder, and suspend the name if they cannot be verified.",
        "Look at the other names of the same customer.",
        "Keep the holder's data and access logs for the authorities.",
    ),
    "host": (
        "Find out what your customer uses this name for, and act if it is what it seems.",
        "Keep access logs and mail logs for the authorities.",
    ),
    "platform": (
        "Find out what your customer uses this name for, and act if it is what it seems.",
        "Keep access logs and mail logs for the authorities.",
    ),
    "cdn": ("Pass this report on to the provider behind you, and tell us who that is.",),
    "registry": ("Have the data of the holder verified.",),
}
ASKS_OF_HOSTS = {
    "registrar": (
        "Pass this report on to the holder of {domain}, who can take this off the net at once.",
        "Suspend {domain} only if its holder does not act, or is behind it.",
        "Keep the holder's data and access logs for the authorities.",
    ),
    "registry": ("Have the data of the holder of {domain} verified, should they not act.",),
}
"""Where only hosts imitate: the domain may be a firm's, and full of other customers."""
TELL_US = "Tell us what you did, or what else you need. We answer quickly."
_NOTICE = "This is a notice under article 16 of Regulation (EU) 2022/2065, where that applies."
RULES = {
    "registrar": (
        "Where the name is being used for phishing, section 3.18.2 of ICANN's Registrar"
        " Accreditation Agreement asks for prompt mitigation."
    ),
    "host": _NOTICE,
    "platform": _NOTICE,
    "cdn": _NOTICE,
}
GOOD_FAITH = (
    "We believe in good faith that what is stated here is accurate and complete to the best of our"
    " knowledge."
)
ATTACHED = "Attached: the evidence, with a list of SHA-256 digests (SHA256SUMS)."
MORE_EVIDENCE = (
    "[ATTACH WHAT YOU HAVE: messages from this name, whole and with headers; screenshots with the"
    " time. OTHERWISE DELETE THIS LINE.]"
)
REGARDS = "Kind regards,"
SIGNED = "[YOUR NAME]"

YES = "yes"
NO = "no"
AND = " and "
MORE = "{count} more"
LABELS = {
    "registered": "Registered",
    "updated": "Registration changed",
    "expires": "Registered until",
    "registrar": "Registrar",
    "abuse_email": "Registrar's abuse contact",
    "registrant_email": "Holder's mailbox",
    "registrant_name": "Holder",
    "registrant_org": "Holder's organisation",
    "registrant_redacted": "Holder withheld",
    "domain_status": "Registry status",
    "ns": "Name server",
    "a": "IPv4 address",
    "aaaa": "IPv6 address",
    "asn": "AS number",
    "as_name": "Network",
    "cdn": "Delivery network",
    "origin_ip": "Server behind it",
    "mx": "Mail server",
    "soa_mailbox": "Zone's mailbox",
    "cert_issuer": "Certificate issued by",
    "cert_serial": "Certificate's serial number",
    "cert_not_before": "Certificate valid from",
    "page_status": "Web page's HTTP status",
    "page_title": "Web page's title",
    "page_final_url": "Web page found at",
    "page_password": "Web page asks for a password",
}

README_TITLE = "TAKEDOWN PACKET: {domain}"
README_WRITTEN = "Written by hunter on {at}. Nothing was sent to anybody: that is for you."
README_STEPS = (
    "Read the letters in letters/. Fill in or delete whatever stands in [CAPITALS IN BRACKETS].",
    "Check that every sentence is true for you. What hunter claims is hedged; keep it so.",
    (
        "Attach the evidence, or this whole archive, and add what you have: messages whole and"
        " with headers, screenshots with the time."
    ),
    (
        "Send each letter to whom it is for, to the registrar and the host on the same day. The"
        " registrar can suspend the name, the host can take the page off the net; the registry can"
        " do either, and usually takes longer."
    ),
    "Note it: hunter takedown sent '{domain}' --to registrar --note \"ticket 4711\"",
    (
        "No answer within two working days? Ask again, with the number of the ticket; then go to"
        " the registry."
    ),
)
README_HOSTS = (
    "Only hosts under {domain} imitate, not {domain} itself. It may belong to a firm that gives its"
    " customers such hosts: then write to that firm first, for it can take them off at once, and to"
    " the registrar only if it does not answer."
)
README_LINKED = (
    "{domain} does not imitate {brand} by itself, and nobody has confirmed that it deceives. Find"
    " out whose it is before you send anything: whoever registers a name writes any mailbox, such"
    " as that of a firm."
)
README_TO = "Whom to write to"
README_FILES = (
    (
        "evidence/alert.en.txt says what hunter found and why. The other files there are the facts,"
        " with who told them and when: dns, registration, hosting, certificate, page and sightings"
        " as JSON, and history.csv with every fact ever learnt. Names in those stand as they are:"
        " do not open them in a browser."
    ),
    (
        "Keep this archive as it is. SHA256SUMS tells whether a file was changed: sha256sum -c"
        " SHA256SUMS"
    ),
)
ADDRESSEE = "{name}: {contact}"
CONTACT_UNKNOWN = "contact not known. {hint}"
NO_HOST = "Nobody as host: the name had no address when it was asked for last."
README_WAYS = "Ways at the registry"
WAYS = (
    "A form for names that are unlawful, into which the letter fits: {report}",
    "A request to be told who the holder is, where that is hidden: {disclosure}",
    (
        "If you hold an earlier right to the name, the dispute procedure is Syreli: {dispute}"
        " (articles L.45-2 and L.45-6 of the French Code des postes et des communications"
        " électroniques). It can transfer or delete the name."
    ),
)
