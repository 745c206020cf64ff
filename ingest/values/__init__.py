"""What the text of one cell is worth: amounts, dates, stages, shares, or a reason why not (`cell_values.py`)."""
