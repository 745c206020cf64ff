"""What a table is about: projects, trips, problems, summaries; and what is special to each but projects (`ledger_kind.py`)."""
