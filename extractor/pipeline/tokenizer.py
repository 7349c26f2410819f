"""The tokens of `extractor.text` as a spaCy tokenizer: every character of the text is kept, and every offset.

spaCy's text is its tokens and the single spaces after them, so all other white space (newlines, a second space, a
no-break space) becomes tokens too. The text that rules match on is in ``token.norm_``.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import spacy.util
from spacy.tokens import Doc

from extractor.draft import Article, Draft
from extractor.errors import ExtractorError
from extractor.patterns import Patterns, load_patterns
from extractor.pipeline.attributes import keep_draft, keep_patterns, set_attribute

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

TOKENIZER: Final = "extractor.Tokenizer.v1"
_PATTERN_FILES: Final = (".toml", ".tsv")


def words_and_spaces(draft: Draft) -> tuple[list[str], list[bool], list[str]]:
    """The text of `draft` as spaCy wants it: tokens, whether a space follows each, and the folded form of each."""
    raw, tokens = draft.text.raw, draft.tokens
    words: list[str] = []
    spaces: list[bool] = []
    norms: list[str] = []
    at = 0

    def gap(end: int) -> None:
        """What stands before the next token: one space belongs to the last token, the rest is a token."""
        between = raw[at:end]
        if words and between.startswith(" ") and not spaces[-1]:
            spaces[-1] = True
            between = between[1:]
        if between:
            words.append(between)
            spaces.append(False)
            norms.append(between)

    for start, end, fold in zip(tokens.start, tokens.end, tokens.text, strict=True):
        start, end = draft.text.raw_span(start, end)
        if start > at:
            gap(start)
        start = max(start, at)
        if end <= start:  # a sign that became two tokens (U+0958): spaCy gets it once
            continue
        words.append(raw[start:end])
        spaces.append(False)
        norms.append(fold)
        at = end
    if at < len(raw):
        gap(len(raw))
    return words, spaces, norms


class ArticleTokenizer:
    """A spaCy tokenizer that reads with the patterns of the toolkit and of `patterns`, folders of the user's own."""

    def __init__(self, vocab: Vocab, patterns: Sequence[str] = ()) -> None:
        self.vocab = vocab
        self.folders = [Path(folder) for folder in patterns]
        self._patterns: Patterns | None = None

    def __reduce__(self) -> tuple[type[ArticleTokenizer], tuple[Vocab, list[str]]]:
        return ArticleTokenizer, (self.vocab, [str(folder) for folder in self.folders])

    @property
    def patterns(self) -> Patterns:
        """The patterns, read when they are first needed."""
        if self._patterns is None:
            for folder in self.folders:
                if not folder.is_dir():
                    raise ExtractorError(f"{folder}: the folder of patterns that this pipeline was made with is not there")
            self._patterns = load_patterns(*self.folders)
        return self._patterns

    def __call__(self, text: str) -> Doc:
        """The Doc of `text`; ``doc.text == text``. `ExtractorError` for half of a surrogate pair, which spaCy refuses."""
        draft = Draft(Article(text), self.patterns)
        words, spaces, norms = words_and_spaces(draft)
        try:
            doc = Doc(self.vocab, words=words, spaces=spaces)
            add = self.vocab.strings.add
            if words:
                set_attribute(doc, "NORM", np.array([add(norm) for norm in norms], dtype=np.uint64))
        except UnicodeEncodeError:
            at = next(i for i, c in enumerate(text) if "\ud800" <= c <= "\udfff")
            raise ExtractorError(f"text: character {at} is half of a surrogate pair, which spaCy can't hold") from None
        keep_draft(doc, draft)
        keep_patterns(doc, [str(folder) for folder in self.folders])
        return doc

    def pipe(self, texts: Iterable[str], **_: Any) -> Iterable[Doc]:
        """The Docs of `texts`, one after the other."""
        return map(self, texts)

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the user's own pattern files below `path`, so that the pipeline can be taken elsewhere."""
        for number, folder in enumerate(self.folders):
            for file in sorted(folder.rglob("*")):
                if file.suffix in _PATTERN_FILES:
                    target = Path(path) / str(number) / file.relative_to(folder)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(file, target)

    def from_disk(self, path: str | Path, **_: Any) -> ArticleTokenizer:
        """Read what `to_disk` has written."""
        written = [Path(path) / str(number) for number in range(len(self.folders))]
        if written and all(folder.is_dir() for folder in written):
            self.folders, self._patterns = written, None
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing: the configuration of the pipeline says where the pattern folders are."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> ArticleTokenizer:
        """The tokenizer as it is."""
        return self


def create_tokenizer(patterns: list[str] | None = None) -> Callable[[Language], ArticleTokenizer]:
    """What spaCy's configuration calls: `patterns` are paths of folders; the result makes the tokenizer of a pipeline."""

    def factory(nlp: Language) -> ArticleTokenizer:
        # spaCy's limit is for models that need much memory per character; here it would only refuse long texts.
        nlp.max_length = sys.maxsize
        return ArticleTokenizer(nlp.vocab, patterns or ())

    return factory


spacy.util.registry.tokenizers.register(TOKENIZER, func=create_tokenizer)
