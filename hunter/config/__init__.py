"""Read config.toml into frozen settings. All faults at once, each with its line and a hint."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from hunter import names, ribs
from hunter.allow import AllowList, faults_in, own_list
from hunter.config.faults import (
    Faults,
    Place,
    behind_website,
    did_you_mean,
    level_in,
    out_of_brackets,
    sound,
    whole_domain,
)
from hunter.config.reading import tables_in, text_of
from hunter.config.standing import tracks_in
from hunter.config.tables import BrandTable, File, HealthTable, NetTable, StoreTable
from hunter.config.telling import language_of, subscribers_in
from hunter.contracts import EnricherSettings, Settings
from hunter.errors import Fault, NotAName, YoursToFix
from hunter.model import Brand, BrandKind, Level, Subscriber, Track
from hunter.net.secret import is_handed_on
from hunter.paths import is_file, is_folder, is_there, may_be_there

_SHORTEST_KEYWORD, _LONGEST_KEYWORD = 3, names.MAX_LABEL
_SERVICE_CONFIG, _SERVICE_STATE = Path("/etc/hunter"), Path("/var/lib/hunter")
"""Where the unit has them: a shell is not told as systemd tells the daemon."""
_SECRET_HINT = "put the secret, and nothing else, into that file, readable by hunter alone"  # noqa: S105

_CREDENTIAL_HINT = (
    "systemd puts it there while hunter runs: LoadCredential in the unit says from which file"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every command works on: whom to protect, and where what is known of them is kept."""

    path: Path | None
    brands: tuple[Brand, ...]
    net: NetTable
    store: Path
    rule_folders: tuple[Path, ...]
    minimum: Level
    automatic_tracks: bool
    tracks: tuple[Track, ...] = ()
    health: HealthTable = field(default_factory=HealthTable)
    keep: StoreTable = field(default_factory=StoreTable)
    metrics_port: int | None = None
    language: str = "en"
    """In which `report`, `incidents` and `alerts show` answer a person."""
    own: AllowList = field(init=False, repr=False, compare=False)
    """Every name that is protected: none of them imitates another."""

    def __post_init__(self) -> None:
        """Made once for all brands together."""
        object.__setattr__(self, "own", own_list(self.brands))

    def brand(self, domain: str) -> Brand | None:
        """The brand or partner of that domain."""
        return next((brand for brand in self.brands if brand.domain == domain), None)

    def unlike(self, at_the_start: "Ground") -> Iterator[str]:
        """That tables say something else than at the start, of those that are read but then."""
        both = {
            "[net]": self.net == at_the_start.net,
            "[store]": self.store == at_the_start.store,
            "[metrics]": self.metrics_port == at_the_start.metrics_port,
        }
        changed = ", ".join(table for table, same in both.items() if not same)
        if changed:
            yield f"what changed in {changed} needs a restart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config(Ground):
    """The settings that the program runs on: the ground, and every drop-in on it."""

    subscribers: tuple[Subscriber, ...]
    sources: Mapping[str, Settings]
    enrichers: Mapping[str, EnricherSettings]
    notifiers: Mapping[str, Settings]
    visits: bool = True
    """Whether the suspects' own servers may be connected to."""
    resting: tuple[str, ...] = ()
    """The tables of parts that are off, and of which nobody said so."""

    def parts(self) -> Iterator[tuple[str, str, Settings]]:
        """Every drop-in: its family, its name and its settings."""
        for family in ribs.CONFIGURED:
            for name, settings in getattr(self, family).items():
                yield family, name, settings


def find() -> Path:
    """Where the config is when nobody says: systemd's folder, here, /etc; else YoursToFix."""
    places = [
        Path(folder) / "config.toml"
        for folder in (os.environ.get("CONFIGURATION_DIRECTORY"), ".", "/etc/hunter")
        if folder
    ]
    for place in places:
        if may_be_there(place) and not is_folder(place):
            return place
    tried = ", ".join(str(place) for place in places)
    raise YoursToFix(
        [
            Fault(
                "",
                "",
                "there is no config",
                f"hunter init writes one, or say -c FILE (looked in {tried})",
            )
        ]
    )


def load(path: Path, *, visits: bool = True) -> Config:
    """The config in `path`; raises YoursToFix with every fault found.

    Without `visits` it has no enricher that connects to a suspect's own server.
    """
    file, faults = _written(path)
    config = _settle(path, file, faults, visits=visits)
    if faults.found:
        raise YoursToFix(faults.in_order())
    return config


def ground(path: Path) -> Ground:
    """What stands in `path` beside the drop-ins, for commands that ask only the store.

    They start in a third of the time, and work while a channel's settings are at fault.
    """
    file, faults = _written(path)
    found = _ground(path, file, faults)
    if faults.found:
        raise YoursToFix(faults.in_order())
    return found


