# The terms, the limits of their edits, and how far a text is from one.

cdef enum:
    LURE_BEHIND = 4  # the limits are told in `pieces`
    EDGE_FROM = 3
    AMID_FROM = 4
    INSIDE_FROM = 5
    LABEL_TYPO_FROM = 2
    TOKEN_TYPO_FROM = 5
    INSIDE_TYPO_FROM = 8
    TWO_EDITS_FROM = 6
    LONG_FROM = 12
    ALONE_BELOW = 8
    CONSONANTS_FROM = 4
    MOST_VOWELS = 3
    WORD_LONGER_BY = 2
    KEPT = 4
    KEPT_BESIDE = 3
    KEPT_TAIL = 3
    LONGEST_TERM = 63
    LONGEST_SPAN = 66
    MOST_FOUND = 32
    MOST_LONGER = 4  # letters: two glyphs for a letter, twice, and that twice

cdef enum Twist:  # as in `terms`
    AS_WRITTEN = 0
    DOMAIN_NAME = 1
    BETWEEN = 2

cdef packed struct Slice:
    int32_t at
    int32_t size

cdef packed struct Term:
    Slice sought  # as codes
    Slice plain
    Slice suffix
    Slice glued  # the suffix without dots
    Slice sound  # `sounds.sounds_like` of the plain letters
    Slice consonants  # `sounds.consonants` where they are enough to tell the term
    int32_t own  # the term as the brand writes it, of which this is a twist
    int32_t twist
    int32_t takes_typos
    int32_t is_word
    int32_t amid  # whether it is sought beside lures where it would not be else
    int32_t cis  # how often `ci` may stand in it; any number of times where this is -1

cdef packed struct Found:
    int32_t line
    int32_t term
    int32_t start
    int32_t end
    int32_t distance
    int32_t left
    int32_t right
    # What `_weighing` says of it.
    int32_t how
    uint64_t scene
    double points

cdef struct Look:
    Reading reading
    Found found[MOST_FOUND]
    int count
    int exact  # where those of the term at hand begin, ...
    int edited  # ... and those with edits
    bint in_doubt
    double least  # points of what is worth telling

cdef struct Shape:  # as `places._Shape`
    int several
    int head
    int tail
    int start
    int end


cdef inline Shape shape_of(int size) noexcept nogil:
    cdef Shape shape
    cdef int half = (size + 1) // 2
    if size >= LONG_FROM:
        shape.several, shape.start, shape.end, shape.head, shape.tail = 3, KEPT, KEPT, KEPT, KEPT
    else:
        shape.several, shape.start, shape.end = 2, half, size - half
        shape.head, shape.tail = 3 if size <= TWO_EDITS_FROM else 2, KEPT_TAIL
    return shape


cdef void take_distances(
    const uint64_t* places, int size, const uint8_t* text, int step, int count, int* distances
) noexcept nogil:
    """The distance of a term to each of the first letters of a text, and to more: `distance`.

    With a step of -1 those before `text`, and the places are of the term read backwards.
    """
    cdef uint64_t plus = ~<uint64_t> 0, minus = 0, diagonal = 0, previous = 0, here, more, less
    cdef uint64_t last = <uint64_t> 1 << (size - 1)
    cdef int at, distance = size
    for at in range(count):
        here = places[text[at * step]]
        diagonal = (
            (((here & plus) + plus) ^ plus) | here | minus | ((~diagonal & here) << 1 & previous)
        )
        more = minus | ~(diagonal | plus)
        less = diagonal & plus
        distance += ((more & last) != 0) - ((less & last) != 0)
        distances[at] = distance
        more = more << 1 | 1
        plus = less << 1 | ~(diagonal | more)
        minus = more & diagonal
        previous = here
