"""Worker processes: order, bounds, and what happens when one dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import extractor
from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.reading import Read
from extractor.running.chunks import Chunk, chunks
from extractor.running.pool import Pool
from extractor.running.stream import outcomes
from extractor.running.work import Failure, Outcome

TEXT = "Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm 4,23%."


@dataclass(frozen=True)
class Echo:
    """Work that gives the texts back; "kill" ends the process that is at it, "fail" fails."""

    def __call__(self, articles: Sequence[Article]) -> Outcome[list[str]]:
        """Do it."""
        if any(a.text == "kill" for a in articles):
            os.kill(os.getpid(), signal.SIGKILL)
        failures = [Failure(i, "a fault") for i, a in enumerate(articles) if a.text == "fail"]
        return Outcome([a.text for a in articles if a.text != "fail"], len(articles) - len(failures), failures)


@dataclass(frozen=True)
class FatalTogether:
    """Work that only a chunk of more than one article is fatal to."""

    def __call__(self, articles: Sequence[Article]) -> Outcome[list[str]]:
        """Do it."""
        if len(articles) > 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return Outcome([a.text for a in articles], len(articles), [])


@dataclass(frozen=True)
class Unloadable:
    """Work that no worker can load."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (7,)

    def __call__(self, articles: Sequence[Article]) -> Outcome[None]:
        """Never called."""
        raise NotImplementedError


def reads(texts: Sequence[str]) -> Iterator[Read]:
    """The texts as they come from a reader."""
    for i, text in enumerate(texts):
        yield Read("test", i, Article(text), None)


def cut(texts: Sequence[str], size: int) -> Iterator[Chunk]:
    """The texts in chunks of so many."""
    return chunks(reads(texts), (size, 10**9))


def test_outcomes_come_in_order_whatever_worker_is_first() -> None:
    texts = [str(i) for i in range(300)]
    with Pool(Echo(), 2) as pool:
        found = list(pool.run(cut(texts, 7)))
    assert [text for _, outcome in found for text in outcome.value] == texts
    assert [chunk.number for chunk, _ in found] == list(range(len(found)))


def test_the_input_is_not_read_far_ahead_of_what_has_been_taken() -> None:
    taken = 0

    def counted() -> Iterator[Read]:
        nonlocal taken
        for read in reads(["x"] * 10_000):
            taken += 1
            yield read

    with Pool(Echo(), 2) as pool:
        for number, _ in enumerate(pool.run(chunks(counted(), (10, 10**9))), 1):
            assert taken <= (number + 2 * 8 + 1) * 10
            if number == 50:
                break


@pytest.mark.parametrize("size", [1, 10])
def test_a_worker_that_dies_costs_the_article_that_killed_it_alone(size: int) -> None:
    texts = [str(i) for i in range(60)]
    texts[3], texts[17], texts[18], texts[40] = "fail", "kill", "kill", "fail"
    with Pool(Echo(), 2) as pool:
        found = list(pool.run(cut(texts, size)))
    assert [text for _, outcome in found for text in outcome.value] == [t for t in texts if t.isdigit()]
    failed = {chunk.number * size + f.place: f.message for chunk, outcome in found for f in outcome.failures}
    assert sorted(failed) == [3, 17, 18, 40]
    assert failed[3] == "a fault"
    assert failed[17] == "a worker process was lost over it: it was ended by SIGKILL, most often for want of memory"


def test_articles_that_kill_only_together_are_given_up_and_the_run_goes_on() -> None:
    with Pool(FatalTogether(), 1) as pool:
        found = [outcome for _, outcome in pool.run(cut(["a", "b", "c"], 2))]
    assert [o.value for o in found] == [[], ["c"]]
    assert [f.place for f in found[0].failures] == [0, 1]
    assert "lost over it and its neighbours" in found[0].failures[0].message


def test_workers_that_cannot_start_are_one_clear_error() -> None:
    with Pool(Unloadable(), 1) as pool, pytest.raises(ExtractorError, match="cannot start: it ended with status 7"):
        list(pool.run(cut(["a"], 1)))


def test_a_few_articles_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert len(list(outcomes(cut(["x"] * 100, 16), Echo(), 8))) == 7


def test_workers_end_when_the_process_that_started_them_is_killed(tmp_path: Path) -> None:
    program = ("import sys, time; sys.path[:0] = sys.argv[1:]\n"
               "from test_pool import Echo, cut; from extractor.running.pool import Pool\n"
               "with Pool(Echo(), 2) as pool:\n"
               "    next(pool.run(cut(['x'] * 1000, 1)))\n"
               "    print(*(w.process.pid for w in pool._workers), flush=True); time.sleep(60)\n")
    with subprocess.Popen([sys.executable, "-c", program, str(Path(__file__).parent), str(Path(extractor.__file__).parents[1])],
                          stdout=subprocess.PIPE, cwd=tmp_path) as parent:
        assert parent.stdout is not None
        pids = [int(p) for p in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 2
    for _ in range(600):
        if not any(map(is_running, pids)):
            return
        time.sleep(0.05)
    pytest.fail("workers outlive their parent")


def is_running(pid: int) -> bool:
    """Whether there is such a process that is not a mere entry in the table of processes."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


# --- extract_many -----------------------------------------------------------------------------------------------------

def articles() -> list[Article | str]:
    """More articles than are done without workers, one with a date that is none, one a bare text."""
    many: list[Article | str] = [Article(f"{TEXT} Huyện có {i} hộ nghèo.", id=str(i)) for i in range(200)]
    many[70] = Article(TEXT, id="bad", published="yesterday")
    many[5] = TEXT
    return many


def test_extract_many_gives_the_same_for_any_number_of_workers() -> None:
    found = []
    for workers in (1, 2):
        errors: list[tuple[str | None, str]] = []

        def note(article: Article, error: ExtractorError, errors: list[tuple[str | None, str]] = errors) -> None:
            errors.append((article.id, str(error)))

        out = [e.to_json() for e in extractor.extract_many(articles(), workers, note)]
        assert [i for i, _ in errors] == ["bad"]
        assert "expected an ISO date" in errors[0][1]
        found.append(out)
    assert len(found[0]) == 199
    assert found[0] == found[1]


@pytest.mark.parametrize("workers", [1, 2])
def test_extract_many_raises_what_it_is_not_told_to_pass_over(workers: int) -> None:
    stream = extractor.extract_many(articles(), workers)
    with pytest.raises(ExtractorError, match="expected an ISO date"):
        list(stream)


def test_extract_many_reads_one_article_at_a_time() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield TEXT

    assert next(extractor.extract_many(endless())).percentages[0].low == 4.23


def test_no_worker_is_refused() -> None:
    with pytest.raises(ExtractorError, match="expected a number from 1"):
        extractor.extract_many([TEXT], 0)
