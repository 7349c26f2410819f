"""From characters to tokens and sentences, and back to the offsets of the text as given."""
