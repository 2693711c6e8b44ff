# Which words a find may be a part of: `words_around`, compiled.

@final
cdef class Frequencies:
    """Words, and how frequent each is."""

    cdef Texts words
    cdef const double[::1] zipfs

    def __cinit__(self, *, Texts words not None, const double[::1] zipfs):
        if zipfs.shape[0] != words.count():
            raise ValueError("each word needs its frequency")
        self.words, self.zipfs = words, zipfs

    def within(self, str token not None, int first, int last):
        """`words_around.within_word`."""
        cdef const uint8_t* text = letters_of(token, first, last)
        cdef int finish = min(<int> len(token), last + REACH), start
        cdef double best = 0.0
        for start in range(max(0, first - REACH), first + 1):
            best = max(best, self.first_word(
                text + start, max(last - start, last - first + 1), finish - start
            ))
        return best

    def across(self, str token not None, int first, int last):
        """`words_around.across_words`."""
        cdef const uint8_t* text = letters_of(token, first, last)
        cdef int finish = min(<int> len(token), last + REACH), seam, start
        cdef double best = 0.0, left
        for seam in range(first + 1, last):
            left = 0.0
            for start in range(max(0, first - REACH), min(first, seam - SHORTEST_WORD) + 1):
                left = max(left, self.zipf_at(self.words.index_of(text + start, seam - start)))
            if left > best:
                best = max(best, min(left, self.first_word(
                    text + seam, max(last - seam, SHORTEST_WORD), finish - seam
                )))
        return best

    cdef double first_word(self, const uint8_t* text, int least, int most) noexcept nogil:
        """Of the most frequent word at the begin of the text that has so many letters."""
        cdef uint64_t hashed = no_text()
        cdef double best = 0.0
        cdef int end
        for end in range(1, most + 1):
            hashed = with_letter(hashed, text[end - 1])
            if end >= least:
                best = max(best, self.zipf_at(self.words.index_of_hashed(hashed, text, end)))
        return best

    cdef inline double zipf_at(self, int word) noexcept nogil:
        return self.zipfs[word] if word >= 0 else 0.0


cdef const uint8_t* letters_of(str token, int first, int last) except NULL:
    if not (token.isascii() and 0 <= first <= last <= len(token)):
        raise ValueError("the find is no part of the token")
    return <const uint8_t*> PyUnicode_AsUTF8(token)
