"""The English words of an incident: its story, its picture, and what the command says."""

TITLE = "Incident {number}: {core}{attached}, around {brands}"
CORE = "{count} domains tied to each other"
ATTACHED_ONE = " and one more loosely"
ATTACHED_MANY = " and {count} more loosely"
NOBODYS = "you"
"""For the brands, where none is named."""

# --- Chapters -----------------------------------------------------------------------------------

DOMAINS = "The domains"
COURSE = "In order of time (changes by the day hunter saw them)"
TIES = "What ties them to each other"
LOOSER = "What is tied more loosely"
CONTEXT = "What else is known"
READING = "How to read it"
OTHERWISE = "Other readings"
CONFIRM = "What would confirm it"
REFUTE = "What would speak against it"

# --- The domains --------------------------------------------------------------------------------

MEMBER = "{domain}{hosts}: {registered}; {likeness}{alert}."
HOSTS = " (with {hosts})"
REGISTERED = "registered {day}"
NOT_DATED = "day of registration not known, first seen {day}"
NEVER_DATED = "day of registration not known"
IMITATES = "looks like {brand}"
RESEMBLES_NONE = "resembles no brand, and was found by what it shares"
WATCHED_STRING = "resembles no brand, and holds a text that is watched"
IN_ALERT = "; alert: {severity}, {state}"
IN_NO_ALERT = "; in no alert"

# --- The course of events -----------------------------------------------------------------------

EVENT = "{day}  {domain}: {what}"
EVENT_REGISTERED = "registered"
EVENT_FROM = "{label} {values}"
EVENT_UNTIL = "{label} {values} until then"
EVENT_ALERT = "hunter opened the alert"
MORE_EVENTS = "… and {count} more"

# --- Links --------------------------------------------------------------------------------------

SHARE = "{domains} share {what} (strength {strength} of 1: {shared})."
SHARED_BY = "{count} domains in the store carry it"
KNOWN_WITH = "{count} domains are known to share it"
AS_HANDS = "{shared} and count as {hands}, for what looks like one hand's counts once"
TOLD = (
    " For {domains} it is what somebody told of the server behind; hunter cannot see that itself."
)
HABIT = (
    "{domains} concern one brand, were registered within weeks of each other, and their registrants"
    " use one mail provider, {value} (strength {strength} of 1: {shared})."
    " That is a habit: consistent with one hand, and no proof of one, for many honest people use it"
    " too."
)
OWN_NAME_SERVERS = (
    "{domains}: the name servers stand under {value} (strength {strength} of 1: {shared})."
)
CO_NAMES = (
    "{domains} stand in one certificate, that of {value}"
    " (strength {strength} of 1: it is for {count} domains)."
)
DECIDED = "{domains} belong together, {actor} decided{why}."
WHY = ": {why}"
TRAITS = {
    "registrant_email": "the registrant's address {value}",
    "registrant_org": "the registrant's organisation {value}",
    "registrant_name": "the registrant's name {value}",
    "cert_key": "the key of their certificates, {value}",
    "soa_mailbox": "the zone's mailbox {value}",
    "dmarc_mailbox": "the mailbox {value} for reports on their mail",
    "mx": "the mail server {value}",
    "address": "the address {value}",
    "asn": "the network AS{value}",
    "ns_domain": "the name-server company {value}",
    "page_favicon": "the icon of their pages, {value}",
}
TRAIT = "{label} {value}"
ATTACHED = "{domains} is attached (strength {strength} of 1). {reasons}"
ATTACHED_TOGETHER = "{domains} are attached (strength of each {strength} of 1). {reasons}"

TOGETHER = "Tied to {domains}: hunter incidents show {domain} tells by what."
TOGETHER_LOOSELY = "Tied loosely to {domains}: hunter incidents show {domain} tells by what."

# --- Context ------------------------------------------------------------------------------------

DEDICATED = (
    "{domains}: each on a server of its own, as far as is known. Such a server often means that a"
    " domain was put to use."
)
DEDICATED_ONE = (
    "{domain} is on a server of its own, as far as is known. Such a server often means that a"
    " domain was put to use."
)
LISTED = (
    "{domain} stands on a list of indicators: {listing}. A list says that somebody once noted the"
    " value, and not why."
)
LISTING = "{values} in {lists}"
DATED = " of {days}"
TOR_NOW = "{address}, an address {of_domain}, is a Tor exit now."
TOR_LAST = (
    "{address}, an address {of_domain}, was last seen as a Tor exit on {day}{before}{not_now}."
    "{covers}"
)
TOR_COVERS = " The past lists at hand speak of {spans}, and of no other day."
TOR_SPAN = "{first} to {last}"
ITS_ADDRESS = "An address"
TOR_BEFORE_ONE = ", one day before the domain was registered"
TOR_BEFORE = ", {days} days before the domain was registered"
TOR_NOT_NOW = ", and is none now"
THREE_READINGS = (
    "A list or a Tor exit behind an address may mean that somebody wants to muddy the traces, that"
    " the address changed hands on purpose, or chance."
)
HIDDEN = "{domain} is hidden behind {cdn}."
ORIGIN = "{domain}: the server behind it may be {origin} ({provider}); hunter cannot see it itself."
TOLD_BY = "told by {who}"
NETWORKS = "{domain}: networks {networks}."
NAME_SERVERS_BEFORE = "{domain} had name servers of {before} before those of {now}."

