# cython: language_level=3, cdivision=True, boundscheck=False, wraparound=False, initializedcheck=False
"""The loops of `sieve`, compiled: which lines of a block are worth the search.

They look up the tables of `engine` and rule out less: no distances, and no public suffix but the
last label. All that is read lies within `Name`, which has room on both sides of its letters; a line
that is too long for a name is left out.
"""

from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memcpy, memset

cdef extern from *:
    """
    #if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
    #error "words are read with their first byte lowest"
    #endif
    #define EACH_BYTE(byte) (0x0101010101010101ULL * (byte))
    #define SPREAD 0x9E3779B97F4A7C15ULL
    """
    uint64_t EACH_BYTE(uint64_t byte) nogil
    uint64_t SPREAD
    uint64_t __builtin_bswap64(uint64_t word) nogil
    int __builtin_popcountll(uint64_t word) nogil

cdef enum:
    BEFORE = 80  # room for looks to the left: the longest label, and two words
    SHORTEST = 3  # bytes of a name
    LONGEST = 1024
    LONGEST_LABEL = 63
    BASIC_PLANE = 0x10000
    LAST_POINT = 0x10FFFF
    LARGEST = 1 << 30
    AFTER = 32
    FIRST_SEPARATOR = 32
    PLACES = 6  # how many letters from an edge three letters of a piece may begin, and one more
    SHIFT = 45  # as in `index.token_codes`

cdef enum Kind:  # as in `pieces`, those that are told apart
    EXACT = 0
    LEFT = 1
    RIGHT = 2
    HEAD = 4
    TAIL = 5
    NEAR = 6

cdef packed struct Row:
    uint64_t first8
    uint64_t last8
    uint64_t mask
    int32_t term
    int32_t size
    int32_t offset
    int32_t kind
    int32_t standings

include "_names.pxi"
include "_punycode.pxi"


cdef class Filed:
    """Pieces, and by code the first of those that are filed under it."""

    cdef const int32_t[::1] first
    cdef const Row[::1] rows
    cdef const int32_t* begin
    cdef const Row* row

    def __cinit__(self, const int32_t[::1] first, const Row[::1] rows):
        self.first, self.rows = first, rows
        self.begin = &first[0]
        self.row = &rows[0] if rows.shape[0] else NULL


