# Where a find stands, as one number: `scenes.Scene`. `weighing` knows how its bits are read.

cdef struct Place:
    int start  # of the tokens in which a find lies
    int end
    int first  # and which they are
    int last


cdef inline Place tokens_around(const Reading* reading, const Found* find) noexcept nogil:
    """`scenes.tokens_around`."""
    cdef Place place
    place.first = 0
    while reading.cuts[place.first + 1] <= find.start:
        place.first += 1
    place.last = place.first + 1
    while reading.cuts[place.last] < find.end:
        place.last += 1
    place.start, place.end = reading.cuts[place.first], reading.cuts[place.last]
    return place


cdef inline bint is_whole_domain(const Reading* reading, const Found* find) noexcept nogil:
    return find.start == reading.label and find.end == reading.head


@final
cdef class Scenes:
    """What is asked of the text around a find."""

    cdef Finder finder
    cdef const uint8_t[::1] replacements

    def __cinit__(self, *, Finder finder not None, const uint8_t[::1] replacements):
        if replacements.shape[0] != LETTER_CODES * LETTER_CODES:
            raise ValueError("a kind of replacement is needed for each two letters")
        self.finder, self.replacements = finder, replacements

    cdef uint64_t scene_of(
        self, const Reading* reading, const Found* find, const Place* place, int ending,
        int word,
    ) noexcept nogil:
        """The scene, given the kinds of the public suffix and of the term."""
        cdef const Term* term = &self.finder.terms[find.term]
        cdef const uint8_t* plain = &reading.plain[0]
        cdef int after = place.end - find.end
        cdef uint64_t scene = find.distance
        scene = scene << 1 | self.is_verbatim(reading, find, term)
        scene = scene << 2 | find.left
        scene = scene << 2 | find.right
        scene = scene << 6 | term.sought.size
        scene = scene << 6 | word
        scene = scene << 3 | self.finder.affixes.class_of(
            plain + place.start, find.start - place.start, True
        )
        scene = scene << 3 | self.finder.affixes.class_of(plain + find.end, after, False)
        scene = scene << 3 | ending
        scene = scene << 1 | self.finder.has_own_suffix(reading, term)
        scene = scene << 1 | self.has_suffix_beside(reading, find, term, place)
        scene = scene << 1 | is_whole_domain(reading, find)
        scene = scene << 1 | (find.end <= reading.label)
        scene = scene << 2 | self.others(reading, place)
        scene = scene << 4 | term.twist
        return scene << 6 | self.edits(reading, find, term)

    cdef bint is_verbatim(
        self, const Reading* reading, const Found* find, const Term* term
    ) noexcept nogil:
        return find.end - find.start == term.plain.size and not memcmp(
            &reading.plain[find.start], self.finder.text_of(term.plain), term.plain.size
        )

    cdef bint has_suffix_beside(
        self, const Reading* reading, const Found* find, const Term* term, const Place* place
    ) noexcept nogil:
        """Whether the brand's own suffix stands beside it, under another."""
        cdef int token, begin
        if self.finder.is_com(term):
            return False
        if self.is_of_suffix(term, &reading.plain[find.end], place.end - find.end):
            return True
        for token in range(reading.stem):
            if place.first <= token < place.last or self.is_mere_host(reading, place, token):
                continue
            begin = reading.cuts[token]
            if self.is_of_suffix(term, &reading.plain[begin], reading.cuts[token + 1] - begin):
                return True
        return False

    cdef bint is_of_suffix(self, const Term* term, const uint8_t* text, int size) noexcept nogil:
        """Whether it is the brand's suffix without its dots, or the first or last label of it."""
        cdef const uint8_t* suffix = self.finder.text_of(term.suffix)
        cdef int whole = term.suffix.size, begin = whole - size
        if not size:
            return False
        if size == term.glued.size and not memcmp(text, self.finder.text_of(term.glued), size):
            return True
        if begin <= 0:
            return False
        if suffix[begin - 1] == c'.' and not memcmp(text, suffix + begin, size):
            return True
        return suffix[size] == c'.' and not memcmp(text, suffix, size)

    cdef int others(self, const Reading* reading, const Place* place) noexcept nogil:
        """Whether one of the other tokens is neither a lure nor a number, and one a lure."""
        cdef int token, size, found = 0
        cdef const uint8_t* text
        for token in range(reading.stem):
            if place.first <= token < place.last or self.is_mere_host(reading, place, token):
                continue
            text = &reading.plain[reading.cuts[token]]
            size = reading.cuts[token + 1] - reading.cuts[token]
            if self.finder.affixes.is_lure(text, size):
                found |= 1
            elif not are_digits(text, size):
                found |= 2
        return found

    cdef bint is_mere_host(
        self, const Reading* reading, const Place* place, int token
    ) noexcept nogil:
        """Whether a token before a find in the domain is a label as hosts of anybody's have."""
        cdef int begin = reading.cuts[token], end = reading.cuts[token + 1]
        cdef const uint8_t* text = &reading.plain[begin]
        if place.start < reading.label:
            return token < place.first and self.is_in_front(reading, token)
        if begin >= reading.label:
            return False
        if not reading.edges[begin] == reading.edges[end] == DOT:
            return False
        return (
            self.finder.affixes.is_lure(text, end - begin)
            or self.finder.affixes.hosts.holds(text, end - begin)
        )

    cdef bint is_in_front(self, const Reading* reading, int token) noexcept nogil:
        """Whether it and all before it are labels that stand in front of any host."""
        cdef int at, begin, end
        for at in range(token + 1):
            begin, end = reading.cuts[at], reading.cuts[at + 1]
            if reading.edges[end] != DOT:
                return False
            if not self.finder.affixes.in_front.holds(&reading.plain[begin], end - begin):
                return False
        return True

    cdef int edits(
        self, const Reading* reading, const Found* find, const Term* term
    ) noexcept nogil:
        cdef int distance = 0
        if find.distance:
            distance = self.finder.distance(find.term, reading, find.start, find.end)
        return edits_of(
            reading.letters + find.start, find.end - find.start, self.finder.text_of(term.sought),
            term.sought.size, distance, &self.replacements[0],
        )
