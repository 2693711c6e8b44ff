# What is ordinary language where it stands: `ordinary` and `sounds`, compiled.

cdef enum:
    REACH = 8  # letters on either side among which the rest of a word is looked for


@final
cdef class Ordinary:
    """The ordinary words."""

    cdef Texts common

    def __cinit__(self, *, common):
        self.common = common

    cdef bint is_in_word(self, const Reading* reading, int start, int end, int more) noexcept nogil:
        """Whether an ordinary word holds these letters and so many more: `ordinary.word_around`."""
        cdef int begin = start, finish = start + 1, first, last
        cdef uint64_t hashed
        while not reading.edges[begin]:
            begin -= 1
        while not reading.edges[finish]:
            finish += 1
        finish = min(finish, end + REACH)
        if end > finish:
            return False
        for first in range(max(begin, start - REACH), start + 1):
            hashed = no_text()
            for last in range(first, finish):
                hashed = with_letter(hashed, reading.plain[last])
                if (
                    last + 1 >= end
                    and last + 1 - first >= end - start + more
                    and self.common.holds_hashed(hashed, &reading.plain[first], last + 1 - first)
                ):
                    return True
        return False


cdef inline bint is_vowel(uint8_t letter) noexcept nogil:
    return letter in (c'a', c'e', c'i', c'o', c'u', c'y')


cdef int consonants_of(const uint8_t* text, int size, uint8_t* found) noexcept nogil:
    """What `sounds.consonants` leaves of a text, and how long that is."""
    cdef int at, written = 0
    for at in range(size):
        if not (is_vowel(text[at]) or (written and found[written - 1] == text[at])):
            found[written] = text[at]
            written += 1
    return written


cdef enum:
    HUSHED = 36  # `$` in `sounds`


cdef int sound_of(const uint8_t* text, int size, uint8_t* sound) noexcept nogil:
    """What `sounds.sounds_like` leaves of a text, and how long that is."""
    cdef int at = 0, written = 0
    cdef uint8_t letter, behind
    while at < size:
        letter = text[at]
        behind = text[at + 1] if at + 1 < size else 0
        at += 1
        if letter == c's' and behind == c'c' and at + 1 < size and text[at + 1] == c'h':
            letter = HUSHED
            at += 2
        elif letter == c'c' and behind == c'h' and at + 1 < size and text[at + 1] in b"rl":
            letter = c'k'
            at += 1
        elif (letter == c's' or letter == c'c') and behind == c'h':
            letter = HUSHED
            at += 1
        elif letter == c'p' and behind == c'h':
            letter = c'f'
            at += 1
        elif letter == c'c' or letter == c'q':
            letter = c'k'
        elif letter == c'z' or letter == c'x':
            if letter == c'x' and (not written or sound[written - 1] != c'k'):
                sound[written] = c'k'
                written += 1
            letter = c's'
        if is_vowel(letter) or (written and sound[written - 1] == letter):
            continue
        sound[written] = letter
        written += 1
    return written
