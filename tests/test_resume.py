"""A run that is ended at any moment and gone on with gives what it would have given: nothing lost, doubled or torn."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor.cli.main import main
from extractor.draft import Article
from extractor.records import Extraction
from extractor.running import chunks

ROOT = Path(__file__).resolve().parent.parent
# Every so many-th step of a run is tried; those of one table after the other are alike.
STEPS = {"out.jsonl": 1, "out.jsonl.gz": 4, "out.json": 4, "tables/": 13, "out.parquet": 4, "tables.parquet/": 17,
         "out.duckdb": 17}
# The command line with batches of a few articles, so that a small run is made sure of many times.
SMALL_BATCHES = ("import sys\nfrom extractor.running import chunks\nchunks.BATCH = (50, 10**9)\n"
                 "from extractor.cli.main import main\nsys.exit(main())")


def write_articles(path: Path, count: int) -> Path:
    """JSON Lines with so many articles, now and then a line that is none."""
    with path.open("w", encoding="utf-8") as file:
        for i in range(count):
            text = f"Năm {2000 + i % 24}, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm {i % 90 + 1},{i % 10}%, còn {i + 1} hộ nghèo."
            file.write("no article\n" if i % 97 == 50 else json.dumps({"id": f"n{i}", "text": text}) + "\n")
    return path


def content(path: Path) -> object:
    """What an output holds: its bytes, for a database its rows."""
    if path.is_dir():
        return {p.name: p.read_bytes() for p in sorted(path.iterdir())}
    if path.suffix != ".duckdb":
        return path.read_bytes()
    import duckdb

    with duckdb.connect(str(path), read_only=True) as connection:
        tables = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return {t: connection.execute(f'SELECT * FROM "{t}"').fetchall() for t in tables}


def run(folder: Path, output: str, *options: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", SMALL_BATCHES, str(folder / "in.jsonl"), "-o", f"{folder}/{output}",
                             "--workers", "2", *options], cwd=ROOT, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("output", ["out.jsonl", "out.parquet", "out.duckdb"])
def test_a_run_that_is_killed_goes_on_where_it_was(output: str, tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 1_000)
    with run(tmp_path, f"whole-{output}") as whole:
        assert whole.wait() == 1
    chance = random.Random(output)
    kills = 0
    for done in (0, chance.randrange(50, 200), chance.randrange(250, 500)):
        with run(tmp_path, output, "--resume") as process:
            while process.poll() is None and reads(tmp_path / output) < done:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
            kills += process.wait() == -signal.SIGKILL
    with run(tmp_path, output, "--resume") as process:
        assert process.wait() == 1
    assert kills
    assert content(tmp_path / output) == content(tmp_path / f"whole-{output}")
    assert (content(tmp_path / f"{output}.errors.jsonl") == content(tmp_path / f"whole-{output}.errors.jsonl"))
    assert not (tmp_path / f"{output}.partial").exists()


def reads(output: Path) -> int:
    """How many articles of a run are safe on the disk."""
    try:
        return int(json.loads((output.with_name(f"{output.name}.partial") / "checkpoint.json").read_text("utf-8"))["reads"])
    except FileNotFoundError:
        return 0


class Stop(BaseException):
    """The end of a run at a chosen moment."""


@pytest.mark.parametrize("output", STEPS)
def test_a_run_that_ends_at_any_step_goes_on(output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "BATCH", (40, 10**9))
    article = str(write_articles(tmp_path / "in.jsonl", 60))
    assert main([article, "-o", f"{tmp_path}/whole/" if output.endswith("/") else f"{tmp_path}/whole-{output}",
                 *(["--output-format", "parquet"] if output == "tables.parquet/" else [])]) == 1
    whole = content(tmp_path / ("whole" if output.endswith("/") else f"whole-{output}"))
    target = tmp_path / output
    sure, moved = os.fsync, Path.replace
    for moment in range(1, 1_000, STEPS[output]):
        steps = 0

        def step() -> None:
            nonlocal steps
            steps += 1
            if steps == moment:  # noqa: B023 - called within the turn
                raise Stop

        def fsync(file: int) -> None:
            step()
            sure(file)

        def replace(path: Path, other: Path) -> Path:
            step()
            moved(path, other)
            step()
            return other

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            patch.setattr(Path, "replace", replace)
            try:
                main([article, "-o", f"{tmp_path}/{output}", "--resume"])
            except Stop:
                pass
            else:
                break  # the run has no more steps than there were moments
        assert main([article, "-o", f"{tmp_path}/{output}", "--resume"]) == 1
        assert content(target) == whole
        assert not (tmp_path / f"{output.rstrip('/')}.partial").exists()
        for path in [*target.iterdir()] if target.is_dir() else [target]:
            path.unlink()
    assert moment > 15


# --- what --resume and --overwrite do ---------------------------------------------------------------------------------

@pytest.fixture
def stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The command of a run that was interrupted after its first batch."""
    monkeypatch.setattr(chunks, "BATCH", (40, 10**9))
    command = [str(write_articles(tmp_path / "in.jsonl", 120)), "-o", str(tmp_path / "out.jsonl")]
    moved = Path.replace
    times = 0

    def replace(path: Path, target: Path) -> Path:
        nonlocal times
        times += 1
        if times > 2:
            raise KeyboardInterrupt
        moved(path, target)
        return target

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        assert main(command) == 130
    assert capsys.readouterr().err == f"extractor: {command[2]}: interrupted; go on with --resume\n"
    assert not (tmp_path / "out.jsonl").exists()
    return command


