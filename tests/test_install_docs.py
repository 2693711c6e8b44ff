"""docs/install.md: what needs neither root nor systemd is run, the rest held to what it names."""

import re
from pathlib import Path

from tests.world.daemon import hunter

ROOT = Path(__file__).parents[1]
LINKED = "/usr/local/bin/hunter"
TEXT = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")


def test_the_config_step_works_as_written(tmp_path: Path) -> None:
    """`init` with its default answers, then `check`."""
    lines = [line for line in TEXT.splitlines() if line.startswith("hunter ")]
    shown = [line.replace("/etc/hunter", str(tmp_path)).split()[1:] for line in lines]
    by_name = {words[0]: words for words in shown}
    made = hunter(*by_name["init"], answers="en-marche.fr\nmarche\n\n\n\n")
    checked = hunter(*by_name["check"])

    assert made.returncode == 0, made.stderr
    assert checked.returncode == 0, checked.stderr


def test_files_that_are_installed_are_in_the_repository() -> None:
    """The unit, the lock, the folder of samples."""
    for name in ("systemd/hunter.service", "requirements.lock", "docs/prometheus"):
        assert name in TEXT
        assert (ROOT / name).exists(), name


def test_every_credential_that_the_unit_hands_on_is_made() -> None:
    """systemd refuses to start a unit whose credential is missing."""
    unit = (ROOT / "systemd" / "hunter.service").read_text(encoding="utf-8")
    named = re.findall(r"^LoadCredential=[^:]+:(\S+)", unit, re.MULTILINE)

    assert named != []
    assert [path for path in named if "touch" not in TEXT or path not in TEXT] == []


def test_every_command_that_is_named_exists() -> None:
    """No step names a command that hunter lacks."""
    named = set(
        re.findall(r"hunter (init|check|doctor|status|backup|[a-z]+)(?= |`|$)", TEXT, re.MULTILINE)
    )
    known = hunter("--help").stdout
    commands = {name for name in named if re.search(rf"^  {name} ", known, re.MULTILINE)}

    assert {"init", "check", "doctor", "status", "backup"} <= commands


def test_the_nightly_copy_names_what_cron_finds() -> None:
    """It knows no /usr/local/bin, takes % for the end of a line, and mails what is printed."""
    (line,) = [one.strip() for one in TEXT.splitlines() if one.strip().startswith("17 3 * * *")]
    who, command, *rest = line.split()[5:]

    assert (who, command, rest[0], rest[-1]) == ("root", LINKED, "backup", ">/dev/null")
    assert f"ln -sf /opt/hunter/bin/hunter {LINKED}" in TEXT
    assert "%" not in line.replace("\\%", "")


def test_what_is_installed_may_be_read_by_the_service() -> None:
    """Root's umask may close it: the unit's user is another one."""
    assert TEXT.index("umask 022") < TEXT.index("-m venv") < TEXT.index("hunter init")
