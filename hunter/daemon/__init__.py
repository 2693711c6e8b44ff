"""The daemon: what runs when, what the signals mean, and what systemd is told.

One event loop, one writer. Scheduled sources and the steps of the pipeline are `hunter.rounds`;
streams are tasks that are started again, later and later, when they end. Each job's runs are kept
in a ledger, so that a source whose time passed while hunter was down runs at once at the start.
"""

import asyncio
import gc
import signal
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import structlog

from hunter import config as configs
from hunter import exposition, health, newcomers, pipeline, retro, rounds, systemd, triage, unjudged
from hunter.clock import set_back, utc_now
from hunter.config import Config
from hunter.contracts import Batch
from hunter.daemon.faults import Faults
from hunter.errors import HunterError, WillPass, YoursToFix
from hunter.hunting import load_rules, open_hunt
from hunter.matching import compile_matcher
from hunter.model import PASSING, Report
from hunter.outages import Outages
from hunter.pipeline import Hunt
from hunter.respite import Respite
from hunter.rule_watch import RuleWatch, follow, put_in_force, refuse, rules_to_start_with
from hunter.store import ahead, outbox, reports, sightings, tracks
from hunter.store.alone import DAEMON, alone
from hunter.store.retention import forget as forget_old

_STEP_EVERY = 1.0
_STEPS_AT_ONCE = 8
_LOOK_EVERY = 2.0
_WAKE_EVERY = 60.0
_DAY = 86_400.0
_STEPS = ("enrich", "judge_pending", "deliver")
_GRACE = 20.0
_RELOAD_AGAIN = 60.0
_UNTIL_THE_CLOCK_IS_SET = timedelta(hours=1)
"""A machine may start in a year to come: what it then takes for old must not be forgotten."""
_SOURCE_AGAIN = timedelta(minutes=10)
"""When a source in trouble is asked again, that otherwise is twice a day."""
_SHORTEST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=10)

log = structlog.get_logger()


async def run(config: Config) -> None:
    """Hunt until SIGTERM or SIGINT; SIGHUP reloads the config and the rules."""
    # Two daemons on one store would tell everything twice.
    with alone(config.store.parent, DAEMON, "another hunter"):
        watch = RuleWatch(config.rule_folders)
        rules, faults = rules_to_start_with(config)
        async with open_hunt(config, rules=rules) as hunt:
            outbox.put_back_interrupted(hunt.store)
            ahead.bring_back(hunt.store, hunt.now())
            reports.switch_all_on(hunt.store)
            health.tell_rest(hunt.store, config, hunt.report, hunt.now())
            unjudged.judge_again(hunt.store)
            outbox.wake_all(hunt.store, hunt.now())
            health.forget_strangers(hunt.store, config)
            newcomers.welcome(hunt.store, config, hunt.now())
            hunt.report(Report("config", healthy=True, message="loaded", at=hunt.now()))
            put_in_force(hunt, rules)
            if faults:
                refuse(hunt, faults)
            # What is there by now stays: the collector need not look through it again and again.
            gc.freeze()
            await _Daemon(hunt, watch).run()


