"""`python -m luodi`: the command where its script is not on the path."""

from luodi.cli import app

app(prog_name="luodi")
