# cython: language_level=3, cdivision=True, boundscheck=False, wraparound=False, initializedcheck=False
"""The loops of `sieve`, compiled: what stands on the lines of a block.

A first look at each name looks up the tables of `engine` and rules out less: no objections, and no
public suffix but the last label. The second, at what little that leaves, finds the terms as `finds`
does and weighs them as `confidence` does, which is asked what a scene is worth that is not known
yet. All that is read lies within `Name`, which has room on both sides of its letters; a line that
is too long for a name is left out.
"""

from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from cython cimport final
from cpython.object cimport PyObject_GenericSetAttr
from cpython.unicode cimport PyUnicode_AsUTF8
from libc.math cimport exp, rint
from libc.string cimport memchr, memcmp, memcpy, memset

cdef extern from *:
    """
    #if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
    #error "words are read with their first byte lowest"
    #endif
    #ifndef SIEVE_MADE_OF
    #define SIEVE_MADE_OF ""
    #endif
    #define EACH_BYTE(byte) (0x0101010101010101ULL * (byte))
    #define SPREAD 0x9E3779B97F4A7C15ULL
    #define LOADED(at) __atomic_load_n(at, __ATOMIC_ACQUIRE)
    #define STORE(at, value) __atomic_store_n(at, value, __ATOMIC_RELEASE)
    """
    uint64_t EACH_BYTE(uint64_t byte) nogil
    uint64_t SPREAD
    uint64_t LOADED(const uint64_t* at) nogil
    void STORE(uint64_t* at, uint64_t value) nogil
    uint64_t __builtin_bswap64(uint64_t word) nogil
    void __builtin_prefetch(const void* address) nogil
    const char* SIEVE_MADE_OF

MADE_OF = SIEVE_MADE_OF.decode("ascii")  # as `loops.made_of` told the build

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
    OTHER_SHIFT = 24  # as in `tables`
    LAST_TOKEN = 0x7FFFF
    CONSONANT_SHIFT = 47  # as in `index.consonant_codes`
    BOUNDARY = 255  # as in `block`
    MOST_ASKED = 64  # terms that may stand in one name

cdef enum How:  # how a line is known, as in `sieve`
    NOTHING = 0
    FOUND = 1
    ASKED = 2
    UNKNOWN = 3
    FAILED = 4

include "_pieces.pxi"
include "_names.pxi"
include "_punycode.pxi"
include "_shapes.pxi"
include "_texts.pxi"
include "_readings.pxi"
include "_ordinary.pxi"
include "_terms.pxi"
include "_affixes.pxi"
include "_finds.pxi"
include "_views.pxi"
include "_words.pxi"
include "_edits.pxi"
include "_scenes.pxi"
include "_spelling.pxi"
include "_weighing.pxi"
include "_told.pxi"


