"""Articles to annotation tools with what was read in them, and corrected files back as gold for `evaluate`.

``export FORMAT FILE… -o DIR`` reads the articles and writes what the tool imports; ``import FORMAT PATH -o DIR`` writes
NNN.txt and NNN.json in the form of corpus/. Formats: label-studio, doccano, brat.
Exit status: 0 all went well, 1 some articles could not be read or written (each is named), 2 none could.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.cli.own_patterns import add_patterns_option, own_patterns
from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.annotation.task import Task

_FORMATS = {"label-studio": "label_studio", "doccano": "doccano", "brat": "brat"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the two actions and their arguments."""
    parser.add_argument("action", choices=["export", "import"], help="to the tool, or back from it")
    parser.add_argument("format", choices=list(_FORMATS), help="the annotation tool")
    parser.add_argument("files", nargs="+", type=Path, metavar="PATH",
                        help="export: text files or folders; import: what the tool has exported, a file or a folder")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="the folder to write to")
    add_patterns_option(parser)


def run(options: argparse.Namespace) -> int:
    """Carry out the action."""
    from extractor.patterns import load_patterns

    folders = own_patterns(options)
    tool = importlib.import_module(f"extractor.annotation.{_FORMATS[options.format]}")
    act = _export if options.action == "export" else _import
    return act(tool, options, load_patterns(*folders), folders)


def _export(tool: Any, options: argparse.Namespace, patterns: Any, folders: tuple[Path, ...]) -> int:
    from extractor.annotation.files import vocabulary

    count = Count()
    tool.write(count.good(_tasks(options.files, folders)), options.output, vocabulary(patterns))
    print(f"{count.right} articles in {options.output}")
    return count.status()


def _tasks(paths: list[Path], folders: tuple[Path, ...]) -> Iterator[Task | ExtractorError]:
    """The articles with what was read in them. Line ends are made plain first: the tools would change them."""
    from extractor.annotation.task import task_of
    from extractor.api import extract
    from extractor.article.decode import read_text, text_files

    for path in paths:
        try:
            files = text_files(path)
        except ExtractorError as error:
            yield error
            continue
        for file in files:
            try:
                text = read_text(file).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
                yield task_of(text, extract(text, id=file.stem, patterns=folders))
            except ExtractorError as error:
                yield error


def _import(tool: Any, options: argparse.Namespace, patterns: Any, _folders: tuple[Path, ...]) -> int:
    from extractor.annotation.gold_files import write_gold

    read, written = Count(), Count()
    tasks = read.good(task for path in options.files for task in tool.read(path))
    for _ in written.good(write_gold(tasks, options.output, patterns)):
        pass
    print(f"{written.right} articles in {options.output}")
    written.wrong += read.wrong
    return written.status()


class Count:
    """Counts what goes through it, and names on the error stream what is wrong."""

    def __init__(self) -> None:
        self.right = self.wrong = 0

    def good(self, results: Iterator[Any]) -> Iterator[Any]:
        """What is no error."""
        from extractor.cli.main import report

        for result in results:
            if isinstance(result, ExtractorError):
                self.wrong += 1
                report(result)
            else:
                self.right += 1
                yield result

    def status(self) -> int:
        """The exit status."""
        return 0 if not self.wrong else 1 if self.right else 2
