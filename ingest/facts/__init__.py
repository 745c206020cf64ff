"""News text → facts with evidence: what each module does is said in its first line; `ingest.figures` is the way in."""
