"""From bytes to an article: decoding, its parts, and what it prints about itself."""
