# Sets of texts, asked for by their bytes.

cdef enum:
    BASIS_HIGH = 0xCBF29CE4
    BASIS_LOW = 0x84222325


cdef inline uint64_t no_text() noexcept nogil:
    """The hash of nothing: FNV-1a, 64 bits (Fowler, Noll and Vo)."""
    return <uint64_t> BASIS_HIGH << 32 | BASIS_LOW


cdef inline uint64_t with_letter(uint64_t text, uint8_t letter) noexcept nogil:
    """The hash of a text and one letter more."""
    return (text ^ letter) * 0x100000001B3ULL


cdef uint64_t hash_of(const uint8_t* text, int size) noexcept nogil:
    cdef uint64_t hashed = no_text()
    cdef int at
    for at in range(size):
        hashed = with_letter(hashed, text[at])
    return hashed


@final
cdef class Texts:
    """A set of texts: joined, where each begins, and room for a table of at least twice as many.

    Four bits for each place in the table tell of most other texts that they are none of them: these
    lie in the processor's cache where the table does not.
    """

    cdef const uint8_t[::1] letters
    cdef const int32_t[::1] firsts
    cdef int32_t[::1] slots
    cdef uint8_t[::1] seen
    cdef uint64_t mask

    def __cinit__(
        self, const uint8_t[::1] letters, const int32_t[::1] firsts, int32_t[::1] slots,
        uint8_t[::1] seen,
    ):
        cdef Py_ssize_t index
        cdef uint64_t bit
        if seen.shape[0] * 2 != slots.shape[0]:
            raise ValueError("four bits are needed for each place in the table")
        if slots.shape[0] & (slots.shape[0] - 1) or slots.shape[0] < 2 * firsts.shape[0]:
            raise ValueError("the table has not the room that it needs")
        self.letters, self.firsts, self.slots = letters, firsts, slots
        self.mask, self.seen = slots.shape[0] - 1, seen
        for index in range(firsts.shape[0] - 1):
            bit = self.bit_of(hash_of(&letters[firsts[index]], firsts[index + 1] - firsts[index]))
            self.seen[bit >> 3] |= 1 << (bit & 7)
            self.slots[self.slot_of(&letters[firsts[index]], firsts[index + 1] - firsts[index])] = (
                index + 1
            )

    def __contains__(self, str text not None):
        """Whether it is one of them. What is beyond ASCII stands in none as it is."""
        return text.isascii() and self.holds(
            <const uint8_t*> PyUnicode_AsUTF8(text), <int> len(text)
        )

    cdef Py_ssize_t count(self) noexcept nogil:
        return self.firsts.shape[0] - 1

    cdef inline uint64_t bit_of(self, uint64_t hashed) noexcept nogil:
        return (hashed ^ hashed >> 29) & (self.mask << 2 | 3)

    cdef inline bint may_hold(self, uint64_t hashed) noexcept nogil:
        cdef uint64_t bit = self.bit_of(hashed)
        return self.seen[bit >> 3] >> (bit & 7) & 1

    cdef Py_ssize_t slot_of(self, const uint8_t* text, int size) noexcept nogil:
        return self.slot_at(hash_of(text, size), text, size)

    cdef inline Py_ssize_t slot_at(
        self, uint64_t hashed, const uint8_t* text, int size
    ) noexcept nogil:
        """Where a text of this hash stands, or would."""
        cdef Py_ssize_t slot = (hashed ^ hashed >> 32) & self.mask
        cdef int index
        while self.slots[slot]:
            index = self.slots[slot] - 1
            if self.firsts[index + 1] - self.firsts[index] == size and not memcmp(
                &self.letters[self.firsts[index]], text, size
            ):
                break
            slot = (slot + 1) & self.mask
        return slot

    cdef inline bint holds_hashed(
        self, uint64_t hashed, const uint8_t* text, int size
    ) noexcept nogil:
        return self.may_hold(hashed) and self.slots[self.slot_at(hashed, text, size)] != 0

    cdef bint holds(self, const uint8_t* text, int size) noexcept nogil:
        return self.holds_hashed(hash_of(text, size), text, size)

    cdef int index_of(self, const uint8_t* text, int size) noexcept nogil:
        """As which it was given, or -1."""
        return self.index_of_hashed(hash_of(text, size), text, size)

    cdef inline int index_of_hashed(
        self, uint64_t hashed, const uint8_t* text, int size
    ) noexcept nogil:
        return self.slots[self.slot_at(hashed, text, size)] - 1 if self.may_hold(hashed) else -1
