"""Any table file → sheets of addressed cells: one module a format, told by bytes and never by names (`workbook.py`)."""
