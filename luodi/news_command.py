"""`luodi news read`: what the extractor makes of articles, for people or as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from ingest.formats.sheet import Refusal
from ingest.news.figures import ArticleText, explain_facts

app = typer.Typer(no_args_is_help=True, help="新闻 news articles")

REFUSED = 2


@app.callback()
def news() -> None:
    """新闻 news articles."""


@app.command()
def read(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH…", help="网页、文本、.jsonl、RSS、文件夹 pages, texts, feeds, folders"),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="每篇一行 JSON one line an article")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="每个数认成了什么、为什么不收 each match and each refusal with its reason")
    ] = False,
    home: Annotated[
        str | None, typer.Option("--region", metavar="CODE", help="“我市”“全县”指哪里 what 我市 and 全县 mean")
    ] = None,
) -> None:
    """读新闻，列出其中的数字和项目，并附原句。
    List the figures and projects of articles, with the sentence each came from.

    Exit code 0 where every article was read, 2 where one was refused or a path is not there.
    """
    from ingest.news.news_output import article_line, explain_line, print_article
    from luodi.paths_given import there

    given, paths = paths, there(paths, folders=True)
    refused = len(paths) < len(given)
    console, errors = Console(), Console(stderr=True)
    for path in _files(paths):
        for article in articles_of(path, home):
            if isinstance(article, Refusal):
                refused = True
                errors.print(f"{path}: {article.message}", markup=False)
                continue
            facts, trace = explain_facts(article)
            if not as_json:
                print_article(console, article, facts, trace if explain else None)
                continue
            line = article_line(article.article_id, facts)
            typer.echo(json.dumps(line | explain_line(trace) if explain else line, ensure_ascii=False))
    raise typer.Exit(REFUSED if refused else 0)


def articles_of(path: Path, home: str | None) -> Iterator[ArticleText | Refusal]:
    """The articles of one file. Records of a `.jsonl` are taken as they are: their text and date are given."""
    data = path.read_bytes()
    if path.suffix.lower() == ".jsonl":
        yield from _records(data, home)
        return
    from ingest.news.articles import Unread
    from ingest.news.news_files import read_articles

    for reading in read_articles(data, str(path)):
        if isinstance(reading, Unread):
            yield reading.refusal
        else:
            yield ArticleText(
                reading.given_id or path.stem,
                reading.title or "",
                reading.text,
                reading.published_on,
                reading.url or "",
                reading.source_name or "",
                home,
            )


def _records(data: bytes, home: str | None) -> Iterator[ArticleText | Refusal]:
    for number, line in enumerate(data.decode("utf-8-sig", "replace").split("\n"), start=1):
        if line.strip():
            yield _record(line, number, home)


def _record(line: str, number: int, home: str | None) -> ArticleText | Refusal:
    from ingest.news.json_record import load_record
    from ingest.news.page_dates import parse_published

    try:
        record: Any = load_record(line)
    except (json.JSONDecodeError, RecursionError) as problem:
        return Refusal("not_json", f"第{number}行不是 JSON。 Line {number} is not JSON: {problem}")
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return Refusal("no_text", f"第{number}行没有 text。 Line {number} has no text.")
    published = parse_published(str(record["published"])) if record.get("published") else None
    return ArticleText(
        str(record.get("id") or f"line-{number}"),
        str(record.get("title") or ""),
        record["text"],
        published.on if published else None,
        str(record.get("url") or ""),
        str(record.get("source") or ""),
        home,
    )


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (inside for inside in sorted(path.rglob("*")) if inside.is_file() and inside.name[0] != ".")
        else:
            yield path
