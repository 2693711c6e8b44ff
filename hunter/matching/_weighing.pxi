# How much speaks for a find, as far as most need to be looked at: `confidence`, compiled.

cdef enum:
    MEMORY_BITS = 18
    MEMORY = 1 << MEMORY_BITS
    AT_PLACES = 4
    ASKING_FROM = 6  # as in `lifts`
    SLIP_FROM = 6  # `terms.LONG_TERM`
    STEPS = 1000  # as in `confidence`
    DISTINCTIVE = 8  # as in `scenes`

cdef enum Weighed:  # as in `weighing`
    NOT_WEIGHED = 0
    SETTLED = 1
    OPEN = 2  # whether it alerts is to be thought over

cdef packed struct Ending:
    double weight[2]  # of exact finds, and of typos
    int32_t kind  # of public suffix

cdef packed struct Weights:
    double letters[2]
    double letters_of_term[2]
    double as_words[2]
    double same_sound
    double usually_beyond
    double most_beyond
    double least_told
    double most_lured  # what a lure beside a find is worth at most
    double least_sure, most_sure

cdef packed struct Worth:
    double places[AT_PLACES]  # of a term as the whole domain, inside, at an edge, between two
    double letters
    int32_t word  # how ordinary a word it is
    int32_t is_rare_name
    int32_t is_rare_keyword


