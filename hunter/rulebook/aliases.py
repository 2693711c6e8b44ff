"""Aliases of correlations: whether each says what it stands for, and is asked for."""

from collections.abc import Container, Iterator, Mapping, Sequence

from hunter.rulebook.hints import listing


def alias_faults(
    aliases: Mapping[str, Mapping[str, str]],
    feeding: Mapping[str, str],
    asked: Sequence[str],
    handed: Mapping[str, Container[str]],
) -> Iterator[tuple[str, str, str]]:
    """For each alias at fault its name, a message and a hint.

    `aliases`: alias → rule id → field. `feeding`: the rules that feed the correlation, as it names
    them → id. `asked`: what it groups by and looks at. `handed`: what each correlation hands on to
    those that it feeds, by its id; under the empty id the fields that every dossier may have.
    """
    for alias, mapping in aliases.items():
        if alias not in asked:
            yield alias, f"the alias {alias!r} is never used", "name it in group-by, or remove it"
        if not mapping.keys() <= set(feeding.values()):
            hint = f"those are: {listing(feeding)}"
            yield alias, f"the alias {alias!r} names a rule that does not feed this one", hint
        if alias in handed[""]:
            continue
        for name, identity in feeding.items():
            if identity not in mapping and alias not in handed.get(identity, ()):
                hint = f"write '{name}: field' under it"
                yield alias, f"the alias {alias!r} does not say what it is in {name!r}", hint
