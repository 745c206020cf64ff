"""What each row below a header is: record, heading, total, note; and what headings say of their records (`row_roles.py`)."""
