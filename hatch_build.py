"""What the package holds besides its sources: the man pages, and the sieve where it compiles."""

import sys
from pathlib import Path
from runpy import run_path
from shutil import rmtree
from typing import Any

from Cython.Build import cythonize
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from setuptools import Distribution, Extension

ROOT = Path(__file__).parent
SIEVE = "hunter/matching/_sieve"
# What is fused is rounded otherwise than in Python, where the processor can.
_FLAGS = ["-O3", "-g0", "-ffp-contract=off"]


class Extras(BuildHookInterface):
    """hunter(1) and hunter.toml(5), where pip puts what is shared, and the compiled sieve."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make all of them and say where they go."""
        folder = self._folder
        for page in _man_pages(folder / "man"):
            build_data["shared_data"][str(page)] = f"share/man/man{page.suffix[1:]}/{page.name}"
        in_place = version == "editable"
        if built := _compiled(folder / "sieve", in_place=in_place):
            build_data.update(pure_python=False, infer_tag=True)
            if not in_place:
                build_data["force_include"][str(built)] = f"hunter/matching/{built.name}"

    def finalize(self, _version: str, _build_data: dict[str, Any], _artifact: str) -> None:
        """Leave nothing beside the package: all that lies there is uploaded."""
        rmtree(self._folder)

    @property
    def _folder(self) -> Path:
        return Path(self.directory) / "extras"


def _man_pages(folder: Path) -> list[Path]:
    sys.path.insert(0, str(ROOT))
    from hunter import __version__, manual

    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "hunter.1": manual.command_page(__version__, _read("docs/cli.md")),
        "hunter.toml.5": manual.config_page(__version__, _read("config.example.toml")),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _compiled(folder: Path, *, in_place: bool) -> Path | None:
    """The sieve as a module; None where there is no compiler: hunter then searches every name."""
    made_of = run_path(str(ROOT / "hunter" / "matching" / "loops.py"))["made_of"]()
    source = Extension(
        SIEVE.replace("/", "."),
        [f"{SIEVE}.pyx"],
        extra_compile_args=_FLAGS,
        define_macros=[("SIEVE_MADE_OF", f'"{made_of}"')],
    )
    [sieve] = cythonize([source], build_dir=str(folder), quiet=True)
    sieve.optional = True
    command = Distribution({"ext_modules": [sieve]}).get_command_obj("build_ext")
    command.inplace = in_place
    command.force = True  # what it is made of is no file that is looked at
    command.build_lib = command.build_temp = str(folder)
    command.ensure_finalized()
    command.run()
    built = Path(command.get_ext_fullpath(sieve.name))
    return built if built.is_file() else None
