"""Whether a word beside a find asks for something: what anybody is called beside it does not."""

from collections.abc import Callable, Set
from functools import cache
from string import digits

from hunter.matching.affixes import misspelt_themes, themes, themes_within
from hunter.matching.evidence import labels_around, tokens_of
from hunter.matching.places import Find
from hunter.matching.scenes import Scene, beside
from hunter.matching.terms import BETWEEN, keywords_of
from hunter.matching.views import DOT, HYPHEN, Reading, fold
from hunter.matching.words import LESS_COMMON_WORD, host_names, lures, of_anybody, targets

ABBREVIATION = 3
"""Letters up to which a host of anybody's has the same, `crm`, and which make hardly a word."""
MATTERS = frozenset(("matters",))
"""The theme of words that ask for nothing beside what is a word, but do beside a name."""
OF_SQUATTERS = frozenset(("abused", "platform"))
"""Classes of endings under which abbreviations are seldom anybody else's."""
_MERE_ENDINGS = frozenset(("net", "org"))
"""Endings that many a name has before its own: `totalnet`."""
_ENDINGS = frozenset(("co", "net", "org", "gov", "gouv", "go", "ne", "ac"))
"""What stands before a country in its endings."""
_COUNTRY = 2
"""Letters of a country's ending."""
_HOSTS = frozenset((
    "mail", "mails", "smtp", "imap", "mx", "api", "static", "dev", "test", "staging", "beta", "cdn",
))  # fmt: skip
"""What hosts of anybody's are called, beside what `lures` has of the web."""
_STAGES = frozenset((
    "prod", "preprod", "staging", "test", "dev", "svc", "cluster", "frontend", "backend", "db",
    "sql", "redis", "cache", "node", "worker", "queue", "proxy", "gateway", "gw", "internal",
))  # fmt: skip
"""What only those who run hosts say."""
_DEPLOYED = _STAGES | {
    "web", "ui", "api", "app", "vpn", "sso", "auth", "intranet", "extranet", "portal", "client",
    "cloud", "files", "docs", "share", "support", "tracking", "notification", "service",
    "notifications", "services", "exchange", "owa", "teams", "calendar", "default",
}  # fmt: skip
"""What hosts are run for, beside what they are named after."""
STOLEN = frozenset(("access", "trust", "money"))
"""Themes of what is stolen: passwords, payments."""
_OWNERS_LURE = 6
"""Letters of such a lure with more beside it in the domain that a host is of: `isolde` is no
`solde`, and of what asks for less, `aliexpress` no `express`."""
_OF_FIRMS = frozenset(("work",))
"""Themes of what firms call their domains: `partners`, `corp`."""
_SPELT = 3
"""Neighbours that may spell a lure."""
ASKING_ANYWHERE = frozenset(("access", "trust", "mail", "money", "campaign"))
"""Themes that ask beside a rare name whatever the ending is."""
SOUGHT = frozenset(("access", "trust", "mail", "money", "delivery"))
"""Themes of what squatters are after: passwords, mailboxes, payments."""
NOT_ASKING = frozenset(("places", "shop", "near", "matters"))
"""Themes of what asks for nothing."""


