"""What decides whether a find alerts, whatever its evidence adds up to: `doubts` and `lifts`."""

from enum import StrEnum


class Decisive(StrEnum):
    """Each as the sentence that a person reads of it, without its full stop."""

    BY_CHANCE = "Held down all the same: it stands in text that a program made"
    EVERYDAY = "Held below an alert all the same: it reads as ordinary words or a name of its own"
    OF_AN_AUTHORITY = (
        "Held below an alert all the same: only a state's own offices are registered "
        "under this ending"
    )
    FEW_CONSONANTS = "Held below an alert: it shares four consonants, no more"
    DIFFERS_MUCH = "Held below an alert: letter by letter more of it differs"
    WHOLE_NAME = "Raised to an alert: it is the whole name of the brand"
    TWO_ALPHABETS = "Raised to an alert: letters of another alphabet stand among ours"
    BESIDE_WHAT_ASKS = "Raised to an alert: beside it is but a word that squatters use"
    AMID_WHAT_ASKS = "Raised to an alert: it has a word that squatters use glued to either side"
    ASKED_WITHIN = (
        "Raised to an alert: a word that squatters use stands beside it, misspelt or with more "
        "around it"
    )
    IN_AN_ADDRESS = "Raised to an alert: it is the brand's name behind what an address begins with"
    WHOLE_DOMAIN = "Raised to an alert: it begins with the brand's whole domain"
    DOMAIN_MISTYPED = "Raised to an alert: it is nearly the brand's whole domain, under another"
    TWO_NAMES = "Raised to an alert: it is two names of the brand in one"
    WITH_ONE_WORD = "Raised to an alert: it is a rare name with one word beside it"
    NEARLY_WHOLE_NAME = "Raised to an alert: it is nearly the whole name of the brand"
