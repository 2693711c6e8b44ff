"""The English words for what to do next."""

NOT_URGENT = "Nothing here is urgent: read the facts, and decide whether the name concerns you."
BLOCK = (
    "Block {domain} and every name under it in the mail gateway, the web proxy and the resolver."
)
WHOSE = (
    "By itself it does not imitate {brand}: find out whose it is before you do anything about it."
    " Strangers may share such a value by chance, and whoever registers a name writes any mailbox."
    " Search the mail and proxy logs for {domain}: who of you has to do with it may know."
)
IF_THEIRS = (
    "If it is part of the deceit: hunter alerts confirm '{domain}' puts it on block lists. Then"
    " block it, warn staff and volunteers, and let whoever typed a password there set a new one;"
    " hunter takedown '{domain}' writes the letters that report it."
)
BLOCK_STILL = (
    "Make sure that {domain} and every name under it are blocked in the mail gateway, the web proxy"
    " and the resolver: addresses noted earlier may no longer be right."
)
NOT_THE_FIRMS = (
    "Block all of {domain} only if it is the imitator's own: it may also be a firm's that gives"
    " each customer a host, and then whoever works with it would be cut off."
)
WATCH_MAIL = (
    "Search the mail logs for {domain}, as sender and as link, and hold what still arrives: it has"
    " mail servers."
)
TELL_PARTNER = "Tell your partner {brand}: this name concerns them first."
WARN = (
    "Warn staff and volunteers, by a way other than mail if you can. Write the name as above, never"
    " as a link."
)
DO_NOT_VISIT = (
    "Do not open it, probe it or answer its mail: a visit shows whoever holds it that it was found."
)
PRESERVE = (
    "Preserve evidence: suspicious messages whole and with headers, screenshots, proxy and mail"
    " logs with times in UTC."
)
REPORT = "Report it, with these facts: {addressees}."
TO_REGISTRAR_AT = "to the registrar {registrar} at {abuse}"
TO_ABUSE = "to the registrar's abuse contact {abuse}"
TO_REGISTRAR = "to the registrar {registrar} (abuse contact not known)"
TO_SOME_REGISTRAR = "to the registrar (not known yet)"
TO_HOST = "to the host {host}"
TO_CDN = "to {cdn}, which stands in front of the server and knows where it is"
BETWEEN_ADDRESSEES = "; "
TO_REGISTRY = "to the registry of .{suffix}"
NOT_REGISTERED = (
    "It is not registered now: if it matters to you, register {domain} yourself before somebody"
    " else does."
)
PAGE_ASKS = (
    "Its page asks for a password: find out from proxy and resolver logs who was there, let them"
    " set a new password at once, and end their sessions."
)
TAKEDOWN = (
    "hunter takedown '{domain}' writes these letters, with evidence; a person sends them, and notes"
    " that with hunter takedown sent."
)
DECEIVES = "If it deceives: hunter alerts confirm '{domain}', and exports and letters say so, too."
GONE = (
    "When it is gone: hunter alerts close '{domain}', and hunter speaks of it again only if it"
    " grows graver or is registered anew."
)
DONE = "Nothing is left to do here; the log of the alert keeps who said so and why."
YOURS = (
    "If it is harmless: hunter alerts dismiss '{domain}' --why \"...\", and hunter speaks of it"
    " again only if it grows graver or is registered anew. If it is yours: also add it to the"
    " brand's owned domains."
)
YOURS_AS_HOST = (
    "If it is harmless: hunter alerts dismiss '{domain}' --why \"...\", and hunter speaks of it"
    " again only if it grows graver, is registered anew, or another host there imitates. If {host}"
    " is yours: also add that host to the brand's owned domains."
)
