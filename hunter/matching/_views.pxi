# A name in all its views for Python: `views.read`, compiled. Only for names written as they are
# registered, without A-labels.

@final
cdef class Reader:
    """The public suffixes, the letters that look alike, and what a reading is made as."""

    cdef Suffixes suffixes
    cdef const uint8_t[::1] folds
    cdef object made_as

    def __cinit__(self, *, Suffixes suffixes not None, const uint8_t[::1] folds, made_as):
        if folds.shape[0] != 256:
            raise ValueError("each byte needs what it is read as")
        self.suffixes, self.folds, self.made_as = suffixes, folds, made_as

    def read(self, str text not None):
        """The reading; None for what `views.read` is to look at."""
        cdef Reading reading
        cdef uint8_t folded[LONGEST_NAME]
        cdef const char* written
        cdef Py_ssize_t size = len(text)
        cdef int at, registrable
        if not text.isascii() or size > LONGEST_NAME:
            return None
        written = PyUnicode_AsUTF8(text)
        if not takes_as_is(&reading, <const uint8_t*> written, size):
            return None
        if holds_a_prefix(reading.written, size) or ends_in_number(&reading):
            return None
        self.suffixes.cut(&reading)
        for at in range(reading.end):
            folded[at] = self.folds[reading.plain[at]]
        registrable = start_of_registrable(&reading)
        return self.made_as((
            text, text, text, text[reading.suffix :], text[registrable:],
            (<const char*> reading.plain)[: reading.end].decode("ascii"),
            (<const char*> folded)[: reading.end].decode("ascii"),
            edges_of(&reading), cuts_of(&reading), tokens_of(&reading), reading.stem,
            reading.head, reading.label, gaps_of(&reading), 0, (),
        ))


cdef int start_of_registrable(const Reading* reading) noexcept nogil:
    """Where the label before the public suffix begins, as written."""
    cdef int at = reading.suffix - 1
    while at > 0 and reading.written[at - 1] != c'.':
        at -= 1
    return max(at, 0)


cdef dict edges_of(const Reading* reading):
    cdef int index, at
    edges = {}
    for index in range(reading.cut_count):
        at = reading.cuts[index]
        edges[at] = reading.edges[at]
    return edges


cdef list cuts_of(const Reading* reading):
    cdef int index
    return [reading.cuts[index] for index in range(reading.cut_count)]


cdef tuple tokens_of(const Reading* reading):
    cdef int index, start
    found = []
    for index in range(reading.cut_count - 1):
        start = reading.cuts[index]
        found.append(
            (<const char*> reading.plain)[start : reading.cuts[index + 1]].decode("ascii")
        )
    return tuple(found)


cdef list gaps_of(const Reading* reading):
    """The position at which each separator was dropped."""
    cdef int at, letters = 0
    gaps = []
    for at in range(reading.size):
        if reading.written[at] in (c'.', c'-', c'_'):
            gaps.append(letters)
        else:
            letters += 1
    return gaps
