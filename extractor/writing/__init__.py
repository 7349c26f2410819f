"""Outputs by the ending of their name: JSON, JSON Lines, CSV, Parquet, DuckDB.

`outputs` says what a name asks for; `encode` turns extractions into bytes of that format (in the worker processes);
`appended`, `parts` put these bytes on the disk in steps that an interruption cannot tear; `finish` makes the finished
files out of them and gives them their names.
"""
