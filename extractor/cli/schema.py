"""Print the JSON Schema (draft 2020-12) of the documents that come out."""

from __future__ import annotations

import argparse
import json


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command: it has none."""


def run(_options: argparse.Namespace) -> int:
    """Print the schema."""
    from extractor.schema import json_schema

    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0