class _Daemon:
    """The running jobs and streams around one hunt."""

    def __init__(self, hunt: Hunt, rules: RuleWatch) -> None:
        self.hunt = hunt
        self.at_the_start = hunt.config
        self.rules = rules
        self.scheduler = rounds.scheduler()
        self.streams: dict[str, asyncio.Task[None]] = {}
        self.at_work: set[asyncio.Task[Any]] = set()
        self.stopping = asyncio.Event()
        self.reloading = asyncio.Lock()
        self.systemd = systemd.Systemd()
        self.ended = dict.fromkeys(_STEPS, time.monotonic())
        self.faults = Faults(reports.unwell(hunt.store), self.stopping.set)

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stopping.set)
        loop.add_signal_handler(signal.SIGHUP, self._reload_soon)
        self._schedule_steps()
        self._schedule_sources(reports.job_runs(self.hunt.store))
        port = self.hunt.config.metrics_port
        figures = None if port is None else await exposition.serve(port, lambda: self.hunt)
        self.scheduler.start()
        clock = asyncio.create_task(self._follow_clock())
        self.systemd.say(systemd.READY)
        log.info("started", brands=len(self.hunt.config.brands), store=str(self.hunt.store.path))
        # The command line held it back until somebody is there to heed it.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGHUP])
        await self.stopping.wait()
        clock.cancel()
        if figures:
            figures.close()
        await self._stop()
        if self.faults.ruin:
            raise self.faults.ruin

    def _schedule_steps(self) -> None:
        for step in (pipeline.enrich, pipeline.judge_pending, pipeline.deliver):
            # Several at once: a slow server must not hold up the others.
            at_once = 1 if step is pipeline.judge_pending else _STEPS_AT_ONCE
            self._every(_STEP_EVERY, step.__name__, self._step(step), at_once)
        self._every(_DAY, "forget", self._forget, 1, _UNTIL_THE_CLOCK_IS_SET)
        self._every(_LOOK_EVERY, "rules", self._follow_rules, 1)
        self._every(_LOOK_EVERY, "retro", lambda: retro.hunt_back(self.hunt), 1)
        self._every(_WAKE_EVERY, "wake", self._wake, 1)
        self._every(_STEP_EVERY, "health", self._watch_health, 1)
        self._every(self.systemd.watchdog_seconds, "watchdog", self._watchdog, 1)

    def _step(self, step: Callable[[Hunt], Awaitable[int]]) -> Callable[[], Awaitable[None]]:
        async def work() -> None:
            try:
                await step(self.hunt)
            except WillPass:
                # The store is in trouble, and a new start would mend nothing: it is not held up.
                self.ended[step.__name__] = time.monotonic()
                raise
            self.ended[step.__name__] = time.monotonic()

        return work

    async def _watch_health(self) -> None:
        hunt = self.hunt
        health.look(hunt.store, hunt.config, hunt.report, hunt.now())

    async def _wake(self) -> None:
        triage.wake(self.hunt.store, self.hunt.config, self.hunt.now())

    async def _forget(self) -> None:
        for _ in forget_old(self.hunt.store, self.hunt.config.keep, self.hunt.now()):
            await asyncio.sleep(0.01)

    def _schedule_sources(self, runs: Mapping[str, reports.JobRun]) -> None:
        for name, settings in self.hunt.config.sources.items():
            every = getattr(settings, "every", None)
            if every is None:
                self.streams[name] = asyncio.create_task(self._stream(name))
                continue
            wait = reports.left_of(every, runs.get(f"source:{name}"), self.hunt.now())
            self._every(every.total_seconds(), f"source:{name}", self._gather(name), 1, wait)

    def _every(
        self,
        seconds: float,
        name: str,
        work: Callable[[], Awaitable[None]],
        at_once: int,
        wait: timedelta = timedelta(),
    ) -> None:
        rounds.schedule(
            self.scheduler,
            name,
            partial(self._job, name, work),
            timedelta(seconds=seconds),
            # By the scheduler's own clock, not the hunt's.
            first=utc_now() + wait,
            at_once=at_once,
        )

    async def _job(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """The per-job guard: a job that fails is recorded and comes round again."""
        task = asyncio.current_task()
        assert task is not None
        self.at_work.add(task)
        try:
            await work()
            self.faults.over(self.hunt, name)
        except asyncio.CancelledError as error:
            if pipeline.is_ended():
                raise
            self.faults.add(self.hunt, name, error)
        except Exception as error:  # noqa: BLE001 - the per-job guard
            self.faults.add(self.hunt, name, error)
        finally:
            self.at_work.discard(task)

    def _gather(self, source: str) -> Callable[[], Awaitable[None]]:
        async def work() -> None:
            job, config = f"source:{source}", self.hunt.config
            reports.job_started(self.hunt.store, job, self.hunt.now())
            trouble = await self._gather_once(source)
            if trouble:
                self.faults.forget(job)
            said = str(trouble) if trouble else ""
            reports.job_finished(self.hunt.store, job, self.hunt.now(), said)
            if self.hunt.config is not config:
                # While this round went on, the first one by the new config was left out.
                rounds.not_later(self.scheduler, job, utc_now() + _SHORTEST_PAUSE)
            elif trouble:
                self._ask_again(job, trouble)

        return work

    def _ask_again(self, job: str, trouble: HunterError) -> None:
        """Soon, whatever its `every`; but not sooner than the other side wishes."""
        now = utc_now()
        rounds.not_later(self.scheduler, job, now + _SOURCE_AGAIN)
        if isinstance(trouble, WillPass) and trouble.retry_after:
            rounds.not_sooner(self.scheduler, job, now + trouble.retry_after)

    async def _gather_once(self, source: str) -> HunterError | None:
        """Gather; what went wrong, or nothing."""
        part = f"sources.{source}"
        try:
            keep = self._keep_from(source) if source in self.streams else None
            await pipeline.gather(self.hunt, source, keep)
        except HunterError as error:
            message, now = str(error), self.hunt.now()
            trouble = PASSING if isinstance(error, WillPass) else ""
            self.hunt.report(Report(part, False, message, now, trouble=trouble))
            return error
        self._report_gathered(part)
        return None

    def _keep_from(self, stream: str) -> Callable[[Batch], Awaitable[None]]:
        """Take each batch, again until the store can: a stream may have nothing a second time.

        What comes meanwhile waits there, within its bounds. As a stream does not end, that it works
        again shows with the first batch that is taken.
        """
        began = False

        async def keep(batch: Batch) -> None:
            nonlocal began
            while not await self._is_taken(stream, batch):  # noqa: ASYNC110 - tried, not waited for
                await asyncio.sleep(_SHORTEST_PAUSE.total_seconds())
            if not began:
                began = True
                self._report_gathered(f"sources.{stream}")

        return keep

    async def _is_taken(self, stream: str, batch: Batch) -> bool:
        job = f"source:{stream}"
        try:
            await pipeline.take(self.hunt, stream, batch)
        except WillPass as unwell:
            self.faults.add(self.hunt, job, unwell)
            return False
        self.faults.over(self.hunt, job)
        return True

    def _report_gathered(self, part: str) -> None:
        self.hunt.report(Report(part, healthy=True, message="gathered", at=self.hunt.now()))

    async def _stream(self, source: str) -> None:
        """Keep a stream going: when it ends or fails, start it again after a growing pause."""
        pause = _SHORTEST_PAUSE
        while True:
            begun = self.hunt.now()
            await self._job(f"source:{source}", self._gather(source))
            lasted = self.hunt.now() - begun
            pause = _SHORTEST_PAUSE if lasted > _LONGEST_PAUSE else min(pause * 2, _LONGEST_PAUSE)
            await asyncio.sleep(pause.total_seconds())

    async def _watchdog(self) -> None:
        """Tell systemd that work goes on: each of the steps ends again and again."""
        now, longest = time.monotonic(), self.hunt.config.health.held_up_after.total_seconds()
        held_up = [step for step, ended in self.ended.items() if now - ended > longest]
        if held_up:
            log.error("held up", steps=held_up, minutes=round(longest / 60))
        else:
            self.systemd.say(systemd.ALIVE)

    async def _follow_rules(self) -> None:
        """What the store does not take, or is of a hunt that is over, is looked at again."""
        hunt, watch = self.hunt, self.rules
        if watch.changed(hunt.config.rule_folders):
            rules = await follow(hunt)
            if self.hunt is hunt:
                if rules:
                    self._go_by(put_in_force(hunt, rules))
                watch.deal_with()

    def _go_by(self, hunt: Hunt) -> None:
        self.hunt.over.set()
        self.hunt = replace(hunt, over=asyncio.Event())

    def _reload_soon(self) -> None:
        task = asyncio.get_running_loop().create_task(self._job("reload", self._reload))
        self.at_work.add(task)
        task.add_done_callback(self.at_work.discard)

    async def _reload(self) -> None:
        """One after the other: two at once would both start the streams."""
        async with self.reloading:
            if not self.stopping.is_set():
                await self._reload_now()

    async def _reload_now(self) -> None:
        """Take the new config and rules as a whole, or keep the old ones as a whole."""
        self.systemd.say(systemd.RELOADING)
        try:
            await self._take_anew()
        except YoursToFix as error:
            message = f"the old config stays in force:\n{error}"
            self.hunt.report(Report("config", healthy=False, message=message, at=self.hunt.now()))
        except WillPass as unwell:
            # A store in trouble may be unable to keep a report of it.
            log.warning("not reloaded", message=str(unwell))
            asyncio.get_running_loop().call_later(_RELOAD_AGAIN, self._reload_soon)
            raise
        finally:
            self.systemd.say(systemd.READY)

    async def _take_anew(self) -> None:
        path = self.hunt.config.path
        assert path is not None
        config = configs.load(path, visits=self.hunt.config.visits)
        watch = RuleWatch(config.rule_folders)
        rules = load_rules(config)
        matcher = await asyncio.to_thread(compile_matcher, config.brands)
        await self._change_over(replace(self.hunt, config=config, rulebook=rules, matcher=matcher))
        self.rules = watch

    async def _change_over(self, hunt: Hunt) -> None:
        """The store first: when it takes nothing, everything goes on as it was."""
        message = "; ".join(("loaded", *hunt.config.unlike(self.at_the_start)))
        # It stays where it is until a restart, and what belongs beside it does, too.
        hunt = replace(hunt, config=replace(hunt.config, store=hunt.store.path))
        with hunt.store.transaction():
            reports.switch_all_on(hunt.store)
            outbox.wake_all(hunt.store, hunt.now())
            health.forget_strangers(hunt.store, hunt.config)
            newcomers.welcome(hunt.store, hunt.config, hunt.now())
            tracks.sync(hunt.store, hunt.config.tracks, hunt.now())
            put_in_force(hunt, hunt.rulebook)
            sightings.judge_all(hunt.store)
            hunt.report(Report("config", healthy=True, message=message, at=hunt.now()))
        await self._begin_sources_anew(hunt)
        log.info("reloaded", brands=len(hunt.config.brands))

    async def _follow_clock(self) -> None:
        """A clock set back leaves rounds, and what streams remember, far in the time to come."""
        async for seconds in set_back():
            log.warning("clock set back", seconds=round(seconds))
            rounds.set_back(self.scheduler, timedelta(seconds=seconds))
            await self._job("clock", self._live_now)

    async def _live_now(self) -> None:
        async with self.reloading:
            ahead.bring_back(self.hunt.store, self.hunt.now())
            await self._begin_sources_anew(replace(self.hunt, respite=Respite(), outages=Outages()))

    async def _begin_sources_anew(self, hunt: Hunt) -> None:
        runs = reports.job_runs(hunt.store)
        self._go_by(hunt)
        for job in self.scheduler.get_jobs():
            if job.id.startswith("source:"):
                job.remove()
        await _cancel(self.streams.values())
        self.streams = {}
        self._schedule_sources(runs)

    async def _stop(self) -> None:
        """Begin nothing new, finish what is in hand, and go."""
        self.systemd.say(systemd.STOPPING)
        self.scheduler.pause()
        # A round whose time came at this very moment is in hand as well, once it has begun.
        await asyncio.sleep(0)
        await _cancel(self.streams.values())
        if self.at_work:
            await asyncio.wait(set(self.at_work), timeout=_GRACE)
            await _cancel(self.at_work)
        self.scheduler.shutdown(wait=False)
        log.info("stopped")


async def _cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    waiting = list(tasks)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
