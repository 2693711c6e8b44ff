"""Builds the man pages into the package, from the text of the docs."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parents[1]


class ManPages(BuildHookInterface):
    """hunter(1) and hunter.toml(5), where pip puts what is shared."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write both and say where they go."""
        sys.path.insert(0, str(ROOT))
        from hunter import __version__, manual

        folder = Path(self.directory) / "man"
        folder.mkdir(parents=True, exist_ok=True)
        texts = {
            "hunter.1": manual.command_page(__version__, _read("docs/cli.md")),
            "hunter.toml.5": manual.config_page(__version__, _read("config.example.toml")),
        }
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
            place = f"share/man/man{name[-1]}/{name}"
            build_data["shared_data"][str(folder / name)] = place


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