def test_an_interrupted_run_is_not_begun_again_by_chance(stopped: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(stopped) == 2
    assert "a run on it was interrupted: go on with --resume, or start again with --overwrite" in capsys.readouterr().err


def test_the_articles_that_are_done_are_not_done_again(
        stopped: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from extractor import api

    done: list[str | None] = []
    extract = api.extract_article

    def note(article: Article, patterns: tuple[Path, ...]) -> Extraction:
        done.append(article.id)
        return extract(article, patterns)

    monkeypatch.setattr(api, "extract_article", note)
    assert main([*stopped, "--resume"]) == 1
    assert done[0] == "n40"
    assert "1 of 120 could not be read" in capsys.readouterr().err


@pytest.mark.parametrize(("change", "words"), [
    (["--with-text"], "had other options of the output (with_text: False, now True)"),
    (["--text-column", "text"], "had other options of reading (text_column: None, now 'text')"),
])
def test_a_run_with_other_options_is_not_gone_on_with(
        change: list[str], words: str, stopped: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*stopped, "--resume", *change]) == 2
    assert words in capsys.readouterr().err


def test_a_run_whose_inputs_have_changed_is_not_gone_on_with(
        stopped: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with Path(stopped[0]).open("a", encoding="utf-8") as file:
        file.write('{"text": "x"}\n')
    assert main([*stopped, "--resume"]) == 2
    assert "had other files (by name, size and time)" in capsys.readouterr().err
    assert main([*stopped, "--overwrite"]) == 1


def test_the_number_of_workers_may_change(stopped: list[str]) -> None:
    assert main([*stopped, "--resume", "--workers", "3"]) == 1


def test_an_output_that_is_there_is_replaced_only_on_demand(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = str(write_articles(tmp_path / "in.jsonl", 3))
    out = tmp_path / "out.jsonl"
    out.write_text("precious", encoding="utf-8")
    assert main([article, "-o", str(out)]) == 2
    assert "exists; --overwrite replaces it" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "precious"
    assert main([article, "-o", str(out), "--overwrite"]) == 0
    assert out.read_text(encoding="utf-8").count("\n") == 3
    assert main([article, "-o", str(out), "--resume"]) == 0
    assert "is whole already" in capsys.readouterr().err


def test_a_folder_keeps_what_is_not_of_the_output(tmp_path: Path) -> None:
    article = str(write_articles(tmp_path / "in.jsonl", 3))
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "notes.md").write_text("mine", encoding="utf-8")
    assert main([article, "-o", str(tmp_path / "tables")]) == 0
    assert main([article, "-o", str(tmp_path / "tables")]) == 2
    assert main([article, "-o", str(tmp_path / "tables"), "--overwrite"]) == 0
    assert (tmp_path / "tables" / "notes.md").read_text(encoding="utf-8") == "mine"
    assert len(list((tmp_path / "tables").iterdir())) == 9


def test_two_runs_on_one_output_do_not_meet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from extractor.running.workplace import workplace
    from extractor.writing.outputs import output_for

    article = str(write_articles(tmp_path / "in.jsonl", 3))
    with workplace(output_for(str(tmp_path / "out.jsonl"))):
        assert main([article, "-o", str(tmp_path / "out.jsonl")]) == 2
    assert f"another run is writing it (process {os.getpid()})" in capsys.readouterr().err
    assert main([article, "-o", str(tmp_path / "out.jsonl")]) == 0
