# What stands beside a find: `affixes`, compiled.

cdef enum:
    LONGEST_AFFIX = 12
    SHORTEST_LURE = 2
    SHORTEST_IN_DIGITS = 4
    LONGEST_LURE = 32  # of which digits are read as letters
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


cdef inline uint8_t letter_of(uint8_t letter, uint8_t one) noexcept nogil:
    """The letter that a digit is read as, given that of `1`."""
    if letter == c'0':
        return c'o'
    if letter == c'1':
        return one
    if letter == c'3':
        return c'e'
    if letter == c'4':
        return c'a'
    return c's' if letter == c'5' else letter


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
        if self.lures.holds(text, size) or self.is_in_digits(text, size):
            return True
        while size and is_digit(text[size - 1]):
            size -= 1
        for start in range(size - 1, -1, -1):
            consists[start] = (
                self.begins_lures(text, start, size, consists)
                and not self.is_another_word(text + start, size - start)
            ) or self.is_in_digits(text + start, size - start)
        start = after_digits(text, 0, size)
        return start < size and consists[start]

    cdef bint is_in_digits(self, const uint8_t* text, int size) noexcept nogil:
        """Whether it is a lure in which digits stand for letters: `affixes._in_digits`."""
        cdef int at, digits = 0
        if not SHORTEST_IN_DIGITS <= size <= LONGEST_LURE:
            return False
        for at in range(size):
            digits += is_digit(text[at])
        if not 0 < digits < size:
            return False
        return self.reads_as_lure(text, size, c'i') or self.reads_as_lure(text, size, c'l')

    cdef bint reads_as_lure(self, const uint8_t* text, int size, uint8_t one) noexcept nogil:
        cdef uint8_t word[LONGEST_LURE]
        cdef int at
        for at in range(size):
            word[at] = letter_of(text[at], one)
        return self.lures.holds(word, size)

    cdef bint is_another_word(self, const uint8_t* text, int size) noexcept nogil:
        return self.known.holds(text, size) and not self.lures.holds(text, size)

    cdef bint begins_lures(
        self, const uint8_t* text, int start, int size, const uint8_t* consists
    ) noexcept nogil:
        """Whether all from there on are lures, when that is known of every later letter."""
        cdef uint64_t hashed = no_text()
        cdef int end
        if size - start < SHORTEST_LURE:
            return False
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
        if size >= SHORTEST_LURE and self.is_lure(text, size):
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
