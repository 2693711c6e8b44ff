"""Changed rule files are taken into force as a whole, or refused as a whole."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hunter.errors import YoursToFix
from hunter.pipeline import Hunt
from hunter.replay import SetClock
from hunter.rule_watch import RuleWatch, follow, put_in_force, refuse, rules_to_start_with
from hunter.rulebook import load
from hunter.store import Store, reports, rulesets, sightings
from tests.world.hunting import START, small_config, small_hunt
from tests.world.rulebooks import rule

SOUND = rule("near: {confidence|gte: 0.5}\ncondition: near")
OTHER_BROKEN = rule("near: {confidnce|gte: 0.5}\ncondition: near", "three")
BROKEN = SOUND.replace("confidence|gte", "confidnce|gte")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A rule folder with one sound rule."""
    made = tmp_path / "rules"
    made.mkdir()
    (made / "one.yml").write_text(SOUND, encoding="utf-8")
    return made


@pytest.fixture
def hunt(tmp_path: Path, folder: Path) -> Iterator[Hunt]:
    """A hunt that takes its rules from that folder."""
    with Store(tmp_path / "hunter.db") as store:
        yield small_hunt(store, SetClock(START), rule_folders=(folder,))


def standing(hunt: Hunt) -> tuple[bool, str]:
    """What `hunter status` says of the rules."""
    (found,) = [one.report for one in reports.standings(hunt.store) if one.report.part == "rules"]
    return found.healthy, found.message


def test_a_change_is_told_once_it_has_settled(folder: Path) -> None:
    """Not while an editor still writes, and not once it was dealt with."""
    watch = RuleWatch([folder])
    assert not watch.changed([folder])
    (folder / "two.yml").write_text("half of a", encoding="utf-8")
    assert not watch.changed([folder])
    (folder / "two.yml").write_text("half of a rule", encoding="utf-8")
    assert not watch.changed([folder])
    assert watch.changed([folder])
    assert watch.changed([folder])
    watch.deal_with()
    assert not watch.changed([folder])
    os.utime(folder / "two.yml", ns=(5, 5))
    assert [watch.changed([folder]) for _ in range(2)] == [False, True]


async def test_sound_rules_come_into_force(hunt: Hunt, folder: Path) -> None:
    """They are kept with their files, and every domain is judged again."""
    hunt.store.execute(
        "INSERT INTO domain (domain, first_seen, due_at, enriched) VALUES (?,?,?,1)",
        ("a.fr", "2017", "2017"),
    )
    rules = await follow(hunt)
    assert rules is not None
    changed = put_in_force(hunt, rules)

    live = rulesets.live(hunt.store)
    assert live is not None
    assert changed.rulebook is rules
    assert [file.raw for file in live.files] == [SOUND.encode()]
    assert (live.digest, live.taken_at) == (rules.digest, START)
    assert sightings.to_judge(hunt.store, 10) == ("a.fr",)
    assert standing(hunt) == (
        True,
        f"1 rule, 0 correlations, 0 filters in force, set {rules.digest[:12]}",
    )


async def test_the_same_rules_again_are_no_news(hunt: Hunt) -> None:
    """Nobody is judged again for a touched file."""
    rules = await follow(hunt)
    assert rules is not None
    put_in_force(hunt, rules)
    hunt.store.execute(
        "INSERT INTO domain (domain, first_seen, due_at, enriched) VALUES (?,?,?,1)",
        ("a.fr", "2017", "2017"),
    )
    put_in_force(hunt, rules)
    assert sightings.to_judge(hunt.store, 10) == ()
    assert rulesets.before(hunt.store) is None


async def test_a_broken_set_is_refused_as_a_whole(hunt: Hunt, folder: Path) -> None:
    """One fault in one file: none of the new rules, and the status says which and why."""
    first = await follow(hunt)
    assert first is not None
    put_in_force(hunt, first)
    (folder / "good.yml").write_text(rule("s: {term: x}\ncondition: s", "two"), encoding="utf-8")
    (folder / "bad.yml").write_text(OTHER_BROKEN, encoding="utf-8")

    assert await follow(hunt) is None
    healthy, message = standing(hunt)
    assert not healthy
    assert message.startswith("the old rules stay in force:\n")
    assert "bad.yml: line 9" in message
    assert message.endswith("did you mean 'confidence'?")
    assert rulesets.live(hunt.store).digest == first.digest  # type: ignore[union-attr]


def test_many_faults_are_told_in_part(hunt: Hunt, folder: Path) -> None:
    """The first five, and where to see the rest."""
    for number in range(9):
        (folder / f"{number}.yml").write_text(f"title: {number}", encoding="utf-8")
    with pytest.raises(YoursToFix) as raised:
        load(folder, {})
    refuse(hunt, raised.value)
    _, message = standing(hunt)
    assert message.splitlines()[-1].endswith("more: hunter rules check")


def test_a_start_with_broken_files_has_the_rules_from_before(hunt: Hunt, folder: Path) -> None:
    """A machine that restarts by night hunts on; without any from before it says what is wrong."""
    config = replace(small_config(folder.parent), rule_folders=(folder,))
    rules, faults = rules_to_start_with(config)
    assert faults is None
    (folder / "one.yml").write_text(BROKEN, encoding="utf-8")
    with pytest.raises(YoursToFix, match="confidnce"):
        rules_to_start_with(config)

    put_in_force(hunt, rules)
    again, faults = rules_to_start_with(config)
    assert again.digest == rules.digest
    assert faults is not None


def test_rules_from_before_that_this_version_cannot_read(hunt: Hunt, folder: Path) -> None:
    """The faults told are those of the files, which a person can mend."""
    config = replace(small_config(folder.parent), rule_folders=(folder,))
    other = load(folder, {"confidence": "", "gone": ""})
    broken = replace(other.files[0], raw=SOUND.replace("confidence", "gone").encode())
    rulesets.take(hunt.store, "x", (broken,), START)
    (folder / "one.yml").write_text(BROKEN, encoding="utf-8")
    with pytest.raises(YoursToFix, match="confidnce"):
        rules_to_start_with(config)


def test_of_rules_from_before_those_that_are_still_sound_go_on(hunt: Hunt, folder: Path) -> None:
    """One rule that a new version refuses does not keep the others from the night."""
    config = replace(small_config(folder.parent), rule_folders=(folder,))
    sound = load(folder, {"confidence": ""}).files[0]
    refused = replace(sound, file="two.yml", raw=OTHER_BROKEN.encode())
    rulesets.take(hunt.store, "x", (sound, refused), START)
    (folder / "two.yml").write_text(OTHER_BROKEN, encoding="utf-8")

    rules, faults = rules_to_start_with(config)
    assert [file.file for file in rules.files] == [sound.file]
    assert "confidnce" in str(faults)
    assert faults is not None
    refuse(hunt, faults)
    assert "two.yml: is left out" in standing(hunt)[1]


def test_only_the_last_sets_are_kept(hunt: Hunt) -> None:
    """The newest is in force, and the one before can be compared with."""
    for number in range(30):
        rulesets.take(hunt.store, str(number), (), START)
    assert rulesets.live(hunt.store).digest == "29"  # type: ignore[union-attr]
    assert rulesets.before(hunt.store).digest == "28"  # type: ignore[union-attr]
    assert hunt.store.row("SELECT count(*) AS n FROM rule_set")["n"] == 20  # type: ignore[index]
