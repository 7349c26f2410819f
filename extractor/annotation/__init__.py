"""Annotation tools: articles go out with the extraction as pre-annotation, corrected files come back as gold.

`task` is what all formats share, one module per format writes and reads it, `gold_files` makes it the form of corpus/.
"""
