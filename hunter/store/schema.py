"""The schema, as the migrations that lead to it. A released migration is never edited."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

Step: TypeAlias = "Callable[[Database], None]"

STEPS: dict[str, Step] = {}
"""Every migration this version knows, in order; a store with others was written by a newer one."""


def migration(step: Step) -> Step:
    """The next step."""
    STEPS[step.__name__] = step
    return step


def migrations() -> "Migrations":
    """The steps as sqlite_utils takes them; loading it takes longer than opening a store."""
    from sqlite_utils import Migrations

    found = Migrations("hunter")
    for step in STEPS.values():
        found()(step)
    return found


_FIRST = """
CREATE TABLE cursor (
    source TEXT NOT NULL, stream TEXT NOT NULL, value TEXT NOT NULL, updated_at TEXT NOT NULL,
    PRIMARY KEY (source, stream)
) STRICT, WITHOUT ROWID;

CREATE TABLE domain (
    domain TEXT PRIMARY KEY,
    first_seen TEXT NOT NULL,
    due_at TEXT NOT NULL,
    enriched INTEGER NOT NULL DEFAULT 0,
    judge INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX domain_due ON domain (due_at);
CREATE INDEX domain_judge ON domain (judge) WHERE judge = 1;
CREATE INDEX domain_first_seen ON domain (first_seen);

CREATE TABLE sighting (
    name TEXT NOT NULL, source TEXT NOT NULL, domain TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, origin TEXT NOT NULL,
    PRIMARY KEY (name, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_domain ON sighting (domain);

CREATE TABLE match (
    name TEXT NOT NULL, brand TEXT NOT NULL, domain TEXT NOT NULL,
    confidence REAL NOT NULL, technique TEXT NOT NULL, match TEXT NOT NULL,
    PRIMARY KEY (name, brand)
) STRICT, WITHOUT ROWID;
CREATE INDEX match_domain ON match (domain, brand);

CREATE TABLE fact (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, provider TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, ended_at TEXT, unknown TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX fact_current ON fact (subject, field, provider, value) WHERE ended_at IS NULL;
CREATE INDEX fact_value ON fact (field, value);
CREATE INDEX fact_subject ON fact (subject, field);

CREATE TABLE asked (
    domain TEXT NOT NULL, enricher TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (domain, enricher)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    brand TEXT NOT NULL, domain TEXT NOT NULL,
    severity INTEGER NOT NULL, score INTEGER NOT NULL, state TEXT NOT NULL,
    opened_at TEXT NOT NULL, updated_at TEXT NOT NULL,
    match TEXT NOT NULL, findings TEXT NOT NULL, told TEXT NOT NULL,
    UNIQUE (brand, domain)
) STRICT;
CREATE INDEX alert_domain ON alert (domain);

CREATE TABLE transition (
    id INTEGER PRIMARY KEY,
    alert INTEGER NOT NULL REFERENCES alert (id),
    at TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, actor TEXT NOT NULL
) STRICT;
CREATE INDEX transition_alert ON transition (alert);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL, subscriber TEXT NOT NULL, addresses TEXT NOT NULL,
    notice TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at TEXT NOT NULL, error TEXT NOT NULL DEFAULT '', sent_at TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'pending';

CREATE TABLE track (
    field TEXT NOT NULL, value TEXT NOT NULL, brand TEXT NOT NULL,
    because TEXT NOT NULL, created_at TEXT NOT NULL,
    PRIMARY KEY (field, value, brand)
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
    part TEXT NOT NULL, subject TEXT NOT NULL, healthy INTEGER NOT NULL,
    message TEXT NOT NULL, since TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (part, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE switched_off (
    part TEXT PRIMARY KEY, reason TEXT NOT NULL, since TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE job_run (
    job TEXT PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT, error TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""


@migration
def m001_first_schema(db: "Database") -> None:
    """The schema of hunter 0.1.0."""
    _run(db, _FIRST)


def _run(db: "Database", statements: str) -> None:
    for statement in statements.split(";"):
        if statement.strip():
            db.execute(statement)


_TRACKS = """
ALTER TABLE track ADD COLUMN excludes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE track ADD COLUMN made_by TEXT NOT NULL DEFAULT 'hunter';
ALTER TABLE track ADD COLUMN swept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE track ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
"""


@migration
def m002_tracks_by_hand(db: "Database") -> None:
    """Tracks that people set and take away, each followed once over what is stored already."""
    _run(db, _TRACKS)


_INCIDENTS = """
CREATE TABLE incident (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;

CREATE TABLE incident_member (
    incident INTEGER NOT NULL REFERENCES incident (id), domain TEXT NOT NULL,
    PRIMARY KEY (incident, domain)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident_decision (
    one TEXT NOT NULL, other TEXT NOT NULL, together INTEGER NOT NULL,
    why TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
"""


@migration
def m003_incidents(db: "Database") -> None:
    """Numbers of incidents, and what people decided about them."""
    _run(db, _INCIDENTS)


_LADDER = """
ALTER TABLE domain ADD COLUMN stage INTEGER;
ALTER TABLE domain ADD COLUMN stage_since TEXT;
"""


@migration
def m004_ladder(db: "Database") -> None:
    """How far up the ladder each domain stands, and since when; known after its next look-up."""
    _run(db, _LADDER)


_TOLD = """
ALTER TABLE report ADD COLUMN trouble TEXT NOT NULL DEFAULT '';
ALTER TABLE report ADD COLUMN told TEXT NOT NULL DEFAULT '[]';
ALTER TABLE report ADD COLUMN told_at TEXT;
"""


@migration
def m005_told_to_the_operator(db: "Database") -> None:
    """What is wrong with a part in a word, and which of that the operator has heard of."""
    _run(db, _TOLD)


_TAKEDOWN = """
CREATE TABLE takedown (
    id INTEGER PRIMARY KEY,
    brand TEXT NOT NULL, domain TEXT NOT NULL, at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('written', 'sent')),
    addressee TEXT NOT NULL, contact TEXT NOT NULL,
    file TEXT NOT NULL, digest TEXT NOT NULL, note TEXT NOT NULL, actor TEXT NOT NULL
) STRICT;
CREATE INDEX takedown_domain ON takedown (domain);
"""


@migration
def m006_takedown(db: "Database") -> None:
    """Which takedown letters were written, and which of them a person says they sent."""
    _run(db, _TAKEDOWN)


_RULE_SETS = """
CREATE TABLE rule_set (
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL, taken_at TEXT NOT NULL, files TEXT NOT NULL
) STRICT;
"""


@migration
def m007_rule_sets(db: "Database") -> None:
    """The sets of rules that were in force, with their files."""
    _run(db, _RULE_SETS)


_SEARCH = """
DROP INDEX fact_value;
DROP INDEX fact_subject;
CREATE INDEX fact_by_value ON fact (field, value, subject);
CREATE INDEX fact_by_subject ON fact (subject, field, value);
CREATE INDEX match_technique ON match (technique, domain);
"""


@migration
def m008_search(db: "Database") -> None:
    """Indexes that hold all a search asks for, so that it reads no row of facts."""
    _run(db, _SEARCH)


_DELIVERIES = """
ALTER TABLE outbox ADD COLUMN haste TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN parcel TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN together TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN doubt INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET parcel = key, doubt = 1 WHERE state IN ('sending', 'sent');
CREATE INDEX outbox_waiting ON outbox (channel, subscriber, due_at) WHERE state = 'pending';
CREATE INDEX outbox_sent ON outbox (channel, subscriber, sent_at) WHERE state = 'sent';
CREATE INDEX outbox_parcel ON outbox (parcel);
ALTER TABLE transition ADD COLUMN translations TEXT NOT NULL DEFAULT '{}';

CREATE TABLE resting (
    channel TEXT NOT NULL, subscriber TEXT NOT NULL,
    failures INTEGER NOT NULL, until TEXT NOT NULL,
    PRIMARY KEY (channel, subscriber)
) STRICT, WITHOUT ROWID;

CREATE TABLE memory (
    channel TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (channel, key)
) STRICT, WITHOUT ROWID;
"""


@migration
def m009_deliveries(db: "Database") -> None:
    """Letters may go out together; ways that failed rest; notifiers remember; other languages."""
    _run(db, _DELIVERIES)


_LARGE = """
CREATE INDEX outbox_text ON outbox (sent_at) WHERE state = 'sent' AND notice != '';
CREATE INDEX alert_state ON alert (state, severity);
"""


@migration
def m010_large_stores(db: "Database") -> None:
    """What is counted or forgotten is found without a look at every letter and alert."""
    _run(db, _LARGE)


_RETRO = """
CREATE TABLE hunted_back (
    brand TEXT PRIMARY KEY, meaning TEXT NOT NULL, at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE retro_find (
    brand TEXT NOT NULL, domain TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (brand, domain)
) STRICT, WITHOUT ROWID;
"""


@migration
def m011_retro(db: "Database") -> None:
    """For which brands the stored names were gone through, and what of that is not told yet."""
    _run(db, _RETRO)


@migration
def m012_refused_letters(db: "Database") -> None:
    """Which letters the other side refused for what they say."""
    _run(db, "ALTER TABLE outbox ADD COLUMN refused INTEGER NOT NULL DEFAULT 0")


_QUEUES = """
DROP INDEX domain_judge;
CREATE INDEX domain_judge ON domain (judge, first_seen) WHERE judge = 1;
CREATE INDEX incident_member_domain ON incident_member (domain);
"""


@migration
def m013_queues(db: "Database") -> None:
    """What waits for judgement stands in its order; who is in no incident is seen at once."""
    _run(db, _QUEUES)


_TEXTS = """
CREATE INDEX fact_by_text ON fact (field, value COLLATE NOCASE, subject)
WHERE value != lower(value);
"""


@migration
def m014_texts(db: "Database") -> None:
    """An index of the values with capitals: in whatever case a text is asked for, it is found."""
    _run(db, _TEXTS)


@migration
def m015_letters_in_hand(db: "Database") -> None:
    """Which letters a process that died had in hand is seen without a look at all of them."""
    _run(db, "CREATE INDEX outbox_sending ON outbox (channel) WHERE state = 'sending'")


_GRAVEST = """
ALTER TABLE alert ADD COLUMN points INTEGER;
UPDATE alert SET points = (SELECT CAST(sum(json_extract(value, '$.score')) AS INTEGER)
FROM json_each(findings) WHERE type = 'object') WHERE json_valid(findings);
CREATE INDEX alert_gravest ON alert (severity DESC, score DESC, points DESC, updated_at DESC, id);
"""


@migration
def m016_gravest_first(db: "Database") -> None:
    """Alerts stand in the order of lists, which need not read the findings of all there are."""
    _run(db, _GRAVEST)


_ANEW = """
ALTER TABLE transition ADD COLUMN anew INTEGER NOT NULL DEFAULT 0;
UPDATE transition SET anew = 1
WHERE kind = 'reopened' AND actor = 'hunter' AND text LIKE '% it was registered anew, %';
"""


@migration
def m017_registered_anew(db: "Database") -> None:
    """What was reopened for a new registration is told from what came back as it was."""
    _run(db, _ANEW)


_TOLD_WAYS = """
CREATE TABLE told_way (
    channel TEXT NOT NULL, subscriber TEXT NOT NULL, addresses TEXT NOT NULL,
    PRIMARY KEY (channel, subscriber)
) STRICT, WITHOUT ROWID;
"""


@migration
def m018_newcomers(db: "Database") -> None:
    """Who is told already: who joins hears of what is open."""
    _run(db, _TOLD_WAYS)


_SILENT = """
ALTER TABLE alert ADD COLUMN silent_until TEXT;
CREATE INDEX alert_silent ON alert (silent_until) WHERE silent_until IS NOT NULL;
"""


@migration
def m019_silent_until(db: "Database") -> None:
    """What was dismissed for a time is new again after that."""
    _run(db, _SILENT)


@migration
def m020_alerts_in_brief(db: "Database") -> None:
    """Whom alerts are about and how they stand is told without a look at all their findings."""
    _run(db, "DROP INDEX alert_domain")
    _run(db, "CREATE INDEX alert_domain ON alert (domain, state, severity, brand)")
