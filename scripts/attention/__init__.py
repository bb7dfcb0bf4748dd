"""Measures and trains what `lessons/data/` holds. Run by `scripts/author-attention`, never by the build or in CI."""