# --- Readings -----------------------------------------------------------------------------------

ONE_HAND = (
    "Together this is consistent with one hand behind {domains}. It is not proof of that, and it"
    " does not show whose hand it is, nor what for."
)
LOOSELY = (
    "{domains}: what attaches it is a habit or a common choice. It may be the same hand or somebody"
    " else's; on its own it does not show either."
)
LOOSELY_TOGETHER = (
    "{domains}: what attaches them is a habit or a common choice. It may be the same hand or"
    " others; on its own it does not show either."
)
ACT = (
    "Block those that are tied to each other, whoever it is: what they may be used for does not"
    " wait for that answer.{attached}"
)
ACT_ATTACHED = " What is attached is judged by its own alert: it may be a stranger's."
CHANCE = "Chance: names like these are registered every day, and strangers may share a service."
REUSE = (
    "Deliberate reuse: known habits of a group can be copied by somebody who wants it to be blamed."
)
MUDDYING = (
    "Muddying: values on public lists and former Tor exits may have been chosen so that many"
    " suspects fit."
)
SERVICE = (
    "A service: an agency, a reseller or a host may stand behind what is shared, with customers who"
    " do not know each other."
)
OWNER = "A legitimate owner: a supporter, a critic or a partner who told nobody."

CONFIRMING = (
    "Messages or pages under one of the names, kept whole, that ask for your people's passwords.",
    "The same kit, certificate key or mail server on a second domain of the incident.",
    "What a registrar or host can tell of who paid, asked for by those who may ask.",
)
REFUTING = (
    "An owner who can be reached and explains the name.",
    "The shared value on many domains that have nothing to do with {brands}.",
    "Use that is plainly harmless over months: a shop, a club, a parked page.",
)
CAVEAT = (
    "hunter sees names, registrations and servers, and nothing of what was done with them. Without"
    " messages, pages or programs nobody can say who it was."
)

# --- The picture --------------------------------------------------------------------------------

PICTURE_CORE = "tied by a strong link"
PICTURE_ATTACHED = "attached by a weaker link"
PICTURE_SHARED = "what they share"
PICTURE_CAPTION = "Thicker is stronger. Links are consistent with one hand, and no proof of one."
PICTURE_SHARES = "{label} {value}"
PICTURE_NAMED = "the certificate is for {count} domains"
PICTURE_STRENGTH = "strength {strength} of 1; {shared}"
PICTURE_TOLD = "told, and not seen, of {domains}"
PICTURE_TRAITS = {
    "registrant_email": "Registrant",
    "cert_key": "Certificate key",
    "soa_mailbox": "Zone's mailbox",
    "dmarc_mailbox": "Report mailbox",
    "mx": "Mail server",
    "address": "Address",
    "asn": "Network",
    "ns_domain": "Name servers of",
    "page_favicon": "Icon",
}
PICTURE_HABIT = "Mail at {value}, one brand, within weeks"
PICTURE_OWN_NAME_SERVERS = "Name servers under {value}"
PICTURE_CO_NAMES = "Certificate of {value}"
PICTURE_DECIDED = "Decided by {actor}"
PICTURE_TOR = "last seen as a Tor exit on {day}"
PICTURE_LISTED = "on list {lists}"
PICTURE_HIDDEN = "behind {cdn}"
PICTURE_ORIGIN = "server behind: {origin}"
PICTURE_UNICODE = "shown as {unicode}"
PICTURE_REGISTERED = "registered {day}"
PICTURE_PART = "in the picture: domains {domains} of {every}, links {links} of {all_links}"

# --- What the command says ------------------------------------------------------------------------

COLUMNS = ("no", "severity", "brands", "domains", "more loosely")
NOTHING_SHARED = "no alerts share anything rare"
BELONGS_TO_NONE = "{domain} belongs to no incident"
NO_SUCH = "there is no incident {number}"
PART_OF = "incident {number} is part of incident {whole} now"
DRAWN = "drawn into {file}"
TAKEN_OUT = "taken out of incident {number}: {domains}"
JOINED = "joined with incident {number}: {domains}"
IS_NOW = "incident {number} is now: {domains}"