def asks(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a word beside it asks for something, or the brand's own ending stands there."""
    if around.suffix_beside:
        return True
    if not around.in_subdomain:
        return is_asking(reading, find, mere=_mere_beside(find, around))
    return _asks_in_a_host(reading, find, around)


def _mere_beside(find: Find, around: Scene) -> frozenset[str]:
    """What asks for nothing beside it: `centre` beside an ordinary word, `football-centre`.

    But where squatters are at home, and beside a word that they are after. Initials are none,
    however often they are written: `dhl`.
    """
    is_word = around.size > ABBREVIATION and around.word.startswith("word")
    if around.suffix in OF_SQUATTERS or not is_word or find.term.plain in targets():
        return _MERE_ENDINGS
    return _MERE_ENDINGS | of_anybody()


def _asks_in_a_host(reading: Reading, find: Find, around: Scene) -> bool:
    """What any host is called does not ask, beside an abbreviation or another label.

    Instead a whole domain under a foreign one imitates, whatever the brand's own ending is.
    """
    if _is_a_domain(reading, find):
        return True
    if around.size <= ABBREVIATION:
        return is_asking(reading, find, mere=_of_hosts(), too=MATTERS)
    if is_run_by_anybody(reading, find, around):
        mere = _of_hosts() | _DEPLOYED | _mere_label(reading, around)
        return is_asking(reading, find, mere=mere)
    if is_numbered_label(find, around):
        return is_asking(reading, find, mere=_of_hosts() | _mere_label(reading, around))
    return is_asking(reading, find)


def is_of_no_squatter(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether neither its ending is one of theirs nor a word beside it asks."""
    return around.suffix not in OF_SQUATTERS and not asks(reading, find, around)


def is_glued_to_a_lure(reading: Reading, find: Find) -> bool:
    """Whether what it is glued to has what squatters are after: `plexverifynow`, `plexacccount`.

    What the text is as a whole `asks` says. Beside what is one itself it means another brand:
    `airbnbloginvpn` for login.gov.
    """
    if lures().get(find.term.plain) in SOUGHT:
        return False
    left, right, _ = beside(reading, find)
    asked = (themes_within(text) | misspelt_themes(text) for text in (left, right))
    return any(found & SOUGHT for found in asked)


def is_asking(
    reading: Reading,
    find: Find,
    *,
    mere: Set[str] = _MERE_ENDINGS,
    too: Set[str] = frozenset(),
) -> bool:
    """Whether a word beside it asks for something, and is no shop, place, or possessive.

    So does another of the brand's own keywords: `macron-enmarche`. The `mere` texts never do, and
    of the themes that ask for nothing those in `too` do all the same. Beside a find that is a token
    by itself more than a lure may stand in one, or one with a typo: `marche-verifications`,
    `marche-paiment`.
    """
    left, right, tokens = beside(reading, find)
    if find.term.twist == BETWEEN:
        tokens = tuple(token for token in tokens if not _is_of_the_term(token, find))
    asked = _asked_in(reading, find)
    texts = (left, right, *tokens, *_spelt_as_three(reading, find))
    quiet = NOT_ASKING - too
    if find.end <= reading.label:
        quiet |= _OF_FIRMS
    if any(asked(text) - quiet for text in texts if text not in mere):
        return True
    keywords = keywords_of(find.term.brand)
    return any(word in texts for word in keywords if word not in find.term.plain)


def _asked_in(reading: Reading, find: Find) -> Callable[[str], frozenset[str]]:
    """How a text that stands beside the find is read for what it asks.

    In the domain that a host is of, which has a name of its own, a lure counts as a whole, or where
    it is clear what is to be stolen.
    """
    if not (find.left and find.right):
        return themes
    if find.end > reading.label:
        return _themes_of_token
    owners = reading.tokens[reading.cuts.index(reading.label) : reading.stem]
    return lambda text: _themes_of_owner(text) if text in owners else _themes_of_token(text)


def _themes_of_owner(text: str) -> frozenset[str]:
    return themes(text) or (themes_within(text, _OWNERS_LURE) & STOLEN)


def _themes_of_token(text: str) -> frozenset[str]:
    return themes_within(text) or misspelt_themes(text)


def _spelt_as_three(reading: Reading, find: Find) -> tuple[str, ...]:
    """The lures of which three neighbours are the words: `mot-de-passe`, not `mise-en-marche-a`."""
    if reading.stem < _SPELT:
        return ()
    cuts = reading.cuts[: reading.stem + 1]
    spelt = (
        reading.plain[start:end]
        for start, end in zip(cuts, cuts[_SPELT:], strict=False)
        if end <= find.start or start >= find.end
    )
    return tuple(text for text in spelt if text in lures())


def _is_of_the_term(token: str, find: Find) -> bool:
    """Whether it is a word of the brand, which stands apart from the one that was found."""
    return fold(token) in find.term.tokens


def beside_in_its_part(reading: Reading, find: Find) -> tuple[str, ...]:
    """All that is `beside` it, what is left and right of it in its token first.

    Of a host before the domain no tokens but those of its label or labels.
    """
    left, right, others = beside(reading, find)
    if find.end > reading.label:
        return left, right, *others
    (start, end), _ = tokens_of(reading, find)
    begin, head = labels_around(reading, find)
    first, before, after, last = map(reading.cuts.index, (begin, start, end, head))
    return left, right, *reading.tokens[first:before], *reading.tokens[after:last]


def joined(reading: Reading, find: Find) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tokens that hyphens join to it, before and behind; none or one each.

    The find begins and ends a token.
    """
    start, end = map(reading.cuts.index, (find.start, find.end))
    before = reading.tokens[:start][-1:] if find.left == HYPHEN else ()
    after = reading.tokens[end : reading.stem][:1] if find.right == HYPHEN else ()
    return before, after


def themes_beside(reading: Reading, find: Find) -> frozenset[str]:
    """Of what stands beside it; a word that ends as a lure does has none: `femmes`."""
    left, right, others = beside(reading, find)
    return frozenset[str]().union(*map(themes_within, (left, right, *others)))


def is_numbered_label(find: Find, around: Scene) -> bool:
    """Whether it is a whole label, or one that goes on with a number: `hermes2`."""
    return find.left == DOT and (find.right == DOT or around.after == "digits")


def is_run_by_anybody(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether nothing but what is run stands beside it before the domain: `hermes-api.prod`.

    It is what hosts are called, or an ordinary word at which somebody works: `ledger-service.dev`.
    """
    hosts = reading.tokens[: reading.cuts.index(reading.label)]
    others = {token.strip(digits) for token in hosts} - {find.term.plain, ""}
    if not others <= _of_hosts() | _DEPLOYED:
        return False
    if find.term.plain in host_names():
        return True
    return around.word == LESS_COMMON_WORD and not others.isdisjoint(_STAGES)


def _mere_label(reading: Reading, around: Scene) -> frozenset[str]:
    """The registrable label, but for endings of squatters: `zoom.us` has many a tenant.

    What is stolen always asks: `hermes.wallet.ceo`.
    """
    label = reading.plain[reading.label : reading.head]
    theme = lures().get(label)
    mere = theme and theme not in STOLEN and around.suffix not in OF_SQUATTERS
    return frozenset((label,)) if mere else frozenset()


@cache
def _of_hosts() -> frozenset[str]:
    """What hosts of anybody's are called: `www`, `api`, `mail`."""
    web = (text for text, theme in lures().items() if theme == "web")
    return _HOSTS.union(web)


def _is_a_domain(reading: Reading, find: Find) -> bool:
    """Whether an ending stands behind it in a host's name: `amazon.co.jp-login.`, `aol.com.`.

    So does one with which somebody's own label begins, or that is all of it: `orange.com-zq.net`.
    """
    if find.right != DOT:
        return False
    at = reading.cuts.index(find.end)
    # The last labels may have no letters: `amazon.co.-.-`.
    first, *behind = reading.tokens[at : at + 2]
    ends = reading.edges[reading.cuts[at + 1]] == DOT and [*map(len, behind)] == [_COUNTRY]
    return first == "com" or (find.end < reading.label and first in _ENDINGS and ends)
