"""What a slip of the finger leaves of a name, and where that is seldom another name."""

from hunter.matching.affixes import themes
from hunter.matching.asking import ASKING_ANYWHERE
from hunter.matching.evidence import lies_in_words, rest_of_label
from hunter.matching.places import Find
from hunter.matching.scenes import Scene
from hunter.matching.terms import LONG_TERM, is_rare_name
from hunter.matching.views import DOT, Reading
from hunter.matching.words import COMMON_WORD, OF_ADDRESSES, frequencies, targets

TYPED_FROM = 5
"""Letters from which a label one edit away is seldom anybody else's: `livi` is no `lidl`."""
_RUN_ON_FROM, _RUN_ON = 6, 2
"""Letters of a name that may run into an ending, and how many that may have behind it."""
_NAMES = frozenset(("unknown", "coined", "famous"))
"""Classes of what is no word, nor several."""


def is_mere_name(find: Find, around: Scene) -> bool:
    """Whether it is a longer name, and no word in any language: `microsoft`."""
    if around.size < LONG_TERM:
        return False
    return around.word in _NAMES or is_rare_name(find.term.plain)


def is_typed_twice(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether the domain is the brand's own but for its first or last letter, which is doubled.

    Under any ending that of a longer name, or of a word that squatters are after: `paypall.net`,
    `ddiscord.net`. One doubled within is an edit: `alllegro.pl` beside `allegroo.pl`.
    """
    term = find.term.plain
    if len(term) < (TYPED_FROM if around.same_suffix else LONG_TERM):
        return False
    if not (
        around.same_suffix
        or is_mere_name(find, around)
        or around.is_distinctive
        or term in targets()
    ):
        return False
    return reading.plain[reading.label : reading.head] in (term[0] + term, term + term[-1])


def runs_into_the_ending(reading: Reading, find: Find) -> bool:
    """Whether the ending has the brand's last letters, and a letter or two more: `lemond.es`.

    What is a word without them is that: `edward.sk`.
    """
    if (
        len(find.term.plain) < _RUN_ON_FROM
        or not find.start == reading.label < reading.head < find.end
    ):
        return False
    few = len(reading.plain) - find.end <= _RUN_ON
    return few and reading.plain[reading.label : reading.head] not in frequencies()


def is_slip_beside_what_asks(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a longer name has a slip, and all else of the domain is what squatters ask for.

    Or what an address begins with: `outlookmicosoft`, `wwwnettlix`. With another first or last
    letter it may be another name, or be cut otherwise: `wexhealthcard` for nexhealth.
    """
    if around.size < LONG_TERM or (find.distance and around.word.startswith("word")):
        return False
    if around.word == COMMON_WORD:
        return False
    if find.start < reading.label or find.end > reading.head:
        return False
    before, after = _beside_its_slip(reading, find)
    begins = ((before, OF_ADDRESSES), (after, frozenset[str]()))
    return bool(before or after) and all(
        not part or part in begin or themes(part) & ASKING_ANYWHERE for part, begin in begins
    )


def _beside_its_slip(reading: Reading, find: Find) -> tuple[str, str]:
    """What is before and behind it in the registrable label; nothing where it has no slip.

    Its first or last letter typed twice is one: `sspotify-webmail`.
    """
    text, term = reading.plain[find.start : find.end], find.term.plain
    before, after = rest_of_label(reading, find)
    if find.distance == 1 and (text[0], text[-1]) == (term[0], term[-1]):
        return before, after
    if text == term and before.endswith(term[0]):
        return before[:-1], after
    if text == term and after.startswith(term[-1]):
        return before, after[1:]
    return "", ""


def is_domain_mistyped(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is a longer name with a slip and the brand's ending: `airnb.com.evil.net`.

    In front of another domain nobody else has his own, but for what is a word or of words.
    """
    if around.distance != 1 or around.size < LONG_TERM or not find.term.is_own_label:
        return False
    if not find.left or find.right != DOT or not _has_its_ending_behind(reading, find):
        return False
    text = reading.plain[find.start : find.end]
    return text not in frequencies() and not lies_in_words(reading, find)


def _has_its_ending_behind(reading: Reading, find: Find) -> bool:
    """Whether the brand's own stands there, with more of the host's name after a dot or hyphen."""
    ending = find.term.suffix.replace(".", "")
    end = find.end + len(ending)
    return (
        end < reading.head and end in reading.edges and reading.plain.startswith(ending, find.end)
    )
