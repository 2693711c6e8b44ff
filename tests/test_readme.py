"""What the README shows works as written."""

import re
import tomllib
from pathlib import Path

from hunter import config
from tests.world.daemon import hunter

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The README's code blocks in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_quick_start_is_exactly_two_lines() -> None:
    """The first installs and shows the demo, the second installs and runs the tests."""
    first, second = blocks("sh")[0].splitlines()

    assert first.endswith("hunter demo")
    assert second.endswith("python -m pytest -q")
    assert first.rsplit("&&", 1)[0] == second.rsplit("&&", 1)[0]


def test_the_five_lines_are_a_whole_config(tmp_path: Path) -> None:
    """The README's config is five lines and passes `hunter check`."""
    (text,) = blocks("toml")
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")

    checked = hunter("check", cwd=tmp_path)

    assert len(text.splitlines()) == 5
    assert tomllib.loads(text)["brand"][0]["domain"] == "en-marche.fr"
    assert checked.returncode == 0, checked.stderr
    assert "watched: en-marche.fr, nationbuilder.com" in checked.stdout


def test_the_commands_shown_run(tmp_path: Path) -> None:
    """`match` and `permutations` do with that config what the README says of them."""
    (text,) = blocks("toml")
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    shown = [line.split("#")[0].split()[1:] for line in blocks("sh")[1].splitlines()]
    commands = {words[0]: words for words in shown}

    matched = hunter(*commands["match"], "--minimum", "0.5", cwd=tmp_path)
    permutations = hunter(*commands["permutations"], cwd=tmp_path)

    assert list(commands) == [".venv/bin/activate", "check", "match", "permutations", "run"]
    assert "mail-en-marhce[.]fr" in matched.stdout
    assert "supermarche" not in matched.stdout
    assert len(permutations.stdout.splitlines()) == 20


def test_the_service_is_called_by_its_name_too() -> None:
    """Whoever installs it that way types `hunter status`, as root or not."""
    assert "ln -sf /opt/hunter/bin/hunter /usr/local/bin/hunter" in blocks("sh")[2]


def test_the_linked_pages_exist() -> None:
    """No link of the README leads nowhere, nor past a heading."""
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]

    assert [link for link in links if not leads_somewhere(*link.partition("#")[::2])] == []


def leads_somewhere(page: str, heading: str) -> bool:
    """Whether there is such a page, and such a heading in it where one is named."""
    if not heading:
        return (ROOT / page).exists()
    text = (ROOT / page).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return heading in [re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings]


def test_the_example_config_is_valid(tmp_path: Path) -> None:
    """config.example.toml passes as it stands, once the secrets it names exist."""
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    for secret in re.findall(r'_file = "([^"]+)"', text):
        (tmp_path / Path(secret).name).write_text("https://hooks.example/x", encoding="utf-8")
        text = text.replace(secret, str(tmp_path / Path(secret).name))
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")

    assert config.load(path).brands[0].domain == "en-marche.fr"
