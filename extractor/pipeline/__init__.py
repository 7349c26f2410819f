"""The toolkit as a spaCy pipeline, with a tokenizer for Vietnamese press text and one component per step.

>>> nlp = build()
>>> nlp.pipe_names  # doctest: +ELLIPSIS
['extractor_sections', 'extractor_periods', ..., 'extractor_finish']
>>> doc = nlp("Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm 4,23%.")
>>> [(span.text, span.label_, span.id_) for span in doc.spans["quantities"]]
[('4,23%', 'percent', 'o1')]
>>> doc._.extraction.percentages[0].role
'change'

What is known about an article from outside goes in beside its text: ``nlp.pipe([(article.text, article)],
as_tuples=True)``, or ``doc = nlp.make_doc(text)``, ``doc._.article = article``, ``nlp(doc)``. A component of the user's
own (``nlp.add_pipe("mine", after="extractor_places")``) finds the article in the making in ``doc._.draft``.
"""

from __future__ import annotations

from extractor.pipeline.components import FACTORIES, StepComponent
from extractor.pipeline.language import build
from extractor.pipeline.tokenizer import ArticleTokenizer, create_tokenizer

__all__ = ["FACTORIES", "ArticleTokenizer", "StepComponent", "build", "create_tokenizer"]