@final
cdef class Weigher:
    """The weights. What a scene and a term are worth is asked once, and kept."""

    cdef Scenes scenes
    cdef Spelling spelling
    cdef Texts endings
    cdef const Ending[::1] ending
    cdef const Weights[::1] weights
    cdef const Worth[::1] worth
    cdef object worth_of_scene
    cdef uint64_t[::1] known
    cdef double[::1] points
    cdef int count

    def __cinit__(
        self, *, Scenes scenes not None, Spelling spelling not None, Texts endings not None,
        const Ending[::1] ending, const Weights[::1] weights, const Worth[::1] worth,
        worth_of_scene, uint64_t[::1] known, double[::1] points,
    ):
        if known.shape[0] != MEMORY or points.shape[0] != MEMORY:
            raise ValueError("the memory is of another size")
        if ending.shape[0] != endings.count() or weights.shape[0] != 1:
            raise ValueError("each ending needs its weights")
        if worth.shape[0] != scenes.finder.terms.shape[0]:
            raise ValueError("each term needs its worth")
        self.scenes, self.spelling, self.endings, self.ending = scenes, spelling, endings, ending
        self.weights, self.worth, self.worth_of_scene = weights, worth, worth_of_scene
        self.known, self.points, self.count = known, points, 0

    cdef int weigh(self, const Reading* reading, Found* find, double least) except -1 nogil:
        """Say what its scene is and how many points it has; whether that may be told at all."""
        cdef const Weights* weights = &self.weights[0]
        cdef Place place = tokens_around(reading, find)
        cdef int ending = self.endings.index_of(
            reading.written + reading.suffix, reading.size - reading.suffix
        )
        cdef bint typo = find.distance > 0
        if ending < 0:
            find.how = NOT_WEIGHED
            return True
        find.scene = self.scenes.scene_of(
            reading, find, &place, self.ending[ending].kind, self.worth[find.term].word
        )
        find.points = self.first_points(reading, find, ending, typo)
        find.points += self.as_words(reading, find, &place) * weights.as_words[typo]
        if typo and self.sounds_same(reading, find):
            find.points += weights.same_sound
        find.how = OPEN if (
            find.points > 0
            or self.may_be_lifted(reading, find, &place)
            or self.may_be_at_home(reading, find, self.ending[ending].weight[typo])
        ) else SETTLED
        if find.how == OPEN:
            return True
        if find.points < least and not (
            least <= weights.least_told and may_be_permuted(reading, find)
        ):
            return False
        find.points = self.sure(find.points)
        return True

    cdef double sure(self, double points) noexcept nogil:
        """On the scale from 0 to 1: `confidence.scale`."""
        cdef double chance = 1 / (1 + exp(-points))
        return min(max(rint(chance * STEPS) / STEPS, self.weights[0].least_sure), self.weights[0].most_sure)

    cdef bint may_be_lifted(
        self, const Reading* reading, const Found* find, const Place* place
    ) noexcept nogil:
        """Whether it may alert by itself: a rare name in the domain, or nearly the whole domain.

        So may what is an alert but for a lure in a token, what stands between two, and what an
        address begins with and the name.
        """
        cdef const Worth* worth = &self.worth[find.term]
        if place.start >= reading.label and (
            (worth.is_rare_name and not find.distance)
            or (worth.is_rare_keyword and find.distance == 1 and self.sounds_same(reading, find))
        ):
            return True
        if not find.distance and self.is_nearly_one(find) and may_be_asked_beside(find, place):
            return True
        if self.may_be_whole_name(reading, find) or self.is_in_an_address(reading, find):
            return True
        if may_be_typed_twice(reading, find) or runs_into_the_ending(reading, find):
            return True
        return (
            self.is_amid_lures(reading, find, place)
            or self.is_slip_beside_lures(reading, find)
            or self.has_its_ending_behind(reading, find)
        )

    cdef bint may_be_whole_name(self, const Reading* reading, const Found* find) noexcept nogil:
        """Whether it is the domain: as it is, a longer name, or where people look for the brand.

        Or a whole label before the domain, a longer name with an edit.
        """
        cdef const Term* term = &self.scenes.finder.terms[find.term]
        if find.left == DOT and find.right == DOT and find.end <= reading.label:
            return find.distance == 1 and term.sought.size >= DISTINCTIVE
        if not is_whole_domain(reading, find):
            return False
        return (
            not find.distance
            or term.sought.size >= DISTINCTIVE
            or (
                self.scenes.finder.has_own_suffix(reading, term)
                and not self.scenes.finder.is_com(term)
            )
        )

    cdef bint is_in_an_address(self, const Reading* reading, const Found* find) noexcept nogil:
        """Whether the domain is what an address begins with and the name."""
        return (
            not find.distance
            and reading.label <= find.start
            and find.end == reading.head
            and self.scenes.finder.affixes.of_addresses.holds(
                &reading.plain[reading.label], find.start - reading.label
            )
        )

    cdef bint may_be_at_home(
        self, const Reading* reading, const Found* find, double of_ending
    ) noexcept nogil:
        """Whether it would be an alert but for its ending, the brand's own: `_at_home`."""
        if not of_ending < 0 < find.points - of_ending:
            return False
        return not find.distance or self.scenes.finder.has_own_suffix(
            reading, &self.scenes.finder.terms[find.term]
        )

    cdef bint is_amid_lures(
        self, const Reading* reading, const Found* find, const Place* place
    ) noexcept nogil:
        """Whether they are glued to both sides of it: `lifts._is_amid_what_asks`."""
        cdef int before = find.start - place.start, after = place.end - find.end
        if find.distance or not (before and after) or find.start < reading.label:
            return False
        return (
            self.scenes.finder.affixes.is_lure(&reading.plain[place.start], before)
            and self.scenes.finder.affixes.is_lure(&reading.plain[find.end], after)
        )

    cdef bint is_slip_beside_lures(self, const Reading* reading, const Found* find) noexcept nogil:
        """Whether it may be a slip within a longer name, and all else of the domain lures."""
        cdef int before = find.start - reading.label, after = reading.head - find.end
        cdef const Term* term = &self.scenes.finder.terms[find.term]
        cdef const uint8_t* plain = self.scenes.finder.text_of(term.plain)
        cdef uint8_t first = plain[0], last = plain[term.plain.size - 1]
        if find.distance > 1 or term.sought.size < SLIP_FROM or before < 0 or after < 0:
            return False
        if reading.plain[find.start] != first or reading.plain[find.end - 1] != last:
            return False
        if not find.distance:
            if before and reading.plain[find.start - 1] == first:
                before -= 1
            elif after and reading.plain[find.end] == last:
                after -= 1
            else:
                return False
        return (
            not before
            or self.scenes.finder.affixes.of_addresses.holds(&reading.plain[reading.label], before)
            or self.scenes.finder.affixes.is_lure(&reading.plain[reading.label], before)
        ) and (
            not after
            or self.scenes.finder.affixes.is_lure(&reading.plain[reading.head - after], after)
        )

    cdef bint has_its_ending_behind(self, const Reading* reading, const Found* find) noexcept nogil:
        """Whether the brand's own ending does, in front of more: `slips.is_domain_mistyped`."""
        cdef const Term* term = &self.scenes.finder.terms[find.term]
        cdef int end = find.end + term.glued.size
        if find.distance != 1 or find.right != DOT or end >= reading.head or not reading.edges[end]:
            return False
        return not memcmp(
            &reading.plain[find.end], self.scenes.finder.text_of(term.glued), term.glued.size
        )

    cdef bint is_nearly_one(self, const Found* find) noexcept nogil:
        """Whether a lure would have made an alert of it: `confidence._is_asked_within`."""
        return find.points + self.weights[0].most_lured > 0

    cdef double as_words(
        self, const Reading* reading, const Found* find, const Place* place
    ) noexcept nogil:
        """Nats that words alone cost more: `evidence.reading_as_words`."""
        cdef double nats = self.spelling.beyond_words(
            &reading.plain[place.start], place.end - place.start, find.start - place.start,
            find.end - place.start,
        )
        return min(nats - self.weights[0].usually_beyond, self.weights[0].most_beyond)

    cdef bint sounds_same(self, const Reading* reading, const Found* find) noexcept nogil:
        return self.scenes.finder.sounds_like(
            &self.scenes.finder.terms[find.term], &reading.plain[find.start], find.end - find.start
        )

    cdef double first_points(
        self, const Reading* reading, const Found* find, int ending, bint typo
    ) except? -1e300 nogil:
        """Of the scene, the term where it stands, the suffix and the letters."""
        cdef const Weights* weights = &self.weights[0]
        cdef const Worth* worth = &self.worth[find.term]
        cdef int place = 1 + (find.left != 0) + (find.right != 0)
        cdef double points = self.points_of(find.scene), letters = self.letters_of(reading, find)
        points += worth.places[0 if is_whole_domain(reading, find) else place]
        return points + (
            self.ending[ending].weight[typo]
            + letters * weights.letters[typo]
            + worth.letters * weights.letters_of_term[typo]
        )

    cdef double letters_of(self, const Reading* reading, const Found* find) noexcept nogil:
        """Nats of the find's letters: `scenes.surprise`."""
        cdef int reach = 2
        if find.left == DOT:
            reach = 0
        elif reading.edges[find.start - 1] == DOT:
            reach = 1
        reach = min(reach, find.start)
        return self.spelling.letters.cost(
            &reading.plain[find.start - reach], reach, reach + find.end - find.start
        )

    cdef double points_of(self, uint64_t scene) except? -1e300 nogil:
        cdef Py_ssize_t slot = self.slot_of(scene)
        if LOADED(&self.known[slot]) == scene:
            return self.points[slot]
        with gil:
            return self.learn(scene)

    cdef double learn(self, uint64_t scene) except? -1e300:
        """What it is worth, kept while there is room. Others may read at the same time."""
        cdef double points = self.worth_of_scene(scene)
        cdef Py_ssize_t slot = self.slot_of(scene)
        if not self.known[slot] and self.count < MEMORY // 2:
            self.points[slot] = points
            STORE(&self.known[slot], scene)
            self.count += 1
        return points

    cdef Py_ssize_t slot_of(self, uint64_t scene) noexcept nogil:
        """Where it is kept, or would be. No scene is 0: it has the size of the term."""
        cdef Py_ssize_t slot = (scene * SPREAD) >> (64 - MEMORY_BITS)
        while self.known[slot] and self.known[slot] != scene:
            slot = (slot + 1) & (MEMORY - 1)
        return slot


