"""`build`: the whole pipeline as a spaCy `Language`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.patterns import Folders, user_folders
from extractor.pipeline.components import FACTORIES
from extractor.pipeline.tokenizer import TOKENIZER

if TYPE_CHECKING:
    from spacy.language import Language


def build(patterns: Folders = None) -> Language:
    """A spaCy pipeline for Vietnamese with the toolkit's tokenizer and one component per step.

    ``patterns`` are folders of pattern files of the user's own, which add to those of the toolkit; they are written
    with the pipeline by ``nlp.to_disk``. The language is spaCy's own "vi", whose default tokenizer (that of the
    package pyvi) is never made.
    """
    import spacy

    folders = [str(folder.resolve()) for folder in user_folders(patterns)]
    tokenizer = {"@tokenizers": TOKENIZER, "patterns": folders}
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": tokenizer}})
    for name in FACTORIES:
        nlp.add_pipe(name)
    return nlp
