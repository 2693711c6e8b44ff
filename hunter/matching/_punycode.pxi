# Punycode (RFC 3492), for `_sieve`: the code points of an A-label.

cdef Py_ssize_t decode(const uint8_t* label, Py_ssize_t size, uint32_t* points) noexcept nogil:
    """Punycode (RFC 3492, section 6.2): how many code points, or -1 where it is none."""
    cdef Py_ssize_t at = 0, count = 0, place
    cdef int64_t point = 128, index = 0, before, weight, bias = 72, base, digit, threshold
    if size > LONGEST_LABEL:
        return -1
    for place in range(size):
        if label[place] == c'-':
            count = place
            at = place + 1
    for place in range(count):
        points[place] = label[place]
    while at < size:
        before, weight, base = index, 1, 36
        while True:
            digit = digit_of(label[at]) if at < size else -1
            if digit < 0:
                return -1
            at += 1
            index += digit * weight
            threshold = 1 if base <= bias else 26 if base >= bias + 26 else base - bias
            if digit < threshold:
                break
            weight *= 36 - threshold
            base += 36
            if weight > LARGEST or index > LARGEST:
                return -1
        count += 1
        bias = adapted(index - before, count, before == 0)
        point += index / count
        index %= count
        if point > LAST_POINT:
            return -1
        for place in range(count - 1, index, -1):
            points[place] = points[place - 1]
        points[index] = <uint32_t> point
        index += 1
    return count


cdef inline int digit_of(uint8_t char) noexcept nogil:
    if c'a' <= char | 32 <= c'z':
        return (char | 32) - c'a'
    return char - c'0' + 26 if c'0' <= char <= c'9' else -1


cdef inline int64_t adapted(int64_t delta, int64_t count, bint first) noexcept nogil:
    """The bias (RFC 3492, section 6.1)."""
    cdef int64_t steps = 0
    delta = delta / 700 if first else delta / 2
    delta += delta / count
    while delta > 455:
        delta /= 35
        steps += 36
    return steps + 36 * delta / (delta + 38)
