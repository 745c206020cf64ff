"""The command line, the DAGs run in process, and the service."""
