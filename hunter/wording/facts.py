"""What is known of a domain, what is not, and why: the rows of a notice's tables."""

from collections.abc import Iterator

from hunter.model import Alert, Dossier, Value, hundredths
from hunter.notice import Row
from hunter.wording.catalogue import spoken, words
from hunter.wording.cleaning import harmless
from hunter.wording.sentences import label_of, reason_in_words, values_in_words


def rows(alert: Alert, dossier: Dossier) -> tuple[Row, ...]:
    """Likeness and score, then sightings, registration, mail and hosting; only what is known."""
    return (likeness(alert), *_score(alert), *_facts(dossier))


def likeness(alert: Alert) -> Row:
    """How sure the match is, in words and as a number, with the matcher's reason."""
    match = alert.match
    if match.is_linked:
        return Row(words.LIKENESS_LABEL, (words.LIKENESS_LINKED,))
    how = next(said for least, said in words.LIKENESS_WORDS if match.confidence >= least)
    number = hundredths(match.confidence).replace(".", words.DECIMAL_MARK)
    told = words.LIKENESS.format(words=how, number=number)
    # The matcher's reason is English; the headline says the same in every language.
    return Row(words.LIKENESS_LABEL, (told,), harmless(match.reason) if spoken() == "en" else "")


def _score(alert: Alert) -> Iterator[Row]:
    rules = len(alert.findings)
    sentence = words.SCORE_ONE if rules == 1 else words.SCORE_MANY
    if rules:
        told = sentence.format(points=alert.score, rules=rules)
        yield Row(words.SCORE_LABEL, (told,))


def _facts(dossier: Dossier) -> Iterator[Row]:
    for field, label in words.FACT_FIELDS.items():
        values = values_of(dossier, field)
        if values and not (field in words.ONLY_WHEN_TRUE and True not in values):
            note = words.NOTES.get(field, "") if values != (False,) else ""
            yield Row(label, values_in_words(field, values), note)


def values_of(dossier: Dossier, field: str) -> tuple[Value, ...]:
    """A field's values, whether it holds none, one or several."""
    value = dossier.fields.get(field, ())
    return value if isinstance(value, tuple) else (value,)


def unknowns(dossier: Dossier) -> tuple[Row, ...]:
    """One row for each reason, with everything that could not be found out because of it."""
    labels: dict[str, dict[str, None]] = {}
    for field, why in dossier.unknown.items():
        if field in words.SPOKEN_FIELDS:
            continue
        reason = reason_in_words(why) or words.NO_REASON
        labels.setdefault(reason, {})[label_of(field)] = None
    return tuple(Row(", ".join(found), (reason,)) for reason, found in labels.items())


def leads_home(dossier: Dossier) -> bool:
    """Whether its page sends visitors on to the brand's own: what is met there is no abuse."""
    return dossier.fields.get("page_at_brand") is True
