"""What reached people during a soak, and what follows from it."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.soak_world import Planted, World
from hunter.model import Stage
from hunter.wording import english
from tests.world.smtp import Received

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it came, by the daemon's time."""

    at: datetime
    channel: str
    key: str
    """What a letter that comes twice has in common with itself."""
    text: str


@dataclass
class Post:
    """Collects the letters of both channels as they come."""

    world: World
    letters: list[Letter] = field(default_factory=list)
    _mails: int = 0
    _posts: int = 0

    def collect(self) -> None:
        """Take what has come since."""
        now, servers = self.world.now(), self.world.servers
        mails = servers.smtp.messages[self._mails :]
        posts = servers.slack.messages[self._posts :]
        self._mails += len(mails)
        self._posts += len(posts)
        self.letters += [_from_mail(now, one) for one in mails]
        for one in posts:
            text = json.dumps(one, ensure_ascii=False)
            self.letters.append(Letter(now, "slack", text, text))

    def about(self, name: str, since: datetime | None = None) -> list[Letter]:
        """The letters that name a lookalike."""
        written = name.replace(".", "[.]")
        return [
            one
            for one in self.letters
            if written in one.text and (since is None or one.at >= since)
        ]

    def missing(self) -> list[Planted]:
        """Planted, and not told on both channels."""
        return [
            one
            for one in self.world.planted
            if {letter.channel for letter in self.about(one.name)} != {"email", "slack"}
        ]

    def untold_steps(self) -> list[str]:
        """Lookalikes that took mail once they were told of, of which nobody was told so."""
        sentence = english.STAGES[Stage.MAIL]
        return [
            name
            for name, at in self.world.mail_let_in.items()
            if any(letter.at < at for letter in self.about(name))
            and not any(sentence in letter.text for letter in self.about(name, at))
        ]

    def twice(self) -> list[Letter]:
        """The letters that came more often than once, each as often as it came too much."""
        keys = Counter((letter.channel, letter.key) for letter in self.letters)
        last = {(letter.channel, letter.key): letter for letter in self.letters}
        return [last[key] for key, count in keys.items() for _ in range(count - 1)]

    def delays(self) -> list[float]:
        """Hours from each lookalike's showing to its first letter, on whichever channel worked."""
        found = ((one.at, self.about(one.name)) for one in self.world.planted)
        return sorted(_hours(at, letters) or 0.0 for at, letters in found if letters)

    def announced(self, outage: str) -> tuple[float | None, float | None]:
        """Hours from its beginning to the word of it, and from its end to the word of that."""
        began, ended = self.world.outages[outage]
        own = [letter for letter in self.letters if outage in letter.text]
        over = [letter for letter in own if "is well again" in letter.text]
        told = [letter for letter in own if ", since " in letter.text]
        return _hours(began, told), _hours(ended, over)


def _hours(since: datetime, letters: Iterable[Letter]) -> float | None:
    found = [letter.at - since for letter in letters if letter.at >= since]
    return round(min(found) / HOUR, 1) if found else None


def _from_mail(now: datetime, received: Received) -> Letter:
    mail = received.mail
    body = mail.get_body(("plain",))
    text = " ".join(f"{mail['Subject']} {body.get_content() if body else ''}".split())
    return Letter(now, "email", str(mail["Message-ID"]), text)
