"""Figures for Prometheus, on this machine only: GET /metrics."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress

from hunter import canary_watch, ct_session, metrics
from hunter.errors import Fault, YoursToFix
from hunter.metrics import Sample
from hunter.pipeline import Hunt
from hunter.store import cursors, reports, tallies

_MAX_REQUEST = 8192
_SECONDS = 10.0


async def serve(port: int, hunt: Callable[[], Hunt]) -> asyncio.Server:
    """Listen on 127.0.0.1; raises YoursToFix when the port is taken."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(
            OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError
        ):
            async with asyncio.timeout(_SECONDS):
                request = await reader.readuntil(b"\r\n\r\n")
                writer.write(answer(request.split(b"\r\n", 1)[0], hunt()))
                await writer.drain()
        writer.close()

    try:
        return await asyncio.start_server(talk, "127.0.0.1", port, limit=_MAX_REQUEST)
    except OSError as error:
        fault = Fault("", "[metrics]", f"port {port}: {error.strerror}", "choose another port")
        raise YoursToFix([fault]) from error


def answer(request_line: bytes, hunt: Hunt) -> bytes:
    """The whole HTTP answer."""
    if request_line.split(b" ")[:2] != [b"GET", b"/metrics"]:
        return _http("404 Not Found", "see /metrics\n")
    return _http("200 OK", metrics.text((*metrics.counted(), *standing(hunt))))


def _http(status: str, text: str) -> bytes:
    body = text.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {metrics.MEDIA}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body


def standing(hunt: Hunt) -> Iterator[Sample]:
    """How everything stands at this moment."""
    for standing in reports.standings(hunt.store):
        labels = (standing.report.part, standing.report.subject)
        yield "hunter_part_healthy", labels, float(standing.report.healthy)
        yield "hunter_part_since_seconds", labels, standing.since.timestamp()
    for queue, waiting in tallies.queues(hunt.store, hunt.now()).items():
        yield "hunter_queue", (queue,), waiting
    for (state, severity), count in tallies.alerts(hunt.store).items():
        yield "hunter_alerts", (state, severity), count
    home = canary_watch.came_home(hunt.store)
    if home is not None:
        yield "hunter_canary_home_seconds", (), home.timestamp()
    yield "hunter_store_bytes", (), tallies.size(hunt.store)
    yield from _logs(hunt)


def _logs(hunt: Hunt) -> Iterator[Sample]:
    settings = ct_session.settings_of(hunt.config)
    if settings is None:
        return
    kept = ct_session.standing(
        settings, lambda stream: cursors.cursor(hunt.store, ct_session.SOURCE, stream)
    )
    for log, row in kept:
        behind, lag = row.get("behind"), row.get("lag_minutes")
        if isinstance(behind, int):
            yield "hunter_log_behind_entries", (log.url,), behind
        if isinstance(lag, (int, float)):
            yield "hunter_log_lag_seconds", (log.url,), lag * 60
