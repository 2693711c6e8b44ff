# How surprising letters are, and of which words a text is spelt: `letters` and `segmentation`,
# compiled.

cdef enum:
    SYMBOLS = 38  # as in `letters`
    END_OF_LABEL = 0
    LONGEST_WORD = 16
    SHORTEST_SPELT = 2

cdef double UNBOUNDED = 1e300


@final
cdef class Letters:
    """The letter model: steps of a unit for each symbol after each two."""

    cdef const uint8_t[::1] symbols, steps
    cdef double unit

    def __cinit__(
        self, *, const uint8_t[::1] symbols, const uint8_t[::1] steps, double unit
    ):
        if symbols.shape[0] != 256 or max(symbols) >= SYMBOLS or steps.shape[0] != SYMBOLS * SYMBOLS * SYMBOLS:
            raise ValueError("the letter model is of another size")
        self.symbols, self.steps, self.unit = symbols, steps, unit

    cdef inline int symbol_at(self, const uint8_t* text, int at) noexcept nogil:
        return self.symbols[text[at]] if at >= 0 else END_OF_LABEL

    cdef inline int steps_at(self, const uint8_t* text, int at) noexcept nogil:
        """Of the letter there, when no label begins between it and the begin of the text."""
        cdef int pair = self.symbol_at(text, at - 2) * SYMBOLS + self.symbol_at(text, at - 1)
        return self.steps[pair * SYMBOLS + self.symbol_at(text, at)]

    cdef double cost(self, const uint8_t* text, int start, int end) noexcept nogil:
        """Nats of the letters between: `letters.cost`."""
        cdef int steps = 0, at
        for at in range(start, end):
            steps += self.steps_at(text, at)
        return steps * self.unit


@final
cdef class Spelling:
    """Words and their nats."""

    cdef Letters letters
    cdef Texts words
    cdef const double[::1] nats
    cdef double unknown

    def __cinit__(
        self, *, Letters letters not None, Texts words not None, const double[::1] nats, double unknown
    ):
        if nats.shape[0] != words.count():
            raise ValueError("each word needs its nats")
        self.letters, self.words, self.nats, self.unknown = letters, words, nats, unknown

    cdef double beyond_words(
        self, const uint8_t* token, int size, int first, int last
    ) noexcept nogil:
        """Nats that a token costs more without what stands between: `segmentation`."""
        cdef double spelt[LONGEST_NAME + 1]
        cdef double without, before
        self.spell(token, size, spelt)
        without, before = spelt[size], spelt[first]
        self.spell(token + last, size - last, spelt)
        return without - before - spelt[size - last]

    cdef void spell(self, const uint8_t* text, int size, double* spelt) noexcept nogil:
        """The cost of the cheapest spelling of the first letters, for each number of them."""
        cdef double here, unknown = UNBOUNDED
        cdef int start, end, word
        cdef uint64_t hashed
        spelt[0] = 0.0
        for end in range(1, size + 1):
            spelt[end] = UNBOUNDED
        for start in range(size):
            here = spelt[start]
            unknown = min(unknown, here + self.unknown) + self.letters.steps_at(text, start) * self.letters.unit
            spelt[start + 1] = min(spelt[start + 1], unknown)
            hashed = with_letter(no_text(), text[start])
            for end in range(start + SHORTEST_SPELT, min(start + LONGEST_WORD, size) + 1):
                hashed = with_letter(hashed, text[end - 1])
                word = self.words.index_of_hashed(hashed, text + start, end - start)
                if word >= 0:
                    spelt[end] = min(spelt[end], here + self.nats[word])
