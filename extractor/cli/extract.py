"""Numbers, targets, officials and places of Vietnamese press articles, as JSON.

One article gives one JSON document, several give JSON Lines: one document per line, in the order of the arguments.
Exit status: 0 all were read, 1 some could not be read (each is named on the error stream), 2 none could.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from extractor.cli.own_patterns import add_patterns_option, own_patterns
from extractor.errors import ExtractorError

_STDIN = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of reading files."""
    parser.add_argument("files", nargs="+", metavar="FILE",
                        help="a text file, a folder (all .txt files below it) or - for standard input")
    parser.add_argument("--indent", type=_width, metavar="N", help="indent the document of a single article by N spaces")
    add_patterns_option(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="write to this file instead of standard output")


def _width(value: str) -> int:
    if not value.isdecimal() or int(value) > 16:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 16, found {value!r}")
    return int(value)


def run(options: argparse.Namespace) -> int:
    """Read every file and write its document; a file that cannot be read is named and passed over."""
    from extractor.cli.main import report

    names: list[str] = options.files
    if options.indent is not None and (len(names) > 1 or Path(names[0]).is_dir()):
        raise ExtractorError("--indent: only for a single article; several are written as JSON Lines")
    good = bad = 0
    patterns = own_patterns(options)
    with _output(options.output, names) as out:
        for document in (d for name in names for d in _documents(name, options.indent, patterns)):
            if isinstance(document, ExtractorError):
                report(document)
                bad += 1
            else:
                out.write(document + "\n")
                out.flush()
                good += 1
    return 0 if not bad else 1 if good else 2


@contextlib.contextmanager
def _output(path: Path | None, inputs: list[str]) -> Iterator[IO[str]]:
    """The stream to write to. An output that is one of the inputs is refused before it is emptied."""
    if path is None:
        yield sys.stdout
        return
    if any(Path(name).exists() and path.exists() and path.samefile(name) for name in inputs):
        raise ExtractorError(f"{path}: is read and cannot be written at the same time")
    try:
        stream = path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise ExtractorError(f"{path}: cannot be written: {error.strerror or error}") from None
    with stream:
        yield stream


def _documents(name: str, indent: int | None, patterns: tuple[Path, ...]) -> Iterator[str | ExtractorError]:
    """The JSON of each article of one argument, or what went wrong with it: one never costs the others."""
    from extractor.article.decode import text_files

    try:
        paths = [None] if name == _STDIN else text_files(Path(name))
    except ExtractorError as error:
        yield error
        return
    for path in paths:
        try:
            yield _document(path, indent, patterns)
        except ExtractorError as error:
            yield error
        except Exception as error:  # a fault of the toolkit in one article must not cost the others either
            yield ExtractorError(f"{path or 'standard input'}: unexpected {type(error).__name__}: {error}")


def _document(path: Path | None, indent: int | None, patterns: tuple[Path, ...]) -> str:
    """The JSON of the file at `path`, or of standard input."""
    from extractor.api import extract
    from extractor.article.decode import decode, read_text

    if path is None:
        return extract(decode(sys.stdin.buffer.read(), "standard input"), patterns=patterns).to_json(indent)
    # the same name whatever encoding the locale has read the arguments in
    name = os.fsencode(path).decode("utf-8", "surrogateescape")
    return extract(read_text(path), id=Path(name).stem, path=name, patterns=patterns).to_json(indent)
