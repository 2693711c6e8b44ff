# What is known of the lines that were picked, line by line, as Python reads it.

def told(
    const int64_t[::1] numbers not None, const uint8_t[::1] how not None,
    const uint8_t[::1] kept not None, const Found[::1] found not None, tuple terms not None,
    made_as,
):
    """Of each line of which something is known: its number, its text, and what stands there.

    That is as `sieve.Told` has it; a find is made of the term and its place by `made_as`.
    """
    cdef Py_ssize_t line, at = 0, row = 0, size
    cdef const uint8_t* text
    cdef list finds, wanted
    if how.shape[0] != numbers.shape[0]:
        raise ValueError("each line needs how it is known")
    for row in range(found.shape[0]):
        if not 0 <= found[row].term < len(terms):
            raise ValueError("a find is of no term")
    row = 0
    for line in range(numbers.shape[0]):
        size = size_of_line(kept, at)
        text = &kept[at]
        at += size + 1
        if how[line] == UNKNOWN:
            continue
        finds, wanted = [], []
        while row < found.shape[0] and found[row].line == line:
            if how[line] == FOUND:
                finds.append(told_find(&found[row], terms, made_as))
            else:
                wanted.append((found[row].term, found[row].distance != 0))
            row += 1
        yield numbers[line], (<const char*> text)[:size].decode("ascii"), finds, wanted


cdef Py_ssize_t size_of_line(const uint8_t[::1] kept, Py_ssize_t at) except -1:
    cdef const uint8_t* end = NULL
    if at < kept.shape[0]:
        end = <const uint8_t*> memchr(&kept[at], c'\n', kept.shape[0] - at)
    if end == NULL:
        raise ValueError("each line needs its newline")
    return end - &kept[at]


def make_frozen(type kind not None, tuple fields not None, tuple values not None):
    """A frozen dataclass of its fields' values, all of them.

    Its `__init__` looks up `object.__setattr__` once a field, which takes four times as long.
    """
    cdef object made = kind.__new__(kind)
    cdef Py_ssize_t at
    if len(fields) != len(values):
        raise ValueError("each field needs its value")
    for at in range(len(fields)):
        PyObject_GenericSetAttr(made, fields[at], values[at])
    return made


cdef tuple told_find(const Found* find, tuple terms, made_as):
    """The row of its term, the find, and how far it was weighed."""
    return (
        find.term,
        made_as(
            (terms[find.term], find.start, find.end, find.distance, find.left, find.right)
        ),
        (find.how, find.scene, find.points),
    )
