# Where a term stands in a name, exactly or with edits: `places` and `finds`, compiled. What is rare
# is in doubt, and left to these.

@final
cdef class Finder:
    """The terms, and what is asked of the text around them."""

    cdef const Term[::1] terms
    cdef const uint8_t[::1] letters
    cdef const uint64_t[:, ::1] places, backwards
    cdef Texts disguised
    cdef Ordinary ordinary
    cdef Affixes affixes
    cdef Suffixes suffixes

    def __cinit__(
        self, *, terms, letters, places, backwards, ordinary, affixes, disguised, suffixes
    ):
        self.terms, self.letters = terms, letters
        self.places, self.backwards = places, backwards
        self.ordinary, self.affixes = ordinary, affixes
        self.disguised, self.suffixes = disguised, suffixes

    cdef void find(self, Look* look, int term, bint exact, bint edited) noexcept nogil:
        """Add what is found of a term: exact finds, and edited ones that share no letter."""
        cdef const Term* sought = &self.terms[term]
        if sought.sought.size > LONGEST_TERM:
            look.in_doubt = True
            return
        look.exact = look.count
        if exact:
            self.find_exact(look, sought, term)
        look.edited = look.count
        if edited and sought.takes_typos and sought.sought.size >= LABEL_TYPO_FROM:
            if sought.twist == AS_WRITTEN:
                self.find_disguised(look, sought, term)
            if sought.sought.size <= TOKEN_TYPO_FROM:
                self.find_short(look, sought, term)
            else:
                self.find_edited(look, sought, term)
            if sought.consonants.size:
                self.find_by_consonants(look, sought, term)

    cdef inline const uint8_t* text_of(self, Slice part) noexcept nogil:
        return &self.letters[0] + part.at

    cdef void add(
        self, Look* look, int term, int start, int end, int distance, int left, int right
    ) noexcept nogil:
        cdef int index
        if not left and spans_labels(&look.reading, start, end):
            return
        if distance:
            for index in range(look.exact, look.edited):
                if start < look.found[index].end and look.found[index].start < end:
                    return
        if look.count == MOST_FOUND:
            look.in_doubt = True
            return
        look.found[look.count] = Found(0, term, start, end, distance, left, right, 0, 0, 0)
        look.count += 1

    cdef void find_exact(self, Look* look, const Term* term, int row) noexcept nogil:
        cdef const Reading* reading = &look.reading
        cdef const uint8_t* sought = self.text_of(term.sought)
        cdef int size = term.sought.size, at
        for at in range(min(reading.head, reading.end - size + 1)):
            if (
                reading.letters[at] == sought[0]
                and not memcmp(reading.letters + at, sought, size)
                and self.stands_well(look, term, at)
                and crosses_well(reading, term, at)
                and not self.objects(look, term, at)
            ):
                self.add(
                    look, row, at, at + size, 0, reading.edges[at], reading.edges[at + size]
                )

    cdef bint stands_well(self, Look* look, const Term* term, int at) noexcept nogil:
        cdef int size = term.sought.size
        cdef int free = (look.reading.edges[at] != 0) + (look.reading.edges[at + size] != 0)
        if term.twist == BETWEEN:
            # Whether its companions are there is looked at elsewhere.
            look.in_doubt |= free > 1
            return False
        if size >= INSIDE_FROM or free > 1 or (size >= EDGE_FROM and free > 0):
            return True
        if not term.amid or memcmp(
            &look.reading.plain[at], self.text_of(term.plain), term.plain.size
        ):
            return False
        if free:
            return look.reading.edges[at] and self.is_before_lures(&look.reading, at + size)
        return size >= AMID_FROM and self.is_amid_lures(&look.reading, at, at + size)

    cdef bint is_before_lures(self, const Reading* reading, int end) noexcept nogil:
        """Whether lures are all that follows in its token: `places._is_before_lures`."""
        cdef int last = end
        while not reading.edges[last]:
            last += 1
        return last - end >= LURE_BEHIND and self.affixes.is_lure(
            &reading.plain[end], last - end
        )

    cdef bint is_amid_lures(self, const Reading* reading, int start, int end) noexcept nogil:
        """Whether all else of its token are lures: `places._is_amid_lures`."""
        cdef int first = start, last = end, index
        for index in range(start + 1, end):
            if reading.edges[index]:
                return False
        while not reading.edges[first]:
            first -= 1
        while not reading.edges[last]:
            last += 1
        return (
            min(start - first, last - end) >= SHORTEST_LURE
            and self.affixes.is_lure(&reading.plain[first], start - first)
            and self.affixes.is_lure(&reading.plain[end], last - end)
        )

    cdef bint objects(self, Look* look, const Term* term, int at) noexcept nogil:
        """Whether something speaks against an exact find: `finds.objection`."""
        cdef const Reading* reading = &look.reading
        cdef int size = term.sought.size, end = at + size, index, cis = 0
        if term.cis >= 0:
            for index in range(at, end - 1):
                cis += reading.plain[index] == c'c' and reading.plain[index + 1] == c'i'
            if cis > term.cis:
                return True
        if size >= INSIDE_FROM:
            return False
        if self.ordinary.is_in_word(reading, at, end, WORD_LONGER_BY):
            return True
        if reading.edges[at] or size > EDGE_FROM or not term.is_word:
            return False
        if self.has_own_suffix(reading, term) and not self.is_com(term):
            return False
        return not self.affixes.is_parted(reading, at)

    cdef void find_disguised(self, Look* look, const Term* term, int row) noexcept nogil:
        """The registrable label, when it is one of the term's disguises."""
        cdef const Reading* reading = &look.reading
        cdef int size = reading.head - reading.label, distance
        cdef uint8_t key[LONGEST_NAME + 4]
        if not -MOST_LONGER <= size - term.sought.size <= MOST_LONGER:
            return
        memcpy(key, &row, 4)
        memcpy(key + 4, reading.letters + reading.label, size)
        if self.disguised.holds(key, size + 4):
            distance = min(self.distance(row, reading, reading.label, reading.head), 2)
            self.add(look, row, reading.label, reading.head, distance, DOT, DOT)

    cdef void find_by_consonants(self, Look* look, const Term* term, int row) noexcept nogil:
        """The registrable label with other vowels: `places.vowels_changed`."""
        cdef const Reading* reading = &look.reading
        cdef const uint8_t* label = &reading.plain[reading.label]
        cdef int size = reading.head - reading.label, index, distance
        cdef uint8_t found[LONGEST_NAME]
        if size <= 0 or consonants_of(label, size, found) != term.consonants.size:
            return
        if memcmp(found, self.text_of(term.consonants), term.consonants.size):
            return
        if label[0] != self.text_of(term.plain)[0] and label[0] != found[0]:
            return
        distance = self.distance(row, reading, reading.label, reading.head)
        if not 0 < distance <= MOST_VOWELS or self.affixes.known.holds(label, size):
            return
        for index in range(look.edited, look.count):
            if (
                look.found[index].start == reading.label
                and look.found[index].end == reading.head
            ):
                return
        self.add(look, row, reading.label, reading.head, distance, DOT, DOT)

    cdef void find_short(self, Look* look, const Term* term, int row) noexcept nogil:
        """One edit, between two edges; in the shortest only in a label under the own suffix."""
        cdef const Reading* reading = &look.reading
        cdef int first, last
        if term.sought.size < TOKEN_TYPO_FROM:
            if self.has_own_suffix(reading, term):
                self.compare_short(look, term, row, reading.label, reading.head)
            return
        for first in range(reading.stem):
            for last in range(first + 1, reading.stem + 1):
                self.compare_short(look, term, row, reading.cuts[first], reading.cuts[last])
        if term.amid:
            for first in range(reading.stem):
                self.find_beside_lures(look, term, row, reading.cuts[first], reading.cuts[first + 1])

    cdef void find_beside_lures(
        self, Look* look, const Term* term, int row, int begin, int end
    ) noexcept nogil:
        """One edit at either edge of a token, all else of it being lures: `places._beside_lures`."""
        cdef const uint8_t* plain = &look.reading.plain[0]
        cdef int size, rest
        for size in range(term.sought.size - 1, term.sought.size + 2):
            rest = end - begin - size
            if rest < LURE_BEHIND:
                return
            if self.keeps_three(&look.reading, term, begin, begin + size) and self.affixes.is_lure(
                plain + begin + size, rest
            ):
                self.compare_short(look, term, row, begin, begin + size)
            if self.keeps_three(&look.reading, term, end - size, end) and self.affixes.is_lure(
                plain + begin, rest
            ):
                self.compare_short(look, term, row, end - size, end)

    cdef bint keeps_three(
        self, const Reading* reading, const Term* term, int start, int end
    ) noexcept nogil:
        """Whether it begins or ends as the term does."""
        cdef const uint8_t* sought = self.text_of(term.sought)
        cdef const uint8_t* tail = sought + term.sought.size - KEPT_BESIDE
        return not (
            memcmp(reading.letters + start, sought, KEPT_BESIDE)
            and memcmp(reading.letters + end - KEPT_BESIDE, tail, KEPT_BESIDE)
        )

    cdef void compare_short(
        self, Look* look, const Term* term, int row, int start, int end
    ) noexcept nogil:
        cdef const Reading* reading = &look.reading
        if not 0 < end - start or not -1 <= end - start - term.sought.size <= 1:
            return
        if self.distance(row, reading, start, end) == 1 and not self.objects_to_typo(
            look, term, start, end, 1
        ):
            self.add(look, row, start, end, 1, reading.edges[start], reading.edges[end])

    cdef bint has_own_suffix(self, const Reading* reading, const Term* term) noexcept nogil:
        cdef int size = reading.size - reading.suffix
        return size == term.suffix.size and not memcmp(
            reading.written + reading.suffix, self.text_of(term.suffix), size
        )

    cdef bint is_com(self, const Term* term) noexcept nogil:
        """Half of all names end so."""
        return term.suffix.size == 3 and not memcmp(self.text_of(term.suffix), b"com", 3)

    cdef bint objects_to_typo(
        self, Look* look, const Term* term, int start, int end, int distance
    ) noexcept nogil:
        """Whether something speaks against a typo: `finds.objection`."""
        cdef const Reading* reading = &look.reading
        if distance == 1 and start == reading.label and end == reading.head:
            return False
        if (
            distance > 1
            and term.sought.size < ALONE_BELOW
            and not self.is_alone(reading, term, start, end)
        ):
            return True
        if not (reading.edges[start] and reading.edges[end]) and self.ordinary.is_in_word(
            reading, start, end, 1
        ):
            return True
        return self.is_another_word(reading, term, start, end)

    cdef bint is_another_word(
        self, const Reading* reading, const Term* term, int start, int end
    ) noexcept nogil:
        """Whether it is a word in one piece that sounds otherwise: `ordinary.is_another_word`."""
        cdef const uint8_t* text = &reading.plain[start]
        cdef const uint8_t* plain = self.text_of(term.plain)
        cdef int size = end - start, at
        for at in range(start + 1, end):
            if reading.edges[at]:
                return False
        if not self.ordinary.common.holds(text, size):
            return False
        if size == term.plain.size - 1 and not (
            memcmp(text, plain, size) and memcmp(text, plain + 1, size)
        ):
            return False
        return not self.sounds_like(term, text, size)

    cdef bint sounds_like(self, const Term* term, const uint8_t* text, int size) noexcept nogil:
        """Whether a text sounds as the term does: `sounds`."""
        cdef uint8_t sound[LONGEST_NAME]
        size = sound_of(text, size, sound)
        return size == term.sound.size and not memcmp(sound, self.text_of(term.sound), size)

    cdef bint is_alone(
        self, const Reading* reading, const Term* term, int start, int end
    ) noexcept nogil:
        if reading.edges[start] != DOT:
            return False
        return reading.edges[end] == DOT or (
            term.glued.size <= reading.end - end
            and not memcmp(&reading.plain[end], self.text_of(term.glued), term.glued.size)
        )

    cdef void find_edited(self, Look* look, const Term* term, int row) noexcept nogil:
        """A term of six letters and more: between edges, at one edge, and inside words."""
        cdef const Reading* reading = &look.reading
        cdef Shape shape = shape_of(term.sought.size)
        cdef uint8_t begins[LONGEST_NAME + 1]
        cdef uint8_t ends[LONGEST_NAME + 1]
        self.find_between(look, term, row, &shape)
        self.mark(reading, term, &shape, begins, ends)
        self.find_marked(look, term, row, &shape, begins, ends, 1)
        if term.sought.size >= INSIDE_TYPO_FROM or term.amid:
            self.find_marked(look, term, row, &shape, begins, ends, 0)
        if term.sought.size >= INSIDE_TYPO_FROM and term.twist == AS_WRITTEN:
            self.find_begun(look, term, row)

    cdef void find_begun(self, Look* look, const Term* term, int row) noexcept nogil:
        """The term without its last letter, the suffix being the end of it: `places._begun`."""
        cdef const Reading* reading = &look.reading
        cdef int size = term.sought.size - 1
        cdef int start = reading.end - size, inside = reading.head - start
        if start < 0 or reading.head == reading.end or inside * 2 <= size:
            return
        if not reading.edges[start] or memcmp(
            reading.letters + start, self.text_of(term.sought), size
        ):
            return
        if not self.ordinary.common.holds(&reading.plain[start], inside):
            self.add(look, row, start, reading.end, 1, reading.edges[start], DOT)

    cdef void find_between(
        self, Look* look, const Term* term, int row, const Shape* shape
    ) noexcept nogil:
        cdef const Reading* reading = &look.reading
        cdef int distances[LONGEST_SPAN]
        cdef int least = term.sought.size - shape.several, most = term.sought.size + shape.several
        cdef int first, last, size, start
        cdef bint ready
        for first in range(reading.stem):
            start, ready = reading.cuts[first], False
            for last in range(first + 1, reading.stem + 1):
                size = reading.cuts[last] - start
                if not least <= size <= most:
                    continue
                if not ready:
                    self.take_from(
                        row, reading.letters + start, False, min(most, reading.head - start),
                        distances,
                    )
                    ready = True
                self.consider(look, term, row, shape, start, start + size, distances[size - 1])

    cdef void mark(
        self, const Reading* reading, const Term* term, const Shape* shape, uint8_t* begins,
        uint8_t* ends,
    ) noexcept nogil:
        """Where a span at one edge may begin, or end: by the letters that one edit leaves."""
        cdef const uint8_t* sought = self.text_of(term.sought)
        cdef const uint8_t* text = reading.letters
        cdef int size = term.sought.size, half = (size + 1) // 2, at
        cdef const uint8_t* tail = sought + size - shape.end
        memset(begins, 0, reading.end + 1)
        memset(ends, 0, reading.end + 1)
        for at in range(reading.end):
            if text[at] == sought[0]:
                if not memcmp(text + at, sought, shape.start):
                    begins[at] = 1
                elif is_swapped(text + at, sought, size, half):
                    begins[at] = 2
            if text[at] == tail[0] and not memcmp(text + at, tail, shape.end):
                ends[at + shape.end] = 1

    cdef void find_marked(
        self, Look* look, const Term* term, int row, const Shape* shape, const uint8_t* begins,
        const uint8_t* ends, int free,
    ) noexcept nogil:
        """Spans that begin or end where something is marked, with so many free ends."""
        cdef const Reading* reading = &look.reading
        cdef int distances[LONGEST_SPAN]
        cdef int least = term.sought.size - shape.several + 1
        cdef int most = term.sought.size + shape.several - 1
        cdef int at, size, mark
        for mark in range(1, 3):
            for at in range(reading.head):
                if begins[at] != mark:
                    continue
                self.take_from(
                    row, reading.letters + at, False, min(most, reading.head - at), distances
                )
                for size in range(least, min(most, reading.head - at) + 1):
                    if (reading.edges[at] != 0) + (reading.edges[at + size] != 0) == free:
                        self.consider(
                            look, term, row, shape, at, at + size, distances[size - 1]
                        )
        for at in range(1, reading.head + 1):
            if ends[at]:
                self.take_from(row, reading.letters + at, True, min(most, at), distances)
                for size in range(least, min(most, at) + 1):
                    if (
                        not begins[at - size]
                        and (reading.edges[at] != 0) + (reading.edges[at - size] != 0) == free
                    ):
                        self.consider(
                            look, term, row, shape, at - size, at, distances[size - 1]
                        )

    cdef void consider(
        self, Look* look, const Term* term, int row, const Shape* shape, int start, int end,
        int distance,
    ) noexcept nogil:
        cdef const Reading* reading = &look.reading
        if not 0 < distance <= shape.several:
            return
        if distance > self.allowed(reading, term, shape, start, end):
            return
        if term.twist != AS_WRITTEN and distance >= self.distance(term.own, reading, start, end):
            return
        if (
            term.sought.size < INSIDE_TYPO_FROM
            and not (reading.edges[start] or reading.edges[end])
            and not self.is_amid_lures(reading, start, end)
        ):
            return
        if not self.objects_to_typo(look, term, start, end, distance):
            self.add(look, row, start, end, distance, reading.edges[start], reading.edges[end])

    cdef int allowed(
        self, const Reading* reading, const Term* term, const Shape* shape, int start, int end
    ) noexcept nogil:
        """How many edits may lie between: `places._allowed`."""
        cdef const uint8_t* sought = self.text_of(term.sought)
        cdef bint left = reading.edges[start] != 0, right = reading.edges[end] != 0
        cdef bint head = end - start >= shape.head and not memcmp(
            reading.letters + start, sought, shape.head
        )
        cdef bint tail = end - start >= shape.tail and not memcmp(
            reading.letters + end - shape.tail, sought + term.sought.size - shape.tail, shape.tail
        )
        if left and right:
            return shape.several if head or tail else 1
        if left or right:
            return 2 if (head if left else tail) and term.sought.size >= LONG_FROM else 1
        return 1

    cdef inline void take_from(
        self, int row, const uint8_t* text, bint backwards, int count, int* distances
    ) noexcept nogil:
        """The distance of a term to each text from there on, or up to there, of so many letters."""
        take_distances(
            &self.backwards[row, 0] if backwards else &self.places[row, 0],
            self.terms[row].sought.size, text - backwards, -1 if backwards else 1, count, distances,
        )

    cdef int distance(self, int row, const Reading* reading, int start, int end) noexcept nogil:
        cdef int distances[LONGEST_NAME]
        self.take_from(row, reading.letters + start, False, end - start, distances)
        return distances[end - start - 1]


cdef bint spans_labels(const Reading* reading, int start, int end) noexcept nogil:
    cdef int at
    for at in range(start + 1, end):
        if reading.edges[at] == DOT:
            return True
    return False


cdef bint crosses_well(const Reading* reading, const Term* term, int at) noexcept nogil:
    """A term may run into the public suffix, but not from inside a word."""
    cdef int size = term.sought.size
    if at + size <= reading.head:
        return True
    return (
        reading.edges[at] != 0
        and (reading.head - at) * 2 > size
        and term.twist != DOMAIN_NAME
    )


cdef bint is_swapped(
    const uint8_t* text, const uint8_t* sought, int size, int half
) noexcept nogil:
    """Whether it is the term with the two letters at the seam of its halves transposed."""
    return (
        text[half - 1] == sought[half]
        and text[half] == sought[half - 1]
        and not memcmp(text, sought, half - 1)
        and not memcmp(text + half + 1, sought + half + 1, size - half - 1)
    )
