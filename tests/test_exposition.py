"""GET /metrics."""

import urllib.error
import urllib.request
from asyncio import to_thread
from pathlib import Path

import pytest

from hunter import exposition, metrics, pipeline
from hunter.model import Report
from hunter.replay import SetClock
from hunter.store import Store
from tests.world.hunting import START, World, small_hunt


def fetch(url: str) -> str:
    """The page."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        assert answer.headers["Content-Type"] == metrics.MEDIA
        return answer.read().decode()


async def test_a_hunt_shows_in_its_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names, hits, look-ups, judgement, letters, alerts, queues and parts."""
    metrics.forget()
    world = World(feed=["mail-en-marche.fr\nharmless.example"]).install(monkeypatch)
    world.facts["mail-en-marche.fr"] = {"has_mx": True}
    with Store(tmp_path / "hunter.db") as store:
        hunt = small_hunt(store, SetClock(START))
        await pipeline.gather(hunt, "planted")
        waiting = exposition.answer(b"GET /metrics HTTP/1.1", hunt).decode()
        await pipeline.enrich(hunt)
        await pipeline.judge_pending(hunt)
        await pipeline.deliver(hunt)
        hunt.report(Report("sources.planted", False, "gone", START))
        server = await exposition.serve(0, lambda: hunt)
        port = server.sockets[0].getsockname()[1]
        page = await to_thread(fetch, f"http://127.0.0.1:{port}/metrics")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            await to_thread(fetch, f"http://127.0.0.1:{port}/")
        server.close()
    metrics.forget()

    assert 'hunter_queue{queue="enrich"} 1' in waiting
    for line in (
        'hunter_names_total{source="planted"} 2',
        'hunter_hits_total{source="planted"} 1',
        'hunter_lookups_total{enricher="told",outcome="answered"} 1',
        'hunter_deliveries_total{channel="pigeon",outcome="accepted"} 1',
        'hunter_alerts{state="new",severity="high"} 1',
        'hunter_queue{queue="enrich"} 0',
        'hunter_part_healthy{part="sources.planted",subject=""} 0',
        "# TYPE hunter_rule_seconds_total counter",
        "# TYPE hunter_store_bytes gauge",
    ):
        assert line in page.splitlines(), line
    assert "hunter_judged_total" in page


async def test_it_listens_on_this_machine_only(tmp_path: Path) -> None:
    """Figures tell who is watched and how."""
    with Store(tmp_path / "hunter.db") as store:
        hunt = small_hunt(store, SetClock(START))
        server = await exposition.serve(0, lambda: hunt)
        addresses = [socket.getsockname()[0] for socket in server.sockets]
        server.close()

    assert addresses == ["127.0.0.1"]


@pytest.mark.parametrize("line", [b"", b"POST /metrics HTTP/1.1", b"GET", b"\xff\xfe / "])
def test_anything_else_is_not_found(line: bytes, tmp_path: Path) -> None:
    """Whatever was asked."""
    with Store(tmp_path / "hunter.db") as store:
        hunt = small_hunt(store, SetClock(START))
        assert exposition.answer(line, hunt).startswith(b"HTTP/1.1 404 ")
