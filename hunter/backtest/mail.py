"""What people are told in a life, counted in messages: as routing has it, digest by digest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hunter import routing
from hunter.model import Alert, Rhythm, Subscriber, Transition
from hunter.store.outbox import Way


@dataclass
class Mail:
    """The messages of one life.

    What comes faster than a channel allows goes out together; here it counts one by one.
    """

    alone: Counter[Way] = field(default_factory=Counter)
    digests: set[tuple[Way, datetime]] = field(default_factory=set)
    heard: set[tuple[str, str, str]] = field(default_factory=set)
    """Which subscriber was told of which brand's domain."""

    def add(
        self,
        subscribers: Sequence[Subscriber],
        alert: Alert,
        news: Sequence[Transition],
        at: datetime,
        *,
        beside: Sequence[Alert],
    ) -> None:
        """Tell everybody whom news of the alert concerns, and none of those `beside` it."""
        kinds = {one.kind for one in news}
        for subscriber in subscribers:
            about = subscriber.name, alert.brand, alert.domain
            mine = kinds if about in self.heard else routing.with_opened(kinds)
            route = routing.route(subscriber, alert.brand, alert.severity, mine, at, beside=beside)
            if route.told:
                self.heard.add(about)
            for channel in subscriber.channels if route.told else ():
                way = Way(channel, subscriber.name)
                if route.urgent or subscriber.rhythm is Rhythm.AT_ONCE:
                    self.alone[way] += 1
                else:
                    self.digests.add((way, route.due_at))


def messages(way: Way, *mails: Mail) -> int:
    """How many go that way, when the lives are one: what is due at the same time is one digest."""
    together = set[tuple[Way, datetime]]().union(*(mail.digests for mail in mails))
    return sum(mail.alone[way] for mail in mails) + sum(one == way for one, _ in together)
