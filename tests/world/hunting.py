"""A small hunt: a store in a folder, a clock set by hand, and drop-ins that do as they are told.

`World.install` puts one drop-in of each family in the place where the spine looks for them: the
source `planted`, the enricher `told` and the notifier `pigeon`.
"""

import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest

from hunter import contracts, rulebook
from hunter.config import Config
from hunter.config.tables import NetTable
from hunter.contracts import (
    Batch,
    Doors,
    EnricherContext,
    NotifierContext,
    Recipient,
    SourceContext,
)
from hunter.dossiers import rule_fields
from hunter.matching import compile_matcher
from hunter.model import Brand, BrandKind, Dossier, Fact, Level, Subscriber, Value
from hunter.notice import Notice
from hunter.pipeline import Hunt
from hunter.replay import SetClock
from hunter.rulebook import Rulebook
from hunter.store import Store

START = datetime(2017, 4, 13, 12, tzinfo=UTC)
BRAND = Brand("en-marche.fr", ("marche",), owned=("en-marche-doc.fr",), ignored=("friend.fr",))
PARTNER = Brand("nationbuilder.com", owned=("en-marche.fr",), kind=BrandKind.PARTNER)
SUBSCRIBER = Subscriber("it", {"pigeon": ("loft",)})

FIELDS = {
    "ns_domain": "domains of the name servers",
    "registrant_email": "who registered it",
    "has_mx": "whether it takes mail",
    "mx_domain": "where the mail goes",
}

RULES = """
title: Lookalike
id: 11111111-1111-4111-8111-111111111111
name: lookalike
logsource: {product: hunter, category: domain}
detection:
  near: {confidence|gte: 0.5}
  found: {technique: track}
  condition: near or found
level: medium
score: 30
---
title: Takes mail
id: 22222222-2222-4222-8222-222222222222
logsource: {product: hunter, category: domain}
detection:
  mail: {has_mx: true}
  condition: mail
level: high
score: 40
---
title: Shared registrant
id: 33333333-3333-4333-8333-333333333333
tags: [attack.t1583.001]
correlation:
  type: value_count
  rules: [lookalike]
  generate: true
  group-by: [registrant_email]
  timespan: 365d
  field: domain
  condition: {gte: 2, field: domain}
level: high
score: 20
"""

Values = Mapping[str, Value | tuple[Value, ...] | None]


@cache
def rules() -> Rulebook:
    """The rules above, compiled once."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "rules.yml").write_text(RULES, encoding="utf-8")
        return rulebook.load(Path(folder), {**rule_fields(), **FIELDS})


class SourceSettings(contracts.Settings):
    """The source's settings."""

    every: timedelta = timedelta(hours=1)


class NotifierSettings(contracts.NotifierSettings):
    """The notifier's settings."""


@dataclass
class World:
    """What there is to find, and what people were told. Each family's drop-in is this world."""

    feed: list[str | Batch] = field(default_factory=list)
    """Batches in order: names with a line each, or whole batches."""
    facts: dict[str, Values] = field(default_factory=dict)
    """Domain → field → values; None is "could not find out"."""
    asked: list[str] = field(default_factory=list)
    sent: list[tuple[Notice, Recipient]] = field(default_factory=list)
    trouble: dict[str, BaseException] = field(default_factory=dict)
    """What the drop-ins raise, by `source`, domain or subscriber."""
    on_send: Callable[[Notice, Recipient], None] = field(default=lambda *_: None)

    FIELDS: Mapping[str, str] = field(default_factory=lambda: FIELDS)
    AFTER: tuple[str, ...] = ()
    FOLLOWS_STATE: bool = False
    CARRIES_FILES: bool = False

    def install(self, patch: pytest.MonkeyPatch) -> "World":
        """Put the drop-ins where the spine looks for them."""
        for name in ("sources.planted", "enrichers.told", "notifiers.pigeon"):
            patch.setitem(sys.modules, f"hunter.{name}", cast("Any", self))
        return self

    async def gather(self, settings: Any, context: SourceContext) -> AsyncIterator[Batch]:
        """The feed from the cursor on, then what each track finds."""
        for number in range(int(context.cursor("") or 0), len(self.feed)):
            self._may_fail("source")
            names = self.feed[number]
            batch = Batch(names.encode(), "") if isinstance(names, str) else names
            yield replace(batch, cursor=str(number + 1))
        for track in context.tracks:
            found = [
                name for name in self.facts if self.facts[name].get(track.field) == track.value
            ]
            stream = f"track:{track.brand}:{track.name}"
            new = [name for name in found if name not in (context.cursor(stream) or "").split()]
            if new:
                yield Batch("\n".join(new).encode(), " ".join(found), stream, track=track)

    def wants(self, dossier: Dossier, settings: Any) -> bool:
        """Always."""
        return True

    async def enrich(
        self, dossier: Dossier, settings: Any, context: EnricherContext
    ) -> Sequence[Fact]:
        """What is true of the domain now."""
        self.asked.append(dossier.domain)
        self._may_fail(dossier.domain)
        why = {None: "no answer"}
        return [
            Fact(dossier.domain, name, one, "told", context.now(), why.get(one, ""))
            for name, value in self.facts.get(dossier.domain, {}).items()
            for one in (value if isinstance(value, tuple) else (value,))
        ]

    async def send(
        self, notice: Notice, recipient: Recipient, settings: Any, context: NotifierContext
    ) -> None:
        """Accept it, unless there is trouble."""
        self._may_fail(recipient.subscriber)
        self.sent.append((notice, recipient))
        self.on_send(notice, recipient)

    def _may_fail(self, who: str) -> None:
        if who in self.trouble:
            raise self.trouble[who]

    def told(self) -> list[tuple[str, str]]:
        """Domain and kind of every notice that was accepted."""
        return [(notice.domain.replace("[.]", "."), notice.kind) for notice, _ in self.sent]


def small_config(folder: Path, **changes: Any) -> Config:
    """A config of one brand and one subscriber, with the world's drop-ins."""
    settled = Config(
        path=None,
        brands=(BRAND,),
        subscribers=(SUBSCRIBER,),
        net=NetTable(),
        store=folder / "hunter.db",
        rule_folders=(),
        minimum=Level.MEDIUM,
        automatic_tracks=True,
        sources={"planted": SourceSettings()},
        enrichers={"told": contracts.EnricherSettings()},
        notifiers={"pigeon": NotifierSettings()},
    )
    return replace(settled, **changes)


_matcher = cache(compile_matcher)


def small_hunt(store: Store, clock: SetClock, **changes: Any) -> Hunt:
    """A hunt over the store, with real matching, rules and judgement, and no way out."""
    config = small_config(store.path.parent, **changes)
    return Hunt(
        config=config,
        store=store,
        matcher=_matcher(config.brands),
        rulebook=rules(),
        doors=cast("Doors", None),
        now=clock.now,
    )


@contextmanager
def locked(store: Store) -> Iterator[None]:
    """Another process writes, for longer than anybody waits."""
    store.rows("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
