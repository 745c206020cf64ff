"""What the cells of a column and its neighbours say of it, and its cells typed (`typed_columns.py`)."""
