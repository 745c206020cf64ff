"""A county's table file from its bytes to accepted and rejected rows, printed or put into the lake (`ledger.py`)."""
