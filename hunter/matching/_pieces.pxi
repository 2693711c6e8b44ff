# What the first look goes by: pieces of terms, and texts that count as a whole.

cdef enum Kind:  # as in `pieces`, those that are told apart
    EXACT = 0
    LEFT = 1
    RIGHT = 2
    HEAD = 4
    TAIL = 5
    NEAR = 6
    WORD = 8
    DOMAIN = 9

cdef packed struct Row:
    uint64_t first8
    uint64_t last8
    uint64_t mask
    int32_t term
    uint8_t size
    uint8_t offset
    uint8_t kind
    uint8_t standings

cdef packed struct Literal:
    uint64_t word
    uint64_t suffix
    uint64_t suffix_mask
    int32_t term
    int16_t edited
    int16_t size


@final
cdef class Filed:
    """Pieces, and by code the first of those that are filed under it."""

    cdef const int32_t[::1] first
    cdef const Row[::1] rows
    cdef const int32_t* begin
    cdef const Row* row

    def __cinit__(self, const int32_t[::1] first, const Row[::1] rows):
        self.first, self.rows = first, rows
        self.begin = &first[0]
        self.row = &rows[0] if rows.shape[0] else NULL
