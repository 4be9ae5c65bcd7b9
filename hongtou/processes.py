"""Processes that do jobs one after the other. One that takes too long or dies is made anew, and only its job ends badly.

Knows processes, pipes and deadlines; what a job does is the affair of its function. No thread is started: a process that
is made later would copy it in the middle of its work.
"""

from __future__ import annotations

import math
import signal
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")
_FAREWELL = 5.0  # seconds that a process without a job may take to end


class JobLateError(Exception):
    """A job took longer than it may."""


class JobDiedError(Exception):
    """A job ended its process."""


class Job(Generic[T]):
    """A function of a module and what it is given: both cross over to a process, and what it returns comes back.

    ``outcome`` is what it returned and what it raised, one of them; none until it is done.
    """

    def __init__(self, function: Callable[..., T], given: tuple[Any, ...], seconds: float) -> None:
        """Ask for ``function(*given)``, which may take so many ``seconds``."""
        self.asked = function, given
        self.seconds = seconds
        self.outcome: tuple[T | None, Exception | None] | None = None


class _Worker:
    """A process and the pipe to it. It has one job at a time, whose seconds count from when the process is ready."""

    def __init__(self, begin: Callable[..., object], given: tuple[Any, ...]) -> None:
        self.pipe, its_end = Pipe()
        self._process = Process(target=_work, args=(its_end, self.pipe, begin, given), daemon=True)
        self._process.start()
        its_end.close()  # so that the pipe ends with the process
        self._ready = False
        self.job: Job[Any] | None = None
        self.deadline = math.inf

    def take(self, job: Job[Any]) -> None:
        with suppress(OSError):  # that the process is gone is heard when it is listened to
            self.pipe.send(job.asked)
        self.job = job
        self._count()

    def hear(self) -> bool:
        """Take in what the process says; return whether it is still there."""
        try:
            said = self.pipe.recv()
        except (EOFError, OSError):
            return self.fail(JobDiedError())
        if self.job is not None and self._ready:
            self.job.outcome = said
            self.job, self.deadline = None, math.inf
        self._ready = True
        self._count()
        return True

    def fail(self, error: Exception) -> bool:
        """Let the job, if there is one, end with ``error``, and the process with it; return False."""
        if self.job is not None:
            self.job.outcome = None, error
        self.end(at_once=True)
        return False

    def end(self, *, at_once: bool) -> None:
        if not at_once:
            with suppress(OSError):
                self.pipe.send(None)
            self._process.join(_FAREWELL)
        self._process.kill()
        self._process.join()
        self.pipe.close()

    def _count(self) -> None:
        if self._ready and self.job is not None:
            self.deadline = time.monotonic() + self.job.seconds


class Pool:
    """So many processes at most, each made when there is a job for it; to be used by one thread."""

    def __init__(self, size: int, begin: Callable[..., object], *given: Any) -> None:
        """Let each process call ``begin(*given)`` before its first job."""
        self._size, self._begin, self._given = size, begin, given
        self._workers: list[_Worker] = []
        self._waiting: deque[Job[Any]] = deque()

    def schedule(self, function: Callable[..., T], *given: Any, seconds: float) -> Job[T]:
        """Ask for ``function(*given)``, which may take so many ``seconds``."""
        job = Job(function, given, seconds)
        self._waiting.append(job)
        self._hand_out()
        return job

    def result(self, job: Job[T]) -> T:
        """Wait for ``job`` and return what it returned; raise what it raised, ``JobLateError`` or ``JobDiedError``."""
        while job.outcome is None:
            self._listen()
            self._hand_out()
        value, error = job.outcome
        if error is not None:
            raise error
        return cast("T", value)

    def close(self, *, at_once: bool = False) -> None:
        """End the processes; those that still have a job, or all ``at_once``, without waiting for it."""
        for worker in self._workers:
            worker.end(at_once=at_once or worker.job is not None)
        self._workers.clear()

    def _hand_out(self) -> None:
        for worker in self._workers:
            if self._waiting and worker.job is None:
                worker.take(self._waiting.popleft())
        while self._waiting and len(self._workers) < self._size:
            self._workers.append(_Worker(self._begin, self._given))
            self._workers[-1].take(self._waiting.popleft())

    def _listen(self) -> None:
        """Wait until a process says something, dies or is late."""
        pipes = {worker.pipe: worker for worker in self._workers}
        soonest = min(worker.deadline for worker in self._workers)
        left = None if soonest == math.inf else max(0.0, soonest - time.monotonic())
        gone = [pipes[pipe] for pipe in wait(pipes, left) if not pipes[pipe].hear()]  # type: ignore[index]
        late = [
            worker for worker in self._workers if worker.deadline < time.monotonic() and worker not in gone
        ]
        gone += [worker for worker in late if not worker.fail(JobLateError())]
        self._workers = [worker for worker in self._workers if worker not in gone]


def _work(
    pipe: Connection, far_end: Connection, begin: Callable[..., object], given: tuple[Any, ...]
) -> None:
    """Do jobs until nobody asks any more; it is for whoever asks, not for the keyboard, to say when."""
    far_end.close()  # a copy of it would keep the pipe open when whoever asks is gone
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    begin(*given)
    pipe.send(None)  # ready
    with suppress(EOFError, OSError):  # whoever asked is gone
        while (asked := pipe.recv()) is not None:
            _answer(pipe, *asked)


def _answer(pipe: Connection, function: Callable[..., object], given: tuple[Any, ...]) -> None:
    try:
        pipe.send((function(*given), None))
    except Exception as error:  # noqa: BLE001 - raised where the result is wanted
        pipe.send((None, error))
