# One name as `_sieve` looks at it, and the looks at its letters, some of them eight at a time.

cdef struct Asked:
    int32_t term
    bint exact
    bint edited

cdef struct Edge:
    int at
    # In which places three letters of a piece may begin, and whether other texts may.
    uint8_t begins
    uint8_t ends

cdef struct Name:
    # Letters without separators; before and after them is 0.
    uint8_t letters[BEFORE + LONGEST + AFTER]
    # From each letter on the code of three.
    uint16_t threes[BEFORE + LONGEST + AFTER]
    # Where separators were, and the begin.
    int cuts[LONGEST + 1]
    int cut_count
    # Those at which something may begin or end.
    Edge edges[LONGEST + 1]
    int edge_count
    # Where the four letters of a piece may begin.
    int hits[LONGEST + 1]
    int hit_count
    int end
    int suffix
    bint trails  # whether separators follow the last letter
    # The terms that may stand there, with or without edits.
    Asked asked[MOST_ASKED]
    int asked_count


cdef inline void ask(Name* name, int term, bint edited) noexcept nogil:
    """Each term once, and in order. When they are too many, there is one more than `MOST_ASKED`."""
    cdef int at = name.asked_count
    cdef int place
    if at > MOST_ASKED:
        return
    while at and name.asked[at - 1].term >= term:
        at -= 1
    if at == name.asked_count or name.asked[at].term != term:
        if name.asked_count == MOST_ASKED:
            name.asked_count += 1
            return
        for place in range(name.asked_count, at, -1):
            name.asked[place] = name.asked[place - 1]
        name.asked[at] = Asked(term, False, False)
        name.asked_count += 1
    if edited:
        name.asked[at].edited = True
    else:
        name.asked[at].exact = True


cdef inline uint64_t word_at(const Name* name, int at) noexcept nogil:
    """Eight letters from there on, the first in the lowest byte."""
    cdef uint64_t word
    memcpy(&word, &name.letters[at], 8)
    return word


cdef inline uint64_t word_before(const Name* name, int at) noexcept nogil:
    """The eight letters before, the last in the lowest byte."""
    return __builtin_bswap64(word_at(name, at - 8))


cdef inline uint64_t unequal(uint64_t word) noexcept nogil:
    """Bit 5 of each byte that is not zero; the bytes are letters, so that nothing carries."""
    return (word + EACH_BYTE(0x1F)) & EACH_BYTE(0x20)


cdef inline bint is_near(uint64_t text, uint64_t sought, uint64_t mask) noexcept nogil:
    """As `distance.is_near`."""
    cdef uint64_t differs = unequal((text ^ sought) & mask)
    cdef uint64_t first = differs & (~differs + 1)
    cdef uint64_t omitted = unequal((text ^ (sought >> 8)) & (mask >> 8))
    cdef uint64_t inserted = unequal(((text >> 8) ^ sought) & ((mask << 8) >> 8))
    if differs == first or omitted < first or inserted < first:
        return True
    return (differs ^ first) == (first << 8) and not (omitted | inserted) & first


cdef inline int count_lost(
    const Name* name, uint64_t letters, int at, int most, bint backwards
) noexcept nogil:
    """How many of eight letters stand in none of the places so far from where they should."""
    cdef uint64_t lost = unequal(letters), seen
    cdef int place
    for place in range(-most, most + 1):
        seen = word_before(name, at - place) if backwards else word_at(name, at + place)
        lost &= unequal(seen ^ letters)
    return (lost >> 5) * EACH_BYTE(1) >> 56


cdef inline bint is_filed(const uint8_t* bits, uint64_t code) noexcept nogil:
    return bits[code >> 3] >> (code & 7) & 1


cdef inline bint is_edge(const Name* name, int at) noexcept nogil:
    cdef int index
    for index in range(name.cut_count):
        if name.cuts[index] == at:
            return True
    return at == name.end


cdef inline bint begins_an_a_label(const uint8_t* label, Py_ssize_t size) noexcept nogil:
    return (
        size >= 4 and label[0] | 32 == c'x' and label[1] | 32 == c'n'
        and label[2] == c'-' and label[3] == c'-'
    )


cdef inline Py_ssize_t copied(
    const uint8_t* label, Py_ssize_t size, uint8_t* shown, Py_ssize_t written
) noexcept nogil:
    if written + size > LONGEST:
        return -1
    memcpy(shown + written, label, size)
    return written + size


cdef bint ends_with_hyphen(const uint8_t* line, Py_ssize_t size) noexcept nogil:
    """Whether the last label does, dots and space apart: there may be no letter in it."""
    while size and line[size - 1] in (c'.', c' ', c'\t', c'\r'):
        size -= 1
    return size and line[size - 1] in (c'-', c'_')


cdef bint is_beyond_ascii(const uint8_t* line, Py_ssize_t size) noexcept nogil:
    cdef uint8_t seen = 0
    cdef Py_ssize_t at
    for at in range(size):
        seen |= line[at]
    return seen >= 128


cdef bint holds_a_label(const Name* name, const uint8_t* line, Py_ssize_t size) noexcept nogil:
    """Whether `xn--` is in it: two hyphens in a row make two cuts in one place."""
    cdef int index
    for index in range(1, name.cut_count):
        if name.cuts[index] == name.cuts[index - 1]:
            return holds_a_prefix(line, size)
    return False


cdef bint holds_a_prefix(const uint8_t* line, Py_ssize_t size) noexcept nogil:
    cdef Py_ssize_t at
    for at in range(size):
        if begins_an_a_label(line + at, size - at):
            return True
    return False