cdef class Sieve:
    """The tables. What they hold is told in `sieve`."""

    cdef const uint8_t[::1] codes, begins, grams, starts, ends
    cdef const uint8_t *code
    cdef const uint8_t *begin
    cdef const uint8_t *gram
    cdef const uint8_t *start
    cdef const uint8_t *end
    cdef Filed anywhere, at_starts, at_ends
    cdef const int32_t[::1] first_pair
    cdef const int64_t[::1] pair_terms, sizes
    cdef const uint64_t[:, ::1] forwards8, backwards8
    cdef const uint8_t[:, ::1] literals
    cdef const int32_t[::1] first_shape
    cdef const uint8_t[::1] shapes
    cdef readonly bint knows_shapes

    def __cinit__(
        self, *, codes, begins, grams, anywhere, starts, at_starts, ends, at_ends,
        first_pair, pair_terms, sizes, forwards8, backwards8, literals,
    ):
        self.codes, self.begins, self.grams = codes, begins, grams
        self.starts, self.ends = starts, ends
        self.code, self.begin, self.gram = &self.codes[0], &self.begins[0], &self.grams[0]
        self.start, self.end = &self.starts[0], &self.ends[0]
        self.anywhere, self.at_starts, self.at_ends = anywhere, at_starts, at_ends
        self.first_pair, self.pair_terms, self.sizes = first_pair, pair_terms, sizes
        self.forwards8, self.backwards8, self.literals = forwards8, backwards8, literals

    def learn_shapes(self, const int32_t[::1] first, const uint8_t[::1] letters):
        """By code point, from U+0000 to U+FFFF, what plain letters it shows as."""
        if first.shape[0] != BASIC_PLANE + 1 or first[BASIC_PLANE] > letters.shape[0]:
            raise ValueError("the shapes are not those of one plane")
        self.first_shape, self.shapes, self.knows_shapes = first, letters, True

    def pick(
        self, const uint8_t[::1] block, bint is_ascii, int64_t[::1] numbers, uint8_t[::1] kept
    ):
        """Copy the lines worth a look to `kept`, and their numbers beside.

        How many lines there are, how many are kept, and their bytes.
        """
        cdef Name name
        cdef Py_ssize_t begin = 0, end, lines = 0, count = 0, size = 0
        cdef const uint8_t* text = &block[0]
        if text[block.shape[0] - 1] != c'\n':
            raise ValueError("the block must end with a newline")
        if (SHORTEST + 1) * numbers.shape[0] < block.shape[0] - SHORTEST:
            raise ValueError("too little room for the numbers")
        if kept.shape[0] < block.shape[0]:
            raise ValueError("too little room for the lines")
        memset(&name, 0, sizeof(name))
        with nogil:
            while begin < block.shape[0]:
                end = <uint8_t*> memchr(text + begin, c'\n', block.shape[0] - begin) - text
                if SHORTEST <= end - begin <= LONGEST and (
                    (not is_ascii and is_beyond_ascii(text + begin, end - begin))
                    or self.is_worth_it(&name, text + begin, end - begin)
                ):
                    numbers[count] = lines
                    memcpy(&kept[size], text + begin, end + 1 - begin)
                    count += 1
                    size += end + 1 - begin
                lines += 1
                begin = end + 1
        return lines, count, size

    cdef bint is_worth_it(self, Name* name, const uint8_t* line, Py_ssize_t size) noexcept nogil:
        cdef uint8_t shown[LONGEST]
        self.take(name, line, size)
        if holds_a_label(name, line, size):
            size = self.show(line, size, shown)
            if size < 0:
                return True
            self.take(name, shown, size)
        return self.may_hold_a_term(name)

    cdef Py_ssize_t show(self, const uint8_t* line, Py_ssize_t size, uint8_t* shown) noexcept nogil:
        """The line with its A-labels in the plain letters they show as: how long, or -1.

        -1 stands for what is better left to those who look closer.
        """
        cdef Py_ssize_t at = 0, end, written = 0
        while at < size and line[at] <= c' ':
            at += 1
        while size > at and line[size - 1] <= c' ':
            size -= 1
        while at < size:
            end = at
            while end < size and line[end] != c'.':
                end += 1
            if begins_an_a_label(line + at, end - at):
                written = self.show_label(line + at + 4, end - at - 4, shown, written)
            else:
                written = copied(line + at, end - at, shown, written)
            if written < 0 or written >= LONGEST:
                return -1
            shown[written] = c'.'
            written += 1
            at = end + 1
        return written

    cdef Py_ssize_t show_label(
        self, const uint8_t* label, Py_ssize_t size, uint8_t* shown, Py_ssize_t written
    ) noexcept nogil:
        cdef uint32_t points[LONGEST_LABEL]
        cdef Py_ssize_t count = decode(label, size, points)
        cdef Py_ssize_t index
        cdef int letter
        if not self.knows_shapes:
            return -1
        for index in range(count):
            if points[index] >= BASIC_PLANE:
                return -1
            for letter in range(
                self.first_shape[points[index]], self.first_shape[points[index] + 1]
            ):
                if self.shapes[letter] >= 128 or written >= LONGEST:
                    return -1
                shown[written] = self.shapes[letter]
                written += 1
        return written if count > 0 else -1

    cdef inline bint may_hold_a_term(self, Name* name) noexcept nogil:
        cdef int index
        self.find_hits(name)
        for index in range(name.hit_count):
            if self.holds_piece(name, name.hits[index]):
                return True
        for index in range(name.cut_count):
            if self.is_like_at(name, name.cuts[index]):
                return True
        return False

    cdef inline void take(self, Name* name, const uint8_t* line, Py_ssize_t size) noexcept nogil:
        """The letters and the cuts, without branches: nobody foresees where a separator stands."""
        cdef const uint8_t* codes = self.code
        cdef int end = BEFORE, cuts = 1, three = 0, is_letter
        cdef uint8_t code
        cdef Py_ssize_t at
        name.cuts[0] = BEFORE
        for at in range(size):
            code = codes[line[at]]
            is_letter = code < FIRST_SEPARATOR
            three = (three << 5 | code) & 0x7FFF if is_letter else three
            name.letters[end] = code
            name.threes[end - 2] = three
            name.cuts[cuts] = end
            cuts += 1 - is_letter
            end += is_letter
        memset(&name.letters[end], 0, AFTER)
        memset(&name.threes[end - 2], 0, AFTER)
        name.threes[end - 2] = three << 5 & 0x7FFF
        name.threes[end - 1] = three << 10 & 0x7FFF
        while cuts > 1 and name.cuts[cuts - 1] == end:
            cuts -= 1
        name.end, name.cut_count, name.suffix = end, cuts, name.cuts[cuts - 1]

    cdef inline void find_hits(self, Name* name) noexcept nogil:
        cdef const uint8_t* begins = self.begin
        cdef int at, hits = 0
        for at in range(BEFORE, name.end):
            name.hits[hits] = at
            hits += begins[name.threes[at]]
        name.hit_count = hits

    cdef bint holds_piece(self, const Name* name, int at) noexcept nogil:
        cdef int code = name.threes[at] << 5 | name.letters[at + 3]
        cdef int row
        if is_filed(self.gram, code):
            for row in range(self.anywhere.begin[code], self.anywhere.begin[code + 1]):
                if self.stands(name, self.anywhere.row + row, at):
                    return True
        return False

    cdef bint stands(self, const Name* name, const Row* piece, int at) noexcept nogil:
        """Whether the piece whose four letters are there may stand well, and not by chance."""
        cdef int start = at - piece.offset
        cdef int end = start + piece.size
        cdef bint begins = piece.kind == LEFT or piece.kind == HEAD
        cdef bint ends = piece.kind == RIGHT or piece.kind == TAIL
        if not ends and (start < BEFORE or start >= name.suffix):
            return False
        if not begins and end > name.end:
            return False
        if not piece.standings >> (is_edge(name, start) | is_edge(name, end) << 1) & 1:
            return False
        if begins:
            return self.is_like(name, piece, start, False)
        if ends:
            return self.is_like(name, piece, end, True)
        if (word_at(name, start) ^ piece.first8) & piece.mask:
            return False
        return not (word_before(name, end) ^ piece.last8) & piece.mask

    cdef bint is_like(
        self, const Name* name, const Row* piece, int at, bint backwards
    ) noexcept nogil:
        if piece.kind == LEFT and not is_near(word_at(name, at), piece.first8, piece.mask):
            return False
        if piece.kind == RIGHT and not is_near(word_before(name, at), piece.last8, piece.mask):
            return False
        return self.may_be(name, piece.term, at, 3, backwards)

    cdef bint may_be(
        self, const Name* name, Py_ssize_t term, int at, int most, bint backwards
    ) noexcept nogil:
        """As `distance.maybe_near`."""
        cdef uint64_t first = self.backwards8[0, term] if backwards else self.forwards8[0, term]
        cdef uint64_t next8 = self.backwards8[1, term] if backwards else self.forwards8[1, term]
        cdef int lost = count_lost(name, first, at, most, backwards)
        if lost <= most and next8:
            lost += count_lost(name, next8, at - 8 if backwards else at + 8, most, backwards)
        return lost <= most

    cdef inline bint is_like_at(self, const Name* name, int at) noexcept nogil:
        """Whether something may begin or end at this edge. Nearly always the tables deny it."""
        cdef const uint16_t* threes = &name.threes[at]
        cdef uint8_t begins = self.start[threes[0]] & 0b11000000, ends = 0
        cdef int place
        for place in range(PLACES):
            begins |= self.start[threes[place]] & 1 << place
            ends |= self.end[threes[-3 - place]] & 1 << place
        if begins and at < name.suffix and self.begins_at(name, at):
            return True
        return ends and at > BEFORE and self.ends_at(name, at)

    cdef bint begins_at(self, const Name* name, int at) noexcept nogil:
        cdef uint64_t word = word_at(name, at)
        cdef int place, row, code
        for place in range(PLACES):
            code = name.threes[at + place] | place << 15
            if self.start[name.threes[at + place]] >> place & 1:
                for row in range(self.at_starts.begin[code], self.at_starts.begin[code + 1]):
                    if self.is_at_edge(name, self.at_starts.row + row, at, word, False):
                        return True
        code = name.threes[at] >> 5
        for row in range(self.first_pair[code], self.first_pair[code + 1]):
            if self.is_whole(name, self.pair_terms[row], at, False):
                return True
        return self.has_literal_at(name, at, word)

    cdef bint ends_at(self, const Name* name, int at) noexcept nogil:
        cdef uint64_t word = word_before(name, at)
        cdef int place, row, code
        for place in range(PLACES):
            code = name.threes[at - 3 - place] | place << 15
            if self.end[name.threes[at - 3 - place]] >> place & 1:
                for row in range(self.at_ends.begin[code], self.at_ends.begin[code + 1]):
                    if self.is_at_edge(name, self.at_ends.row + row, at, word, True):
                        return True
        return False

    cdef inline bint is_at_edge(
        self, const Name* name, const Row* piece, int at, uint64_t word, bint backwards
    ) noexcept nogil:
        if piece.kind == NEAR:
            return is_near(word, piece.first8, piece.mask)
        return piece.kind == EXACT or self.is_whole(name, piece.term, at, backwards)

    cdef bint is_whole(
        self, const Name* name, Py_ssize_t term, int at, bint backwards
    ) noexcept nogil:
        """Whether the term may stand, with two edits, between this edge and another."""
        cdef int other = at + <int> (-self.sizes[term] if backwards else self.sizes[term])
        cdef int index
        for index in range(name.cut_count):
            if -2 <= name.cuts[index] - other <= 2:
                return self.may_be(name, term, at, 2, backwards)
        return False

    cdef bint has_literal_at(self, const Name* name, int at, uint64_t word) noexcept nogil:
        cdef int index, size
        if is_filed(&self.literals[8, 0], word * SPREAD >> SHIFT):
            return True
        for index in range(name.cut_count):
            size = name.cuts[index] - at
            if 0 < size < 8 and is_filed(
                &self.literals[size, 0],
                (word & (~<uint64_t> 0 >> (64 - 8 * size))) * SPREAD >> SHIFT,
            ):
                return True
        return False
