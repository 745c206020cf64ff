"""Where the tables of a sheet stand: blocks of headers, forms, lists side by side or gone on with (`tables.py`)."""
