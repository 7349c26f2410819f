"""The version of the toolkit, written into every document."""

__version__ = "0.1.0"
