"""Numbers, targets, officials and places of Vietnamese press articles, as JSON or tables.

One article gives one JSON document, several give JSON Lines: one document per line, in the order of the inputs. With
-o the ending of its name says what is written: .jsonl, .json, .csv, .parquet, .duckdb, .jsonl.gz, .csv.gz, or a folder
(ending in /) of tables. The output gets its name when it is whole; until then it is kept in OUT.partial, from which
--resume goes on after any interruption. What could not be read is listed in OUT.errors.jsonl.
Exit status: 0 all were read, 1 some could not be read (each is named), 2 none could.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extractor.cli.inputs import Inputs
from extractor.cli.own_patterns import add_patterns_option, own_patterns
from extractor.errors import ExtractorError
from extractor.writing.outputs import FORMATS, TABLES, Output, output_for

if TYPE_CHECKING:
    from extractor.reading import ReadOptions

_COLUMNS = {"text": "the text", "id": "the id", "title": "the title", "date": "the day of publication", "url": "the address"}
_ONE_ARTICLE = (None, "text", "html")  # formats of which a file is one article


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of reading files."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file, a folder (all files of known formats below it), "
                        "a pattern such as 'news/*.jsonl.gz', or - for standard input")
    reading = parser.add_argument_group("reading")
    for name, what in _COLUMNS.items():
        reading.add_argument(f"--{name}-column", metavar="NAME", help=f"the column or field that holds {what} (default: guessed)")
    reading.add_argument("--encoding", metavar="NAME", help="of the texts, where it is not UTF-8: tcvn3, vni, cp1258 …")
    reading.add_argument("--input-format", metavar="NAME", help="text, jsonl, csv …, for inputs whose name does not say it")
    reading.add_argument("--max-bytes", type=_count, metavar="N", help="refuse articles of more bytes (default: 2,000,000)")
    reading.add_argument("--shard", metavar="I/N", help="only part I of N of the articles, for array jobs")
    reading.add_argument("--dedup", action="store_true", help="read all twice, and give each article the id of its cluster "
                         "of near-duplicates and of the first article of it")
    reading.add_argument("--ask-model", action="store_true", help="let underthesea's entity model name officials whom the "
                         "rules leave without a name (foreign ones mostly; about half are right)")
    add_patterns_option(reading)
    writing = parser.add_argument_group("writing")
    writing.add_argument("-o", "--output", metavar="OUT", help="write to this file or folder instead of standard output")
    writing.add_argument("--output-format", choices=FORMATS, help="what to write, where the name of OUT does not say it")
    writing.add_argument("--table", choices=TABLES, help="the table of a single CSV or Parquet file (default: observations)")
    writing.add_argument("--report", type=Path, metavar="PAGE", help="after -o OUT.jsonl also make an HTML page of it, as "
                         "`extractor report` does")
    writing.add_argument("--with-text", action="store_true", help="carry the text of each article, which offsets refer to")
    writing.add_argument("--plain-csv", action="store_true", help="CSV for programs: without the mark by which spreadsheets "
                         "know UTF-8, and without the apostrophe before texts that they would calculate as formulas")
    writing.add_argument("--indent", type=_width, metavar="N", help="indent the document of a single article by N spaces")
    running = parser.add_argument_group("running")
    running.add_argument("--workers", type=_count, metavar="N", help="processes (default: one for each core; a few articles "
                         "are always read by one). The output is the same for any number")
    again = running.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="go on with an interrupted run of the same command")
    again.add_argument("--overwrite", action="store_true", help="replace OUT, or what is left of an interrupted run")
    parser.add_argument("--explain", action="store_true",
                        help="print every number in its sentence, with the words and rules behind its fields")


def _width(value: str) -> int:
    if not value.isdecimal() or int(value) > 16:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 16, found {value!r}")
    return int(value)


def _count(value: str) -> int:
    if not value.isdecimal() or not int(value):
        raise argparse.ArgumentTypeError(f"expected a number from 1, found {value!r}")
    return int(value)


def run(options: argparse.Namespace) -> int:
    """Read every input and write what it holds; one that cannot be read is named and passed over."""
    from extractor.reading import MAX_BYTES, ReadOptions, parse_shard
    from extractor.running.pool import cores

    columns = {f"{name}_column": getattr(options, f"{name}_column") for name in _COLUMNS}
    reading = ReadOptions(**columns, encoding=options.encoding, format=options.input_format, max_bytes=options.max_bytes or MAX_BYTES,
                          shard=parse_shard(options.shard) if options.shard is not None else None)
    if options.explain:
        from extractor.cli.explain import run as explain

        return explain(options, reading)
    if options.indent is not None and not _is_single(options.files, reading):
        raise ExtractorError("--indent: only for a single article; several are written as JSON Lines")
    workers = options.workers or cores()
    own_patterns(options)  # a mistake in one is told before anything is read
    inputs = Inputs(options.files, reading, workers, options.dedup, options.ask_model)
    if options.output is None:
        for name in ("resume", "overwrite", "output_format", "table", "plain_csv", "report"):
            if getattr(options, name):
                raise ExtractorError(f"--{name.replace('_', '-')}: only with -o")
        return _stream(sys.stdout.buffer if hasattr(sys.stdout, "buffer") else None, options, inputs, workers)
    path = Path(options.output)
    if path.exists() and any(Path(name).exists() and path.samefile(name) for name in options.files):
        raise ExtractorError(f"{path}: is read and cannot be written at the same time")
    if path.exists() and not path.is_file() and not path.is_dir():
        return _to_device(path, options, inputs, workers)
    wanted = output_for(options.output, options.output_format, options.table)
    if options.report is not None and wanted.format != "jsonl":
        raise ExtractorError("--report: is made of JSON Lines, so -o has to end in .jsonl")
    status = _to_output(wanted, options, inputs, workers)
    if options.report is not None:
        from extractor.cli.report import make

        make([path], options.report)
    return status


def _is_single(names: list[str], reading: ReadOptions) -> bool:
    """Whether the inputs are one file that is one article."""
    from extractor.reading.formats import kind_of

    if len(names) > 1 or Path(names[0]).is_dir() or not (names[0] == "-" or Path(names[0]).exists()):
        return False
    return (kind_of(names[0]).format or reading.format) in _ONE_ARTICLE


def _stream(out: BinaryIO | None, options: argparse.Namespace, inputs: Inputs, workers: int) -> int:
    """Documents one after the other to a stream, as they come; errors to the error stream, as they come."""
    from extractor.cli.main import report
    from extractor.running.chunks import CHUNK, chunks
    from extractor.running.errors import problems
    from extractor.running.run import Summary
    from extractor.running.stream import outcomes
    from extractor.running.work import Encode
    from extractor.writing.encode import Encoder, Options

    output = Output(Path(), "standard output", "jsonl", False, False)
    encoder = Encoder(output, Options(options.with_text, indent=options.indent))
    size = (1, CHUNK[1]) if workers == 1 else CHUNK
    total = Summary(0, 0)
    for chunk, outcome in outcomes(chunks(inputs.reads(), size), Encode(encoder, own_patterns(options)), workers):
        for problem in problems(chunk, outcome):
            report(ExtractorError(str(problem)))
        data = outcome.value[""]
        if out is None:
            sys.stdout.write(data.decode())
        else:
            sys.stdout.flush()
            out.write(data)
            out.flush()
        total += Summary(outcome.good, len(chunk.reads) - outcome.good)
    _tell(inputs)
    return total.status


def _to_device(path: Path, options: argparse.Namespace, inputs: Inputs, workers: int) -> int:
    """JSON Lines to a pipe or a device, which keeps nothing that could be gone on with."""
    try:
        with path.open("wb") as out:
            return _stream(out, options, inputs, workers)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExtractorError(f"{path}: cannot be written: {error.strerror or error}") from None


def _tell(inputs: Inputs) -> None:
    """What was found of near-duplicates, on the error stream."""
    from extractor.cli.main import report

    if (line := inputs.summary()) is not None:
        report(ExtractorError(line))


def _to_output(output: Output, options: argparse.Namespace, inputs: Inputs, workers: int) -> int:
    """A run to a file or a folder, which is summed up at its end."""
    from extractor.cli.main import report
    from extractor.reading import Meter
    from extractor.running.errors import sum_up
    from extractor.running.plan import plan_of
    from extractor.running.progress import progress
    from extractor.running.run import run as carry_out
    from extractor.writing.encode import Encoder, Options

    encoder = Encoder(output, Options(options.with_text, options.plain_csv, options.indent,
                                      _is_single(options.files, inputs.reading)))
    try:
        with progress(lambda: Meter(options.files)) as (show, meter):
            plan = plan_of(options.files, inputs.reading, encoder, lambda skip: inputs.reads(skip, meter), workers=workers,
                           resume=options.resume, overwrite=options.overwrite, dedup=inputs.dedup, ask_model=inputs.ask_model, patterns=own_patterns(options))
            summary = carry_out(plan, show)
    except KeyboardInterrupt:
        report(ExtractorError(f"{output.name}: interrupted; go on with --resume"))
        raise
    _tell(inputs)
    if summary.before:
        report(ExtractorError(f"{output.name}: is whole already"))
    elif summary.failed:
        errors = output.beside(".errors.jsonl")
        for line in sum_up(errors):
            report(ExtractorError(line))
        report(ExtractorError(f"{summary.failed:,} of {summary.good + summary.failed:,} could not be read: see {errors}"))
    return summary.status