def ground_and_source(path: Path, source: str) -> tuple[Ground, Settings | None]:
    """The same, and the settings of one source, be it on or off."""
    file, faults = _written(path)
    found, settings = (
        _ground(path, file, faults),
        _settings("sources", source, file.sources, faults),
    )
    if faults.found:
        raise YoursToFix(faults.in_order())
    return found, settings


def _written(path: Path) -> tuple[File, Faults]:
    text = text_of(path)
    faults = Faults(str(path), text, File)
    return sound(File, tables_in(path, text), (), faults) or File(), faults


def brands_of(domains: Iterable[str], keywords: Iterable[str]) -> tuple[Brand, ...]:
    """Brands from `--brand` and `--keyword`, each known by all the words; raises YoursToFix."""
    faults = Faults("", "")
    tables = [
        BrandTable(domain=names.refang(domain), keywords=tuple(keywords)) for domain in domains
    ]
    brands = tuple(_brands(tables, faults))
    if faults.found:
        # A word at fault is told once, however many brands it stands for.
        raise YoursToFix(tuple(dict.fromkeys(map(_of_options, faults.in_order()))))
    return brands


def _of_options(fault: Fault) -> Fault:
    """A fault of a `[[brand]]` as one of the command's options."""
    is_domain = fault.where.endswith(".domain")
    return replace(fault, where="--brand" if is_domain else "--keyword")


def _family(
    family: str, written: Mapping[str, Mapping[str, Any]], faults: Faults
) -> dict[str, Settings]:
    """The settings of a family's drop-ins: those configured, and those that work without."""
    for name in written.keys() - set(ribs.names(family)):
        faults.add((family, name), "there is no such part", did_you_mean(name, ribs.names(family)))
    found = {name: _settings(family, name, written, faults) for name in ribs.names(family)}
    return {name: settings for name, settings in found.items() if settings and settings.enabled}


def _settings(
    family: str, name: str, written: Mapping[str, Mapping[str, Any]], faults: Faults
) -> Settings | None:
    if name not in written and family == "notifiers":
        return None
    table = written.get(name, {})
    model: type[Settings] = ribs.load(family, name).Settings
    if name not in written or table.get("enabled") is False:
        # What is not used need not be complete: a source that has no URLs, for one.
        faults = Faults("", "")
    return sound(model, table, (family, name), faults)


def _settle(path: Path, file: File, faults: Faults, *, visits: bool) -> Config:
    families = {one: _family(one, getattr(file, one), faults) for one in ribs.CONFIGURED}
    base = _ground(path, file, faults)
    config = Config(
        **{one.name: getattr(base, one.name) for one in fields(Ground) if one.init},
        subscribers=tuple(subscribers_in(file, base.brands, families["notifiers"], faults)),
        sources=families["sources"],
        enrichers={
            name: settings
            for name, settings in families["enrichers"].items()
            if isinstance(settings, EnricherSettings) and (visits or not settings.VISITS)
        },
        notifiers=families["notifiers"],
        visits=visits,
        resting=tuple(_resting(file)),
    )
    _check_secrets(config, faults)
    return config


def _resting(file: File) -> Iterator[str]:
    for family in ribs.CONFIGURED:
        for name, table in getattr(file, family).items():
            if name in ribs.names(family) and "enabled" not in table:
                settings: type[Settings] = ribs.load(family, name).Settings
                if not settings.model_fields["enabled"].default:
                    yield f"{family}.{name}"


def _ground(path: Path, file: File, faults: Faults) -> Ground:
    brands = tuple(_brands(file.brand, faults))
    found = Ground(
        path=path,
        brands=brands,
        net=file.net,
        store=_state_folder(path, file) / "hunter.db",
        rule_folders=(*([shipped_rules()] if file.rules.shipped else []), *file.rules.folders),
        minimum=level_in(file.alerts.minimum, ("alerts", "minimum"), faults),
        automatic_tracks=file.tracks.automatic,
        tracks=tuple(tracks_in(file.track, brands, faults)),
        health=file.health,
        keep=file.store,
        metrics_port=file.metrics.port,
        language=language_of(file.subscriber),
    )
    state = found.store.parent
    if is_there(state) and not is_folder(state):
        faults.add(("store", "folder"), f"{state} is no folder", "name another, or move that away")
    for folder in found.rule_folders:
        if not is_folder(folder):
            faults.add(("rules", "folders"), f"{folder} is no folder", "make it, or mend the path")
    return found


def _state_folder(path: Path, file: File) -> Path:
    """The config's folder; else systemd's, the service's or the user's own."""
    own = Path(os.environ.get("XDG_STATE_HOME", "~/.local/state")).expanduser() / "hunter"
    usual = _SERVICE_STATE if path.absolute().is_relative_to(_SERVICE_CONFIG) else own
    given = os.environ.get("STATE_DIRECTORY")
    return file.store.folder or (Path(given) if given else usual)


def shipped_rules() -> Path:
    """The rules that come with hunter: in a checkout, or where pip put them."""
    beside = Path(__file__).parents[2] / "rules"
    installed = Path(sys.prefix) / "share/hunter/rules"
    return beside if beside.is_dir() else installed