@final
cdef class Sieve:
    """The tables. What they hold is told in `tables`."""

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
    cdef const uint8_t[::1] known_literals
    cdef const int32_t[::1] first_literal
    cdef const Literal[::1] literals
    cdef const uint8_t[::1] consonants, known_consonants
    cdef const uint64_t[::1] powers
    cdef const uint8_t* consonant
    cdef const uint64_t* power
    cdef const int32_t[::1] first_consonant
    cdef const int64_t[::1] consonant_terms
    cdef Finder finder
    cdef Weigher weigher
    cdef readonly Shapes shapes

    def __cinit__(
        self, *, codes, begins, grams, anywhere, starts, at_starts, ends, at_ends,
        first_pair, pair_terms, sizes, forwards8, backwards8, known_literals, first_literal,
        literals, consonants, powers, known_consonants, first_consonant, consonant_terms, finder,
        weigher,
    ):
        self.codes, self.begins, self.grams = codes, begins, grams
        self.starts, self.ends = starts, ends
        self.code, self.begin, self.gram = &self.codes[0], &self.begins[0], &self.grams[0]
        self.start, self.end = &self.starts[0], &self.ends[0]
        self.anywhere, self.at_starts, self.at_ends = anywhere, at_starts, at_ends
        self.first_pair, self.pair_terms, self.sizes = first_pair, pair_terms, sizes
        self.forwards8, self.backwards8 = forwards8, backwards8
        self.known_literals, self.first_literal = known_literals, first_literal
        self.literals, self.finder, self.weigher = literals, finder, weigher
        self.consonants, self.powers = consonants, powers
        if self.powers.shape[0] <= LONGEST:
            raise ValueError("a power is needed for each byte of a line")
        self.consonant, self.power = &self.consonants[0], &self.powers[0]
        self.known_consonants, self.first_consonant = known_consonants, first_consonant
        self.consonant_terms = consonant_terms
        self.shapes = Shapes()

    def pick(
        self, const uint8_t[::1] block, bint is_ascii, int64_t[::1] numbers, uint8_t[::1] how,
        uint8_t[::1] kept, Found[::1] found, double least,
    ):
        """Copy the lines worth a look to `kept`; beside it their numbers, and how each is known.

        How many lines there are, how many are kept, their bytes, and how many rows are in `found`:
        what stands on these lines or, where that is left open, only the term and as its distance
        whether there may be edits. What has certainly less than the least points is passed over.
        """
        cdef Name name
        cdef Look look
        cdef Py_ssize_t begin = 0, end, lines = 0, count = 0, size = 0, rows = 0
        cdef const uint8_t* text = &block[0]
        cdef How known
        if text[block.shape[0] - 1] != c'\n':
            raise ValueError("the block must end with a newline")
        if (SHORTEST + 1) * numbers.shape[0] < block.shape[0] - SHORTEST:
            raise ValueError("too little room for the numbers")
        if how.shape[0] < numbers.shape[0] or kept.shape[0] < block.shape[0]:
            raise ValueError("too little room for the lines")
        memset(&name, 0, sizeof(name))
        look.least = least
        with nogil:
            while begin < block.shape[0]:
                end = <uint8_t*> memchr(text + begin, c'\n', block.shape[0] - begin) - text
                known = NOTHING
                if SHORTEST <= end - begin <= LONGEST:
                    if not is_ascii and is_beyond_ascii(text + begin, end - begin):
                        known = UNKNOWN
                    else:
                        known = self.look_at(&name, &look, text + begin, end - begin)
                if known == FOUND and look.count <= found.shape[0] - rows:
                    rows = self.tell_found(&look, count, found, rows)
                elif known == ASKED and 2 * name.asked_count <= found.shape[0] - rows:
                    rows = self.tell_asked(&name, count, found, rows)
                elif known != NOTHING:
                    known = UNKNOWN
                if known != NOTHING:
                    numbers[count], how[count] = lines, known
                    memcpy(&kept[size], text + begin, end + 1 - begin)
                    count += 1
                    size += end + 1 - begin
                lines += 1
                begin = end + 1
        return lines, count, size, rows

    cdef Py_ssize_t tell_found(
        self, const Look* look, Py_ssize_t line, Found[::1] found, Py_ssize_t rows
    ) noexcept nogil:
        cdef int index
        for index in range(look.count):
            found[rows + index] = look.found[index]
            found[rows + index].line = line
        return rows + look.count

    cdef Py_ssize_t tell_asked(
        self, const Name* name, Py_ssize_t line, Found[::1] found, Py_ssize_t rows
    ) noexcept nogil:
        cdef int index, edited
        for index in range(name.asked_count):
            for edited in range(2):
                if name.asked[index].edited if edited else name.asked[index].exact:
                    found[rows] = Found(
                        line, name.asked[index].term, 0, 0, edited, 0, 0, 0, 0, 0
                    )
                    rows += 1
        return rows

    cdef How look_at(
        self, Name* name, Look* look, const uint8_t* line, Py_ssize_t size
    ) except FAILED nogil:
        cdef uint8_t shown[LONGEST]
        cdef Py_ssize_t shown_size
        self.take(name, line, size)
        if name.trails and ends_with_hyphen(line, size):
            return UNKNOWN
        if holds_a_label(name, line, size):
            shown_size = self.shapes.show(line, size, shown)
            if shown_size < 0:
                return UNKNOWN
            self.take(name, shown, shown_size)
            self.ask_for_terms(name, shown, shown_size)
            return NOTHING if not name.asked_count else UNKNOWN if too_many(name) else ASKED
        self.ask_for_terms(name, line, size)
        if not name.asked_count:
            return NOTHING
        if too_many(name):
            return UNKNOWN
        if not takes_as_is(&look.reading, line, size):
            return ASKED
        if ends_in_number(&look.reading):
            return NOTHING
        self.find_terms(name, look)
        if look.in_doubt:
            return ASKED
        self.keep_what_may_be_told(look)
        return FOUND if look.count else NOTHING

    cdef void find_terms(self, Name* name, Look* look) noexcept nogil:
        cdef int index
        cdef Asked asked
        look.count, look.in_doubt = 0, False
        look.reading.letters = &name.letters[BEFORE]
        self.finder.suffixes.cut(&look.reading)
        for index in range(name.asked_count):
            asked = name.asked[index]
            self.finder.find(look, asked.term, asked.exact, asked.edited)

    cdef int keep_what_may_be_told(self, Look* look) except -1 nogil:
        cdef int index, kept = 0
        for index in range(look.count):
            if self.weigher.weigh(&look.reading, &look.found[index], look.least):
                look.found[kept] = look.found[index]
                kept += 1
        look.count = kept
        return 0

    cdef inline void ask_for_terms(
        self, Name* name, const uint8_t* line, Py_ssize_t size
    ) noexcept nogil:
        """Note the terms that may stand in the name."""
        cdef int index
        name.asked_count = 0
        self.ask_by_consonants(name, line, size)
        self.find_hits(name)
        self.keep_filed_hits(name)
        for index in range(name.hit_count):
            self.ask_for_piece(name, name.hits[index])
        self.mark_edges(name)
        for index in range(name.edge_count):
            if name.edges[index].begins:
                self.ask_from(name, name.edges[index].at, name.edges[index].begins)
            if name.edges[index].ends:
                self.ask_up_to(name, name.edges[index].at, name.edges[index].ends)

    cdef inline void ask_by_consonants(
        self, Name* name, const uint8_t* line, Py_ssize_t size
    ) noexcept nogil:
        """Terms that have the consonants of a label, doubled ones made one: `block`."""
        cdef const uint8_t* codes = self.consonant
        cdef const uint64_t* powers = self.power
        cdef uint64_t total = 0
        cdef uint8_t code, last = 0
        cdef int count = 0, is_next
        cdef Py_ssize_t at
        for at in range(size):
            code = codes[line[at]]
            if code == BOUNDARY:
                self.ask_for_consonants(name, total, count)
                total, last, count = 0, 0, 0
                continue
            # Without a branch: nobody foresees where a vowel stands.
            is_next = (code != 0) & (code != last)
            total += (code * powers[count]) & -<uint64_t> is_next
            count += is_next
            last = code if code else last

    cdef inline void ask_for_consonants(
        self, Name* name, uint64_t total, int count
    ) noexcept nogil:
        cdef uint64_t code = total >> CONSONANT_SHIFT
        cdef int row
        if count >= CONSONANTS_FROM and is_filed(&self.known_consonants[0], code):
            for row in range(self.first_consonant[code], self.first_consonant[code + 1]):
                ask(name, <int> self.consonant_terms[row], True)

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
        name.trails = cuts > 1 and name.cuts[cuts - 1] == end
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

    cdef inline void keep_filed_hits(self, Name* name) noexcept nogil:
        """Those with four letters of a piece. What is asked next is fetched for all of them."""
        cdef int index, code, hits = 0
        for index in range(name.hit_count):
            code = four_at(name, name.hits[index])
            if is_filed(self.gram, code):
                __builtin_prefetch(self.anywhere.begin + code)
                name.hits[hits] = name.hits[index]
                hits += 1
        name.hit_count = hits
        for index in range(hits):
            __builtin_prefetch(
                self.anywhere.row + self.anywhere.begin[four_at(name, name.hits[index])]
            )

    cdef void ask_for_piece(self, Name* name, int at) noexcept nogil:
        cdef int code = four_at(name, at), row
        cdef const Row* piece
        for row in range(self.anywhere.begin[code], self.anywhere.begin[code + 1]):
            piece = self.anywhere.row + row
            if self.stands(name, piece, at):
                ask(name, piece.term, piece.kind not in (EXACT, WORD, DOMAIN))

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
        return self.may_be(name, piece.term, at, 3, backwards) and self.is_near_enough(
            name, piece.term, at, backwards
        )

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

    cdef inline void mark_edges(self, Name* name) noexcept nogil:
        """What may begin or end at each edge. Nearly always the tables deny it."""
        cdef const uint16_t* threes
        cdef int index, at, place
        cdef uint8_t begins, ends
        name.edge_count = 0
        for index in range(name.cut_count):
            at = name.cuts[index]
            threes = &name.threes[at]
            begins, ends = self.start[threes[0]] & 0b11000000, 0
            for place in range(PLACES):
                begins |= self.start[threes[place]] & 1 << place
                ends |= self.end[threes[-3 - place]] & 1 << place
            if begins | ends:
                self.keep_edge(name, Edge(
                    at, begins if at < name.suffix else 0, ends if at > BEFORE else 0
                ))

    cdef void keep_edge(self, Name* name, Edge edge) noexcept nogil:
        """Fetch what is asked next, too."""
        cdef const uint16_t* threes = &name.threes[edge.at]
        cdef int place
        name.edges[name.edge_count] = edge
        name.edge_count += 1
        for place in range(PLACES):
            if edge.begins >> place & 1:
                __builtin_prefetch(self.at_starts.begin + (threes[place] | place << 15))
            if edge.ends >> place & 1:
                __builtin_prefetch(self.at_ends.begin + (threes[-3 - place] | place << 15))

    cdef void ask_from(self, Name* name, int at, uint8_t begins) noexcept nogil:
        cdef uint64_t word = word_at(name, at)
        cdef int place, row, code
        for place in range(PLACES):
            code = name.threes[at + place] | place << 15
            if begins >> place & 1:
                for row in range(self.at_starts.begin[code], self.at_starts.begin[code + 1]):
                    self.ask_if_at_edge(name, self.at_starts.row + row, at, word, False)
        code = name.threes[at] >> 5
        for row in range(self.first_pair[code], self.first_pair[code + 1]):
            if self.is_whole(name, self.pair_terms[row], at, False):
                ask(name, self.pair_terms[row], True)
        self.ask_for_literals(name, at, word)

    cdef void ask_up_to(self, Name* name, int at, uint8_t ends) noexcept nogil:
        cdef uint64_t word = word_before(name, at)
        cdef int place, row, code
        for place in range(PLACES):
            code = name.threes[at - 3 - place] | place << 15
            if ends >> place & 1:
                for row in range(self.at_ends.begin[code], self.at_ends.begin[code + 1]):
                    self.ask_if_at_edge(name, self.at_ends.row + row, at, word, True)

    cdef inline void ask_if_at_edge(
        self, Name* name, const Row* piece, int at, uint64_t word, bint backwards
    ) noexcept nogil:
        if self.is_at_edge(name, piece, at, word, backwards):
            ask(name, piece.term, piece.kind != EXACT)

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
                return self.may_be(name, term, at, 2, backwards) and self.is_near_whole(
                    name, term, at, backwards
                )
        return False

    cdef bint is_near_whole(
        self, const Name* name, Py_ssize_t term, int at, bint backwards
    ) noexcept nogil:
        cdef int distances[LONGEST_SPAN]
        # Such terms have eleven letters at most.
        cdef int index, size, most = <int> self.sizes[term] + 2
        self.finder.take_from(<int> term, &name.letters[at], backwards, most, distances)
        for index in range(name.cut_count):
            size = at - name.cuts[index] if backwards else name.cuts[index] - at
            if 0 < size <= most and distances[size - 1] <= 2:
                return True
        return False

    cdef bint is_near_enough(
        self, const Name* name, Py_ssize_t term, int at, bint backwards
    ) noexcept nogil:
        """Whether any text from there on is as near as may count."""
        cdef int distances[LONGEST_SPAN]
        cdef int size, sought = <int> self.sizes[term], several = 3 if sought >= LONG_FROM else 2
        if sought > LONGEST_TERM:
            return True
        self.finder.take_from(
            <int> term, &name.letters[at], backwards, sought + several, distances
        )
        for size in range(sought - several, sought + several + 1):
            if distances[size - 1] <= several:
                return True
        return False

    cdef void ask_for_literals(self, Name* name, int at, uint64_t word) noexcept nogil:
        """Those whose first letters, up to eight, are a token's or begin it."""
        cdef int index, size
        self.ask_for_literal(name, at, word)
        for index in range(name.cut_count):
            size = name.cuts[index] - at
            if 0 < size < 8:
                self.ask_for_literal(name, at, word & (~<uint64_t> 0 >> (64 - 8 * size)))

    cdef void ask_for_literal(self, Name* name, int at, uint64_t word) noexcept nogil:
        cdef uint64_t spread = word * SPREAD, code = spread >> SHIFT
        cdef const uint8_t* known = &self.known_literals[0]
        cdef const Literal* literal
        cdef int row
        if is_filed(known, code) and is_filed(known, spread >> OTHER_SHIFT & LAST_TOKEN):
            for row in range(self.first_literal[code], self.first_literal[code + 1]):
                literal = &self.literals[row]
                if literal.word == word and stands_before_suffix(name, literal, at):
                    ask(name, literal.term, literal.edited)


cdef inline bint stands_before_suffix(
    const Name* name, const Literal* literal, int at
) noexcept nogil:
    """Whether the brand's own suffix ends the name there, if it has to."""
    cdef int end = at + literal.size
    return end <= name.end and not (word_at(name, end) ^ literal.suffix) & literal.suffix_mask


cdef inline int four_at(const Name* name, int at) noexcept nogil:
    """The code of four letters, as in `index`."""
    return name.threes[at] << 5 | name.letters[at + 3]


cdef inline bint too_many(const Name* name) noexcept nogil:
    return name.asked_count > MOST_ASKED
