"""From bytes that landed to typed, traceable rows. Imports no Airflow, no dbt, no Great Expectations."""
