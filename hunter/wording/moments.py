"""Days and moments as the language writes them: 2017-03-15, and 15 mars 2017."""

from datetime import date, datetime

from hunter.wording.catalogue import words


def day(at: date) -> str:
    """The day alone."""
    number = words.FIRST_OF_MONTH if at.day == 1 else at.day
    return words.DAY.format(day=number, month=words.MONTHS[at.month - 1], year=at.year)


def time(at: datetime) -> str:
    """The day with hour and minute, as they stand; whose hour that is, others say."""
    return words.DAY_AND_TIME.format(day=day(at), time=f"{at:%H:%M}")


def moment(at: datetime) -> str:
    """The day with hour and minute, which are UTC's."""
    return words.AT.format(time=time(at))
