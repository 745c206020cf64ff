"""dbt runs, publication, reading the published copy, run records."""
