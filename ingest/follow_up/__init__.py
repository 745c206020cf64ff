"""Returned follow-up workbooks → events and decisions (`follow_up_reader.py`)."""
