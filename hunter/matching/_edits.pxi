# What kind of edits make a text of a term: `edits`, compiled.

cdef enum Edit:  # as in `weighing`
    NO_EDIT = 0
    OMISSION = 1
    PLURAL = 2
    ADDITION = 3
    REPETITION = 4
    INSERTION = 5
    TRANSPOSITION = 6
    REPLACEMENTS = 7  # and those after it

cdef enum:
    MOST_EDITS = 3
    EDIT_PLACES = 3
    EDIT_NAMES = 11  # with the one for none
    LETTER_CODES = 32
    CODE_OF_S = 19


cdef int edits_of(
    const uint8_t* text, int size, const uint8_t* term, int term_size, int distance,
    const uint8_t* replacements,
) noexcept nogil:
    """The name of one edit and its place, or how many and what they keep, as one number."""
    cdef int same = first_difference(text, size, term, term_size), place
    if not distance:
        return NO_EDIT
    if distance == 1:
        place = 0 if not same else 2 if same >= term_size - 1 else 1
        return edit_name(text, size, term, term_size, same, replacements) * EDIT_PLACES + place
    return (
        EDIT_NAMES * EDIT_PLACES
        + (distance >= MOST_EDITS) * 4
        + (text[0] == term[0]) * 2
        + (text[size - 1] == term[term_size - 1])
    )


cdef int first_difference(
    const uint8_t* text, int size, const uint8_t* term, int term_size
) noexcept nogil:
    """Where they differ first, or the size of the text."""
    cdef int at
    for at in range(min(size, term_size)):
        if text[at] != term[at]:
            return at
    return size


cdef int edit_name(
    const uint8_t* text, int size, const uint8_t* term, int term_size, int same,
    const uint8_t* replacements,
) noexcept nogil:
    cdef int at, differ = 0
    if size < term_size:
        return OMISSION
    if size > term_size:
        same = min(same, term_size)
        if same and text[same] == text[same - 1]:
            return REPETITION
        if same < term_size:
            return INSERTION
        return PLURAL if text[same] == CODE_OF_S else ADDITION
    for at in range(size):
        differ += text[at] != term[at]
    if differ != 1:
        return TRANSPOSITION
    return REPLACEMENTS + replacements[term[same] * LETTER_CODES + text[same]]
