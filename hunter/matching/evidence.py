"""What speaks for and against a find, as named features; `confidence` weighs them.

Four questions: how near is it, and how rare is the term as an ordinary word; what stands beside it
(`scenes` answers these, `scene_features` names the answers); how surprising its letters are, and
under which ending (`writing`); does the text read as ordinary words without the brand, or sound as
it (`reading_as_words`, `sounding`, `other_readings`). The last is costly and only ever speaks
against, so it is asked last. Scenes are few and names are many: what a scene is worth is worked out
once.
"""

from bisect import bisect_left, bisect_right
from functools import cache
from string import digits

from hunter.matching.affixes import class_before, themes
from hunter.matching.places import Find
from hunter.matching.scenes import Scene, reads_verbatim, surprise
from hunter.matching.segmentation import beyond_words, spelling
from hunter.matching.sounds import sounds_like
from hunter.matching.suffixes import OF_NO_COUNTRY
from hunter.matching.terms import ARTICLES, LONG_TERM
from hunter.matching.views import DOT, Reading, plain_letters, separates, shown
from hunter.matching.words import COMMON, SHORTEST_WORD, as_token, frequencies, phrase, targets
from hunter.matching.words_around import looks_around, other_words, words_beyond

Features = dict[str, float]
WHOLE_WORDS = "typo of-whole-words"
TYPO_ACROSS_WORDS = "typo across-words"
OTHER_WORDS = "exact of-other-words"
SAME_SOUND = "typo sounds-same"
PLACES = ("inside", "at-edge", "between-edges")
"""By how many of its ends are edges."""
WHOLE_DOMAIN = "whole-domain"
USUALLY_BEYOND = 10.0
"""Nats that words alone cost more than the brand amid words, in the middle of what is found."""
MOST_BEYOND = 12.0
"""Nats beyond that which still count."""
_LONGER = ((12, "12+"), (10, "10-11"), (8, "8-9"))
"""Classes of terms of more letters than are worth a class each."""
_HEARD_FROM = 7
"""Sounds of a name from which ordinary words that have them are meant as the name."""


def is_verbatim(reading: Reading, find: Find) -> bool:
    """Whether the term stands there in the brand's own letters, separators apart."""
    letters, term = reading.plain[find.start : find.end], find.term
    return reads_verbatim(letters, term.plain, term.twist)


def is_in_its_letters(reading: Reading, find: Find) -> bool:
    """Whether it is in the letters of the other alphabet, or ours that look like some of them.

    A mark that combines with one of them, as a stress does, is no letter.
    """
    part, _ = shown(reading, find.start, find.end)
    foreign = {
        char for char in part if not char.isascii() and plain_letters(char) and not separates(char)
    }
    return bool(foreign) and foreign.issubset(find.term.letters)


def without_digits(reading: Reading, find: Find) -> str:
    """The letters of a find, but for digits at its ends."""
    return reading.plain[find.start : find.end].strip(digits)


