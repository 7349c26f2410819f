"""From files of any usual kind to a stream of articles.

`read_articles` is all that the rest of the toolkit needs: `sources` finds the files, `formats` chooses the reader of
each by its name, `stream` opens it through its compression, and the readers (`text`, `jsonl`, `tables`, `parquet`,
`pages`, `archives`) give its records one by one. Whatever goes wrong with a file or a record is a `Read` with an error and costs
nothing beside it; memory stays bounded by the largest article that the options admit.
"""

from extractor.reading.meter import Meter
from extractor.reading.read import read_articles
from extractor.reading.records import Read, ReadOptions, parse_shard
from extractor.reading.sources import Source, find_sources
from extractor.reading.unread import finished

__all__ = ["Meter", "Read", "ReadOptions", "Source", "find_sources", "finished", "parse_shard", "read_articles"]
