"""What a service was asked about each track: when, what it told so far, and whose turn it is."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from hunter.clock import is_lately
from hunter.contracts import Batch, SourceContext, batch_of
from hunter.model import BY_HUNTER, Json, Report, Track


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one track; the moments are in ISO 8601, empty before the first."""

    asked: str = ""
    """When all of an answer was read."""
    known: Sequence[str] = ()
    """What was told already."""
    further: str = ""
    """The page to go on with."""
    tried: str = ""
    """When there was trouble last: others go first then."""


@dataclass(frozen=True, slots=True)
class Inquiries:
    """The tracks as one service is asked about them; `stream` names the cursor of a track."""

    part: str
    """The source that asks, as reports call it."""
    context: SourceContext
    origin: Mapping[str, Json]
    stream: Callable[[Track], str]

    def state(self, track: Track) -> State:
        """Where the track stands."""
        cursor = self.context.cursor(self.stream(track))
        return State(**json.loads(cursor)) if cursor else State()

    def due(self, fields: Iterable[str], every: timedelta) -> list[Track]:
        """Those of such a field that were not asked for lately, the longest waiting first.

        What somebody set goes before what hunter set by itself: each mailbox that a squatter thinks
        of makes a track, and there are but so many questions in a day.
        """
        now = self.context.now()
        wanted = [track for track in self.context.tracks if track.field in set(fields)]
        states = {track: self.state(track) for track in wanted}
        waiting = (track for track in wanted if not _is_lately(states[track].asked, every, now))

        def turn(track: Track) -> tuple[bool, bool, str]:
            state = states[track]
            trouble = _is_lately(state.tried, every, now)
            return trouble, track.made_by == BY_HUNTER, max(state.asked, state.tried)

        return sorted(waiting, key=turn)

    def tried(self, track: Track) -> Batch:
        """There was trouble with the track: another goes first next time."""
        return self.told(track, replace(self.state(track), tried=self.context.now().isoformat()))

    def told(
        self,
        track: Track,
        state: State,
        new: Mapping[str, Mapping[str, Json]] | None = None,
    ) -> Batch:
        """The names not told before, each with what is known of it, and the state after them."""
        rows = ((name, {**self.origin, **about}) for name, about in (new or {}).items())
        return batch_of(rows, json.dumps(asdict(state)), self.stream(track), track)

    def report(self, subject: str, trouble: str = "") -> None:
        """Say how it is with the service, or with a track; without trouble it answers."""
        told = trouble or "answers"
        self.context.report(Report(self.part, not trouble, told, self.context.now(), subject))


def stream_of(track: Track) -> str:
    """The cursor of a track about which one service is asked."""
    return f"track:{track.brand}:{track.name}"


def _is_lately(moment: str, lately: timedelta, now: datetime) -> bool:
    return bool(moment) and is_lately(datetime.fromisoformat(moment), lately, now)
