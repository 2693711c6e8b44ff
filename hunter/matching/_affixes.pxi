# What stands beside a find: `affixes`, compiled.

cdef enum:
    LONGEST_AFFIX = 12
    SHORTEST_LURE = 2
    SHORTEST_WORD = 3

cdef enum Affix:  # as in `weighing`
    EDGE = 0
    DIGITS = 1
    LURE = 2
    NEAR_LURE = 3
    IS_WORD = 4
    NEAR_WORD = 5
    BIT = 6
    OTHER = 7


cdef inline bint is_digit(uint8_t letter) noexcept nogil:
    return c'0' <= letter <= c'9'


cdef bint are_digits(const uint8_t* text, int size) noexcept nogil:
    cdef int at
    for at in range(size):
        if not is_digit(text[at]):
            return False
    return size > 0


cdef inline int after_digits(const uint8_t* text, int start, int size) noexcept nogil:
    while start < size and is_digit(text[start]):
        start += 1
    return start


@final
cdef class Affixes:
    """The lures, what hosts are called and addresses begin with, and the words."""

    cdef Texts lures, hosts, in_front, of_addresses
    cdef Texts common, known  # the ordinary words, and those that are known at all

    def __cinit__(self, *, lures, hosts, in_front, of_addresses, common, known):
        self.lures, self.hosts, self.in_front = lures, hosts, in_front
        self.of_addresses, self.common, self.known = of_addresses, common, known

    cdef bint is_lure(self, const uint8_t* text, int size) noexcept nogil:
        """Whether it consists of lures, numbers aside: whether it has `affixes.themes`."""
        cdef uint8_t consists[LONGEST_NAME + 1]
        cdef int start
        if self.lures.holds(text, size):
            return True
        while size and is_digit(text[size - 1]):
            size -= 1
        for start in range(size - 1, -1, -1):
            consists[start] = self.begins_lures(text, start, size, consists)
        start = after_digits(text, 0, size)
        return start < size and consists[start]

    cdef bint begins_lures(
        self, const uint8_t* text, int start, int size, const uint8_t* consists
    ) noexcept nogil:
        """Whether all from there on are lures, when that is known of every later letter."""
        cdef uint64_t hashed = no_text()
        cdef int end
        if is_digit(text[start]):
            end = after_digits(text, start, size)
            return consists[end] or self.lures.holds(text + start, size - start)
        for end in range(start + 1, size + 1):
            hashed = with_letter(hashed, text[end - 1])
            if (
                (end == size or (end >= start + SHORTEST_LURE and consists[end]))
                and self.lures.holds_hashed(hashed, text + start, end - start)
            ):
                return True
        return False

    cdef Affix class_of(self, const uint8_t* text, int size, bint before) noexcept nogil:
        """`affixes.affix_class`."""
        if not size:
            return EDGE
        if self.is_lure(text, size):
            return LURE
        if are_digits(text, size):
            return DIGITS
        if self.holds_affix(self.lures, text, size, SHORTEST_WORD, before):
            return NEAR_LURE
        if size >= SHORTEST_WORD and self.known.holds(text, size):
            return IS_WORD
        if self.holds_affix(self.common, text, size, SHORTEST_WORD + 1, before):
            return NEAR_WORD
        if is_digit(text[size - 1 if before else 0]) or (
            size > 1 and is_digit(text[size - 2 if before else 1])
        ):
            return DIGITS
        return BIT if size < SHORTEST_WORD else OTHER

    cdef bint is_parted(self, const Reading* reading, int end) noexcept nogil:
        """Whether what stands there is not the rest of a word: after digits, or a lure."""
        cdef int start = end
        cdef Affix before
        while not reading.edges[start]:
            start -= 1
        before = self.class_of(&reading.plain[start], end - start, True)
        return before == DIGITS or before == LURE or before == NEAR_LURE

    cdef bint holds_affix(
        self, Texts texts, const uint8_t* text, int size, int least, bint before
    ) noexcept nogil:
        cdef int length
        for length in range(least, min(size, LONGEST_AFFIX) + 1):
            if texts.holds(text + size - length if before else text, length):
                return True
        return False
