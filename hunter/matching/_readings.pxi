# One name as `views.read` sees it: what stands between which edges, and before which suffix. Only
# for names written as they are registered; all else is left to `views`.

cdef enum:
    LONGEST_NAME = 253
    MOST_LABELS = 127
    HYPHEN = 1
    DOT = 2

cdef struct Reading:
    const uint8_t* letters  # folded, as codes; 0 behind the last
    const uint8_t* written
    int size
    uint8_t plain[LONGEST_NAME]
    # What stands before each letter, and behind the last: 0 for nothing.
    uint8_t edges[LONGEST_NAME + 1]
    int cuts[LONGEST_NAME + 1]
    int cut_count
    # Where labels begin, as written and without separators.
    int label_starts[MOST_LABELS]
    int label_places[MOST_LABELS]
    int label_count
    int end
    # As in `views.Reading`, and where the suffix begins as written.
    int stem, head, label, suffix


cdef inline bint is_name_byte(uint8_t byte) noexcept nogil:
    return c'a' <= byte <= c'z' or c'0' <= byte <= c'9' or byte == c'-' or byte == c'_'


cdef bint takes_as_is(Reading* reading, const uint8_t* written, int size) noexcept nogil:
    """Take labels, letters and edges; whether the name is written as it would be registered."""
    cdef int at, letters = 0, begin = 0
    cdef uint8_t byte
    if not SHORTEST <= size <= LONGEST_NAME:
        return False
    memset(reading.edges, 0, size + 1)
    reading.label_count, reading.label_starts[0], reading.label_places[0] = 1, 0, 0
    for at in range(size):
        byte = written[at]
        if byte == c'.':
            if not 0 < at - begin <= LONGEST_LABEL:
                return False
            begin = at + 1
            reading.edges[letters] = DOT
            reading.label_starts[reading.label_count] = begin
            reading.label_places[reading.label_count] = letters
            reading.label_count += 1
        elif not is_name_byte(byte):
            return False
        elif byte == c'-' or byte == c'_':
            reading.edges[letters] = max(reading.edges[letters], <uint8_t> HYPHEN)
        else:
            reading.plain[letters] = byte
            letters += 1
    reading.written, reading.size, reading.end = written, size, letters
    reading.edges[0] = reading.edges[letters] = DOT
    return 0 < size - begin <= LONGEST_LABEL and reading.label_count > 1


cdef bint ends_in_number(const Reading* reading) noexcept nogil:
    cdef int at
    for at in range(reading.label_starts[reading.label_count - 1], reading.size):
        if not c'0' <= reading.written[at] <= c'9':
            return False
    return True


@final
cdef class Suffixes:
    """The public suffix list as `names` has it."""

    cdef Texts rules, above, wild, exceptions

    def __cinit__(self, *, rules, above, wild, exceptions):
        self.rules, self.above = rules, above
        self.wild, self.exceptions = wild, exceptions

    cdef bint holds_tail(self, Texts texts, const Reading* reading, int label) noexcept nogil:
        cdef int start = reading.label_starts[label]
        return texts.holds(reading.written + start, reading.size - start)

    cdef int label_of_ending(self, const Reading* reading) noexcept nogil:
        """The label with which it begins: `suffixes.ending_at`."""
        cdef int label = self.label_of_suffix(reading)
        if label or reading.label_count == 1:
            return label
        return self.holds_tail(self.wild, reading, 1)

    cdef int label_of_suffix(self, const Reading* reading) noexcept nogil:
        """`names.suffix_at`."""
        cdef int label = reading.label_count - 1
        cdef int found = label
        while label and self.holds_tail(self.above, reading, label):
            label -= 1
            if self.holds_tail(self.exceptions, reading, label):
                return label + 1
            if self.holds_tail(self.rules, reading, label) or self.holds_tail(
                self.wild, reading, label + 1
            ):
                found = label
        return found

    cdef void cut(self, Reading* reading) noexcept nogil:
        """Say where the public suffix and the registrable domain begin, and list the edges."""
        cdef int label = self.label_of_ending(reading), at
        reading.suffix = reading.label_starts[label]
        reading.head = reading.label_places[label]
        reading.label = reading.label_places[label - 1] if label else 0
        reading.cut_count = 0
        for at in range(reading.end + 1):
            if reading.edges[at]:
                if at == reading.head:
                    reading.stem = reading.cut_count
                reading.cuts[reading.cut_count] = at
                reading.cut_count += 1
