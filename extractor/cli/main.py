"""Choose and run a command: a word of `COMMANDS` as the first argument, else the reading of files.

A command is a module with ``configure(parser)`` and ``run(arguments) -> exit status``. It is imported only when it is
called, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Mapping, Sequence

from extractor.errors import ExtractorError
from extractor.version import __version__

COMMANDS: Mapping[str, str] = {
    "schema": "print the JSON Schema of the documents that come out",
    "evaluate": "score the extractor on a folder of annotated articles",
    "patterns": "check pattern files and run their examples",
    "panel": "make a table of places and periods of documents that were written before",
    "report": "make one HTML page of documents that were written before",
    "annotate": "export to Label Studio, doccano, brat; import corrected files as gold",
    "diff": "compare two outputs record by record",
}
_READ = "extract"
_ERROR, _INTERRUPTED, _BROKEN_PIPE = 2, 130, 141

_EPILOG = "commands (write ./schema for a file of such a name):\n" + "\n".join(
    f"  extractor {name + ' …':14} {text}" for name, text in COMMANDS.items())


def build_parser(command: str | None) -> argparse.ArgumentParser:
    """The parser of one command, or with None that of reading files; ``arguments.run`` is what carries it out."""
    module = importlib.import_module(f"extractor.cli.{command or _READ}")
    parser = argparse.ArgumentParser(
        prog=f"extractor {command}" if command else "extractor", description=module.__doc__,
        epilog=None if command else _EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)
    if command is None:
        parser.add_argument("--version", action="version", version=f"extractor {__version__}")
    module.configure(parser)
    parser.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv` (without the program's name) and return the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _use_utf8()
    command = arguments.pop(0) if arguments and arguments[0] in COMMANDS else None
    options = build_parser(command).parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except ExtractorError as error:
        report(error)
        return _ERROR
    except BrokenPipeError:
        # whoever read our output has seen enough; Python must not complain when it closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except KeyboardInterrupt:
        return _INTERRUPTED


def report(error: ExtractorError) -> None:
    """One line on the error stream."""
    print(f"extractor: {' '.join(str(error).split())}", file=sys.stderr, flush=True)


def _use_utf8() -> None:
    """Write UTF-8 whatever the locale says; what UTF-8 cannot hold (parts of odd file names) comes out escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
