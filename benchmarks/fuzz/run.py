"""Fuzz one parser with atheris until stopped: benchmarks/fuzz/run.py TARGET [libFuzzer options].

atheris (https://github.com/google/atheris) is no dependency of hunter's: pip install atheris.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["hunter"]):
    sys.path.insert(0, str(Path(__file__).parent))
    import targets


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in targets.TARGETS:
        sys.exit(f"which parser? {', '.join(targets.TARGETS)}")
    arguments = [sys.argv[0], "-max_len=65536", *sys.argv[2:]]
    atheris.Setup(arguments, lambda data: targets.run(name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
