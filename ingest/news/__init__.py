"""A page or a feed → clean articles → facts with evidence (`articles.py`, `figures.py`)."""
