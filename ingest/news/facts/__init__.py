"""News text → facts with evidence: what each module does is said in its first line; `ingest.news.figures` is the way in."""
