"""Processes do jobs: what a job returns or raises comes back, whatever becomes of its neighbours."""

from __future__ import annotations

import os
import time
from multiprocessing import active_children

import pytest

from hongtou.processes import JobDiedError, JobLateError, Pool


def _kept(number: int) -> None:
    _mine.append(number)


def _plus(number: int) -> int:
    return _mine[0] + number


def _divided(number: int) -> float:
    return 1 / number


_mine: list[int] = []


def test_results_may_be_asked_for_in_any_order() -> None:
    """More jobs than processes, each process begun once."""
    pool = Pool(2, _kept, 40)
    jobs = [pool.schedule(_plus, number, seconds=9) for number in range(7)]
    assert [pool.result(job) for job in reversed(jobs)] == [46, 45, 44, 43, 42, 41, 40]
    pool.close()


def test_what_a_job_raises_is_raised_where_it_is_wanted_and_its_process_goes_on() -> None:
    pool = Pool(1, _kept, 0)
    before, wrong, after = (pool.schedule(call, 0, seconds=9) for call in (_pid, _divided, _pid))
    with pytest.raises(ZeroDivisionError):
        pool.result(wrong)
    assert pool.result(before) == pool.result(after) != os.getpid()
    pool.close()


def test_late_and_deadly_jobs_end_badly_and_the_next_has_a_new_process() -> None:
    pool = Pool(1, _kept, 1)
    late, deadly = pool.schedule(time.sleep, 60, seconds=0.2), pool.schedule(os._exit, 3, seconds=9)
    well = pool.schedule(_plus, 1, seconds=9)
    with pytest.raises(JobDiedError):
        pool.result(deadly)
    with pytest.raises(JobLateError):
        pool.result(late)
    assert pool.result(well) == 2
    pool.close()


def test_a_pool_that_is_closed_waits_for_no_job() -> None:
    pool = Pool(1, _kept, 1)
    job = pool.schedule(time.sleep, 60, seconds=90)
    pool.close()
    assert job.outcome is None
    assert active_children() == []


def _pid(_: int) -> int:
    return os.getpid()
