"""What the texts of a header mean: field, unit, scope, period (`interpretation.py`)."""
