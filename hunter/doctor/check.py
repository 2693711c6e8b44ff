"""One thing that was looked at, and what to do when it is not well."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `hunter doctor`; a hint stands there when it is not good."""

    name: str
    subject: str
    message: str
    hint: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing is to be done."""
        return not self.hint