def _brands(tables: Sequence[BrandTable], faults: Faults) -> Iterator[Brand]:
    if not tables:
        _missing(("brand",), File, faults)
    seen: set[str] = set()
    for index, table in enumerate(tables):
        brand = _brand(table, ("brand", index), faults)
        if brand.domain and brand.domain in seen:
            message = f"{brand.domain} stands twice"
            hint = "keep one of the two; a partner of a brand is watched as one"
            faults.add(("brand", index, "domain"), message, hint)
        seen.add(brand.domain)
        yield brand
        place = ("brand", index, "partners")
        partners = _domains(table.partners, place, faults)
        _check_entries(partners, brand, place, faults)
        for partner in partners:
            _check_website(partner, place, faults)
            if partner not in seen:
                seen.add(partner)
                own = (brand.domain, *brand.owned)
                yield Brand(partner, owned=own, kind=BrandKind.PARTNER)


def _brand(table: BrandTable, place: Place, faults: Faults) -> Brand:
    if not table.domain:
        _missing((*place, "domain"), BrandTable, faults)
    brand = Brand(
        domain=_domain(table.domain, (*place, "domain"), faults) if table.domain else "",
        keywords=tuple(_keywords(table, (*place, "keywords"), faults)),
        owned=tuple(map(_owned, _domains(table.owned, (*place, "owned"), faults))),
    )
    _check_website(brand.domain, (*place, "domain"), faults)
    _check_entries(brand.owned, brand, (*place, "owned"), faults)
    wrong = _check_entries(table.ignored, brand, (*place, "ignored"), faults)
    ignored = (_ignored(entry) for entry in table.ignored if entry not in wrong)
    return replace(brand, ignored=tuple(ignored))


def _missing(place: Place, model: type[BaseModel], faults: Faults) -> None:
    """Say so, unless it is there and was left out because it is wrong."""
    if not faults.about(place) and not faults.misspelt(place):
        hint = model.model_fields[str(place[-1])].description or ""
        faults.add(place, "is missing", hint)


def _check_website(domain: str, place: Place, faults: Faults) -> None:
    if domain and (fault := behind_website(domain)):
        faults.add(place, *fault)


def _check_entries(
    entries: Sequence[str], brand: Brand, place: Place, faults: Faults
) -> frozenset[str]:
    """Those that would silence strangers, or are no names."""
    wrong = faults_in(entries, brand)
    for entry, reason in wrong:
        hint = out_of_brackets(entry) or "name the one domain you mean"
        faults.add(place, reason, hint)
    return frozenset(entry for entry, _ in wrong)


def _owned(domain: str) -> str:
    """Whoever owns `www.x.fr` owns `x.fr`; any other host may stand below a stranger's domain."""
    return names.behind_www(names.parse(domain)) or domain


def _ignored(entry: str) -> str:
    """As the matcher compares it; a `*.` in front stays."""
    return ("*." if entry.startswith("*.") else "") + names.parse(entry).text


def _domain(text: str, place: Place, faults: Faults) -> str:
    try:
        found = names.parse(text).text
    except NotAName as error:
        faults.add(place, f"{error}", whole_domain(text))
        return ""
    ending = found.rpartition(".")[2]
    if not (ending.isalpha() or ending.startswith("xn--")):
        faults.add(place, f"{text!r} ends in `{ending}`, as no domain does", whole_domain(text))
    return found


def _domains(texts: Iterable[str], place: Place, faults: Faults) -> tuple[str, ...]:
    return tuple(found for text in texts if (found := _domain(text, place, faults)))


def _keywords(table: BrandTable, place: Place, faults: Faults) -> Iterator[str]:
    for keyword in table.keywords:
        word = keyword.strip().lower()
        fits = _SHORTEST_KEYWORD <= len(word) <= _LONGEST_KEYWORD
        if not fits or any(char in word for char in ". /"):
            faults.add(
                place,
                f"{keyword!r} is no keyword",
                f"one word of {_SHORTEST_KEYWORD} to {_LONGEST_KEYWORD} letters, without dots and "
                "spaces; of several make one with hyphens: emmanuel-macron",
            )
        else:
            yield word


def _check_secrets(config: Config, faults: Faults) -> None:
    for family, name, settings in config.parts():
        for key, value in settings:
            named = key.endswith("_file") and isinstance(value, Path)
            if named and not is_file(value):
                faults.add((family, name, key), *_no_secret(value))


def _no_secret(path: Path) -> tuple[str, str]:
    """What is wrong with a path at which no file is seen, and the hint."""
    if may_be_there(path) and not is_there(path):
        return "stands in a folder that is closed to you", "run this as root (sudo)"
    if is_there(path):
        return "what stands there is no file", "name one that holds the secret and nothing else"
    return "there is no such file", _CREDENTIAL_HINT if is_handed_on(path) else _SECRET_HINT