def is_keyword_by_its_sound(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is a keyword in letters that sound alike, and no words: `makron`."""
    if around.distance != 1 or is_abroad(reading, around) or find.term.is_own_label:
        return False
    text = reading.plain[find.start : find.end]
    if text in frequencies() or not sounding(reading, find):
        return False
    return not lies_in_words(reading, find)


def is_abroad(reading: Reading, around: Scene) -> bool:
    """Whether it has another country's ending than the brand's, and people take it for that."""
    other = around.suffix == "country" and not around.same_suffix
    return other and reading.suffix.rpartition(".")[2] not in OF_NO_COUNTRY


def is_under_its_ending(around: Scene) -> bool:
    """Whether it stands where people look for the brand; under `com` they look for everybody."""
    return around.same_suffix and around.suffix != "com"


def kind_of(distance: int) -> str:
    """Evidence on typos is weighed apart from that on exact finds."""
    return "typo" if distance else "exact"


def scene_features(scene: Scene) -> list[str]:
    """The names of what speaks for and against: `1 between-edges 7` is nearness, edges, length."""
    free = bool(scene.left) + bool(scene.right)
    place = PLACES[free]
    how = str(scene.distance) if scene.distance else "as-is" if scene.verbatim else "folded"
    kind = kind_of(scene.distance)
    ending = f"on-platform {place}" if scene.suffix == "platform" else f"suffix:{scene.suffix}"
    return [
        f"{how} {place} {_size_class(scene.size)}",
        f"{kind} {free} {scene.word}",
        f"{kind} before:{scene.before}",
        f"{kind} after:{scene.after}",
        f"{kind} {ending}",
        *[f"{kind} whole-domain suffix:{scene.suffix}"] * scene.whole_domain,
        *[f"twist {scene.twist}"] * bool(scene.twist),
        *_freely(scene, kind) * (free > 1),
        *[f"{kind} in-subdomain {place}"] * scene.in_subdomain,
        *[lure_feature(scene.word)] * scene.lured,
        *[f"{kind} same-suffix"] * scene.same_suffix,
        *["brand-suffix-beside"] * scene.suffix_beside,
        *scene.edits,
    ]


def lure_feature(word: str) -> str:
    """The name of a lure beside a term of this class."""
    return f"lure {word[:4]}"


def writing_features(kind: str, suffix: str) -> tuple[str, str, str]:
    """The names of the ending, and of how surprising the find's and the term's letters are.

    A term that is itself ordinary letters turns up by chance; a find of rare letters does not.
    """
    return f"{kind} .{suffix}", f"{kind} letters", f"{kind} letters-of-term"


def writing(reading: Reading, find: Find) -> Features:
    """What these three measure; the letters in nats."""
    (nats,) = surprise([reading], [find])
    names = writing_features(kind_of(find.distance), reading.suffix)
    return dict(zip(names, (1.0, *nats), strict=True))


def place_of(scene: Scene) -> str:
    """Where it stands: as the registrable label, or by how many of its ends are edges."""
    return WHOLE_DOMAIN if scene.whole_domain else PLACES[bool(scene.left) + bool(scene.right)]


def term_features(place: str, term: str) -> Features:
    """How ordinary the term is, as one word in Zipf frequency and as several in nats.

    It turns up by chance as what it means, and more so inside a word than between edges.
    """
    frequency = frequencies().get(term, 0.0)
    found = {f"{place} term-frequency": frequency, f"{place} term-spelling": spelling(term)}
    by_itself = place in (WHOLE_DOMAIN, PLACES[2])
    return found | {"target": 1.0} if by_itself and term in targets() else found


def _freely(scene: Scene, kind: str) -> list[str]:
    found = ["other-token"] * scene.other_token
    if scene.whole_domain:
        return [f"{kind} whole-domain", *found]
    return [f"{kind} whole-label", *found] if scene.left == scene.right == DOT else found


def tokens_of(reading: Reading, find: Find) -> tuple[tuple[int, int], tuple[str, ...]]:
    """The range of the tokens in which it lies, and these."""
    cuts = reading.cuts
    begin, end = bisect_right(cuts, find.start) - 1, bisect_left(cuts, find.end)
    return (cuts[begin], cuts[end]), reading.tokens[begin:end]


def labels_around(reading: Reading, find: Find) -> tuple[int, int]:
    """The range of the labels in which it lies."""
    cuts, edges = reading.cuts, reading.edges
    first, last = bisect_right(cuts, find.start) - 1, bisect_left(cuts, find.end)
    while edges[cuts[first]] != DOT:
        first -= 1
    while edges[cuts[last]] != DOT:
        last += 1
    return cuts[first], cuts[last]


def rest_of_label(reading: Reading, find: Find) -> tuple[str, str]:
    """What stands before it and behind it in the registrable label, whatever the tokens."""
    return reading.plain[reading.label : find.start], reading.plain[find.end : reading.head]


def reading_as_words(reading: Reading, find: Find) -> Features:
    """Nats that words alone cost more than the brand amid words, beyond what is usual."""
    (start, end), _ = tokens_of(reading, find)
    token = reading.plain[start:end]
    nats = beyond_words(token, find.start - start, find.end - start)
    return {f"{kind_of(find.distance)} words-alone": min(nats - USUALLY_BEYOND, MOST_BEYOND)}


def sounding(reading: Reading, find: Find) -> Features:
    """Whether edits leave the sound of the term: `metamasc`, `bankedulac`."""
    if not find.distance:
        return {}
    text = reading.plain[find.start : find.end]
    return {SAME_SOUND: 1.0} if sounds_like(text) == sounds_like(find.term.plain) else {}


def other_readings(reading: Reading, find: Find) -> Features:
    """How ordinary the text is without the brand, in Zipf frequencies; empty when it is not.

    One letter more before the term is a typo, whatever word it makes: `een-marche`.
    """
    (start, end), tokens = tokens_of(reading, find)
    token = reading.plain[start:end]
    first, last = find.start - start, find.end - start
    kind = kind_of(find.distance)
    found: Features = {}
    text = token[first:last]
    if _says_the_same(find, tokens) or is_with_article(find, tokens):
        return {}
    if find.distance or not is_verbatim(reading, find):
        found[f"{kind} is-word"] = frequencies().get(text, 0.0)
        found[f"{kind} is-two-words"] = phrase(text, SHORTEST_WORD)
    lured = not find.distance and "lure" in class_before(token[:first])
    if not lured and _is_loose(find, beyond=first + len(token) - last):
        found[WHOLE_WORDS] = _whole_words(tokens)
    begins = find.left or find.start - 1 in reading.edges
    if not (lured or find.distance or begins):
        found[OTHER_WORDS] = max(_whole_words(tokens), other_words(token, first, last))
    elif not first:
        found[OTHER_WORDS] = words_beyond(token, last)
    if not (find.left and find.right) or find.distance:
        within, across = looks_around()
        if first or not _is_no_plural(token, last):
            found[f"{kind} within-word"] = within(token, first, last)
        found[f"{kind} across-words"] = across(token, first, last)
    return {name: value for name, value in found.items() if value}


def _is_no_plural(token: str, last: int) -> bool:
    """Whether the `s` behind a term that begins its token begins a lure: `amazonsecure`.

    What is shorter is more often what a company is called: `graceservices`.
    """
    rest = token[last:]
    return last >= LONG_TERM and rest.startswith("s") and bool(themes(rest))


def _says_the_same(find: Find, tokens: tuple[str, ...]) -> bool:
    """Whether each of the brand's words stands there as it is or sounds, and no other: `en-marsh`.

    These are words as well, and meant as the brand's. Of a sound alone is hardly anything left:
    that of `en` is that of `no` and `une`.
    """
    if not find.distance:
        return False
    if is_heard_as_one(find, tokens):
        return True
    words = find.term.words
    if not words or len(tokens) != len(words):
        return False
    return all(map(_is_heard_as, tokens, words))


def is_heard_as_one(find: Find, tokens: tuple[str, ...]) -> bool:
    """Whether they sound together as a long name that is written in one: `la-bank-postale`."""
    sound = sounds_like(find.term.plain)
    if find.term.tokens or len(tokens) == 1 or len(sound) < _HEARD_FROM:
        return False
    return sounds_like("".join(tokens)) == sound


def is_with_article(find: Find, tokens: tuple[str, ...]) -> bool:
    """Whether an article is glued to the brand's words, be it a name with it: `lacroix-rouge`."""
    if find.distance or len(tokens) == 1:
        return False
    first, *others = find.term.words or ("",)
    return tokens[0].removesuffix(first) in ARTICLES and [*tokens[1:]] == others


def _is_heard_as(text: str, word: str) -> bool:
    sound = sounds_like(word)
    return text == word or (len(sound) > 1 and sounds_like(text) == sound)


def _is_loose(find: Find, *, beyond: int) -> bool:
    """Whether what is written may be other words: edited, or with letters `beyond` it.

    One letter more is a typo: `en-marchee`.
    """
    if find.distance:
        return find.distance > 1 or not (find.left and find.right)
    return beyond > 1


def _whole_words(tokens: tuple[str, ...]) -> float:
    """The rarest of the tokens that it lies in: `la` and `marche`, or `mes` and `marches`."""
    # One token is read as a word elsewhere.
    return min(map(as_token, tokens)) if len(tokens) > 1 else 0.0


def lies_in_words(reading: Reading, find: Find) -> bool:
    """Whether it lies in several tokens, and each is a word."""
    _, tokens = tokens_of(reading, find)
    return _whole_words(tokens) > 0


def lies_in_common_words(reading: Reading, find: Find) -> bool:
    """Whether it does in such as are ordinary."""
    _, tokens = tokens_of(reading, find)
    return _whole_words(tokens) >= COMMON


@cache
def _size_class(size: int) -> str:
    return next((name for least, name in _LONGER if size >= least), str(size))
