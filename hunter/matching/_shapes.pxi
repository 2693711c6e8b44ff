# What names with A-labels show as, in plain letters.


@final
cdef class Shapes:
    """The plain letters that characters look like; learnt when a name is first to be decoded."""

    cdef const int32_t[::1] first_shape
    cdef const uint8_t[::1] shapes
    cdef readonly bint knows

    def learn(self, const int32_t[::1] first, const uint8_t[::1] letters):
        """By code point, from U+0000 to U+FFFF, what plain letters it shows as."""
        if first.shape[0] != BASIC_PLANE + 1 or first[BASIC_PLANE] > letters.shape[0]:
            raise ValueError("the shapes are not those of one plane")
        self.first_shape, self.shapes, self.knows = first, letters, True

    cdef Py_ssize_t show(self, const uint8_t* line, Py_ssize_t size, uint8_t* shown) noexcept nogil:
        """The line with its A-labels in the plain letters they show as: how long, or -1.

        -1 stands for what is better left to those who look closer.
        """
        cdef Py_ssize_t at = 0, end, written = 0
        while at < size and line[at] <= c' ':
            at += 1
        while size > at and line[size - 1] <= c' ':
            size -= 1
        while at < size:
            end = at
            while end < size and line[end] != c'.':
                end += 1
            if begins_an_a_label(line + at, end - at):
                written = self.show_label(line + at + 4, end - at - 4, shown, written)
            else:
                written = copied(line + at, end - at, shown, written)
            if written < 0 or written >= LONGEST:
                return -1
            shown[written] = c'.'
            written += 1
            at = end + 1
        return written

    cdef Py_ssize_t show_label(
        self, const uint8_t* label, Py_ssize_t size, uint8_t* shown, Py_ssize_t written
    ) noexcept nogil:
        cdef uint32_t points[LONGEST_LABEL]
        cdef Py_ssize_t count = decode(label, size, points)
        cdef Py_ssize_t index
        cdef int letter
        if not self.knows:
            return -1
        for index in range(count):
            if points[index] >= BASIC_PLANE:
                return -1
            for letter in range(
                self.first_shape[points[index]], self.first_shape[points[index] + 1]
            ):
                if self.shapes[letter] >= 128 or written >= LONGEST:
                    return -1
                shown[written] = self.shapes[letter]
                written += 1
        return written if count > 0 else -1