cdef bint runs_into_the_ending(const Reading* reading, const Found* find) noexcept nogil:
    """Whether it begins the registrable domain and ends in its suffix."""
    return not find.distance and find.start == reading.label and find.end > reading.head


cdef bint may_be_typed_twice(const Reading* reading, const Found* find) noexcept nogil:
    """Whether the first or last letter of the term stands beside it once more, and no other."""
    cdef int before = find.start - reading.label, after = reading.head - find.end
    if find.distance or before < 0 or after < 0 or before + after != 1:
        return False
    if before:
        return reading.plain[reading.label] == reading.plain[find.start]
    return reading.plain[find.end] == reading.plain[find.end - 1]


cdef bint may_be_asked_beside(const Found* find, const Place* place) noexcept nogil:
    """Whether a longer token may stand beside it, or glued to one side of it."""
    cdef int before = find.start - place.start, after = place.end - find.end
    if not (before or after):
        return True
    return not (before and after) and before + after >= ASKING_FROM


cdef bint may_be_permuted(const Reading* reading, const Found* find) noexcept nogil:
    """Whether it may be what permuting the brand's own name gives: `confidence.is_told`."""
    cdef int beside = reading.head - reading.label - (find.end - find.start)
    return reading.label <= find.start and find.end <= reading.head and beside <= 1
