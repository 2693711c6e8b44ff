"""Kill the real daemon at random moments while it follows growing logs, and count what it told.

    python benchmarks/ct_kills.py [--kills 100] [--seed 6962]

A log of each kind grows, with lookalikes among ordinary names, while the daemon reads it and while
it is down; a quarter of the daemons die before they have started. In the end a last one does what
is left over. The exit status is 1 unless every planted name was seen, and told by one alert and one
letter each. A letter may come twice when the daemon dies between its coming and its being noted:
it is the same letter, by its Message-ID, and is counted apart.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

# In place of this folder, whose dns.py would hide dnspython.
sys.path[0] = str(Path(__file__).parents[1])

from tests.world.ct_kills import Kills, kills  # noqa: E402


def told(work: Kills) -> tuple[str, bool]:
    """What came of it, in words, and whether it is as it should be."""
    planted, opened = set(work.planted), work.opened()
    seen = set(work.first("SELECT domain FROM sighting"))
    lost, strange = planted - opened.keys(), opened.keys() - planted
    twice = [name for name, count in opened.items() if count > 1]
    letters = [len(found) for found in work.letters().values()]
    lines = [
        f"{len(planted)} planted, {len(planted & seen)} seen, {len(planted - lost)} alerted",
        f"{len(lost)} lost, {len(twice)} alerted twice, {len(strange)} alerted for nothing",
        f"{letters.count(1)} told by one letter, {letters.count(0)} by none",
        f"{work.sent_again()} letters came once more; {work.early} died before they had started",
    ]
    well = planted <= seen and not lost | strange and not twice
    return "\n".join(lines), well and set(letters) == {1}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=6962)
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, kills(Path(folder), options.seed) as work:
        work.all_follow()
        for number in range(1, options.kills + 1):
            work.kill_one()
            if number % 10 == 0:
                print(f"{number} killed, {len(work.planted)} planted", flush=True)
        status = work.settle()
        text, well = told(work)
    print(text)
    print(f"{time.monotonic() - begun:.0f} s; the last one ended with status {status}")
    return 0 if well and status == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
