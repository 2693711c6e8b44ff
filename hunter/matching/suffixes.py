"""The public suffix of a name, at the price of a few set look-ups.

`names.parse` says the same (a test compares them) but validates as it goes, which is too slow for
every candidate of a bulk run.
"""

from functools import cache

from hunter import names


def suffix_at(name: str) -> int:
    """Where in the lower-case ASCII name its public suffix begins, after publicsuffix.org."""
    rules, above = _rules()
    end = len(name)
    found = at = name.rfind(".") + 1
    tail = name[at:]
    while at and tail in above:
        parent, at = tail, name.rfind(".", 0, at - 1) + 1
        tail = name[at:]
        if "!" + tail in rules:
            return end - len(parent)
        if tail in rules or "*." + parent in rules:
            found = at
    return found


def registrable(name: str, suffix: int) -> str:
    """The suffix that begins at `suffix` and one label more; a bare suffix is itself."""
    return name[name.rfind(".", 0, suffix - 1) + 1 :] if suffix else name


@cache
def _rules() -> tuple[frozenset[str], frozenset[str]]:
    """Every rule, and every text below which there is another rule."""
    rules = names.suffix_rules()
    above: set[str] = set()
    for rule in rules:
        labels = rule.removeprefix("!").split(".")
        above.update(".".join(labels[at:]) for at in range(1, len(labels)))
    return rules, frozenset(above)
