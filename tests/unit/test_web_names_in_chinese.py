"""Files on the web with Chinese names: addresses, redirects and file names as servers and pages really write them."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from ingest.connectors import http_client
from ingest.connectors.addresses import sendable
from ingest.connectors.http_client import HttpClient
from ingest.home import Home
from ingest.intake import Outcome, list_sources, pull_source
from ingest.landing import landed

AS_OF = dt.date(2026, 11, 5)
Answer = tuple[int, dict[str, bytes], bytes]


class Site:
    """A server on loopback. Headers are bytes: half of the real ones are no ASCII."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.answer_to_head: int | None = None
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, body = site.answers.get(self.path, (404, {}, b"nothing here"))
                if self.command == "HEAD" and site.answer_to_head:
                    status, headers = site.answer_to_head, {}
                lines = {"Content-Length": str(len(body)).encode(), "Connection": b"close", **headers}
                self.wfile.write(f"HTTP/1.1 {status} x\r\n".encode())
                for name, value in lines.items():
                    self.wfile.write(name.encode() + b": " + value + b"\r\n")
                self.wfile.write(b"\r\n" + (body if self.command == "GET" else b""))

            do_HEAD = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Keep the test's output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def pulled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[Outcome, list[str]]]:
    """Pull a county whose origin is given in YAML: how it went, and the names that landed. Nobody waits between two tries."""
    monkeypatch.setenv("LUODI_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setattr(http_client, "HttpClient", partial(HttpClient, wait=lambda _: None))
    home = Home(tmp_path / "home")

    def pull(origin: str) -> tuple[Outcome, list[str]]:
        path = tmp_path / "sources" / "counties" / "410825.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'code: "410825"\norigin:\n  kind: http\n  is_internal: true\n  {origin}\n', encoding="utf-8")
        (source,) = list_sources(home, tmp_path / "no-inbox", "ledger")
        outcome = pull_source(home, source, AS_OF)
        return outcome, [entry.name for entry in landed(home, "ledger", "410825")]

    return pull


def page(text: str, encoding: str = "utf-8") -> Answer:
    return 200, {"Content-Type": b"text/html"}, f"<html><meta charset={encoding}>{text}</html>".encode(encoding)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("http://a.cn/招商/9月台账.xlsx?名=温县", f"http://a.cn/{quote('招商')}/9{quote('月台账')}.xlsx?{quote('名')}={quote('温县')}"),
        ("http://a.cn/a b.xlsx", "http://a.cn/a%20b.xlsx"),
        ("http://例子.cn:81/x", "http://xn--fsqu00a.cn:81/x"),
        ("http://a.cn/%E6%9C%88.xlsx", "http://a.cn/%E6%9C%88.xlsx"),
        ("http://a.cn/%E6月.xlsx", "http://a.cn/%E6%E6%9C%88.xlsx"),
    ],
)  # fmt: skip
def test_an_address_is_sent_in_ascii(written: str, sent: str) -> None:
    assert sendable(written) == sent


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_links_with_chinese_names_are_fetched_and_keep_their_names(
    site: Site, pulled: Callable[[str], tuple[Outcome, list[str]]], encoding: str
) -> None:
    site.answers["/zs/"] = page("<a href='温县9月台账.xlsx'>9月</a><a href='附件 1.xlsx'>附件</a>", encoding)
    site.answers[f"/zs/{quote('温县9月台账.xlsx')}"] = (200, {}, b"september")
    site.answers[f"/zs/{quote('附件 1.xlsx')}"] = (200, {}, b"annex")
    outcome, names = pulled(f"index: {site.url}/zs/")
    assert (outcome["outcome"], sorted(names)) == ("ok", ["温县9月台账.xlsx", "附件 1.xlsx"])


def test_an_address_of_a_yaml_and_a_redirect_may_be_chinese(site: Site) -> None:
    site.answers[f"/{quote('台账')}"] = (302, {"Location": "/新/台账.xlsx".encode()}, b"")
    site.answers[f"/{quote('新')}/{quote('台账')}.xlsx"] = (200, {}, b"moved")
    assert HttpClient(is_internal=True, obeys_robots=False).get(f"{site.url}/台账").body == b"moved"


def test_a_download_is_named_as_the_server_or_the_query_says(
    site: Site, pulled: Callable[[str], tuple[Outcome, list[str]]]
) -> None:
    encoded = f"attachment; filename*=UTF-8''{quote('温县8月台账.xlsx')}".encode()
    site.answers["/dl?id=1"] = (200, {"Content-Disposition": encoded}, b"1")
    site.answers["/dl.do?id=2"] = (200, {"Content-Disposition": 'filename="温县9月台账.xls"'.encode("gb18030")}, b"2")
    site.answers[f"/dl.jsp?f={quote('温县10月台账.xlsx')}"] = (200, {}, b"3")
    site.answers["/a/kept.xlsx"] = (200, {"Content-Disposition": b"attachment; filename=other.xlsx"}, b"4")
    paths = ["dl?id=1", "dl.do?id=2", f"dl.jsp?f={quote('温县10月台账.xlsx')}", "a/kept.xlsx"]
    _, names = pulled("addresses: [" + ", ".join(f'"{site.url}/{path}"' for path in paths) + "]")
    assert sorted(names) == ["kept.xlsx", "温县10月台账.xlsx", "温县8月台账.xlsx", "温县9月台账.xls"]


@pytest.mark.parametrize("answer_to_head", [405, 500, 200])  # refused, broken, or answered without a word of the file
def test_a_download_is_named_by_the_answer_to_get_where_head_names_none(
    site: Site, pulled: Callable[[str], tuple[Outcome, list[str]]], answer_to_head: int
) -> None:
    site.answer_to_head = answer_to_head
    encoded = f"attachment; filename*=UTF-8''{quote('温县8月台账.xlsx')}".encode()
    site.answers["/dl?id=1"] = (200, {"Content-Disposition": encoded}, b"1")
    outcome, names = pulled(f'addresses: ["{site.url}/dl?id=1"]')
    assert (outcome["outcome"], names) == ("ok", ["温县8月台账.xlsx"])


def test_a_file_that_the_server_fails_for_keeps_no_other_from_landing(
    site: Site, pulled: Callable[[str], tuple[Outcome, list[str]]]
) -> None:
    site.answers |= {"/8月.xlsx": (200, {}, b"8"), "/9月.xlsx": (500, {}, b""), "/10月.xlsx": (200, {}, b"10")}
    site.answers = {quote(path): answer for path, answer in site.answers.items()}
    addresses = [f'"{site.url}/{name}.xlsx"' for name in ("8月", "9月", "10月")]
    outcome, names = pulled(f'addresses: [{", ".join(addresses)}, "http://127.0.0.1:9/nobody.xlsx"]')
    assert (outcome["outcome"], outcome["reason_code"]) == ("partial", "busy")
    assert outcome["message"] is not None
    assert "nobody.xlsx" in outcome["message"]
    assert sorted(names) == ["10月.xlsx", "8月.xlsx"]


def test_a_server_that_fails_for_every_file_is_not_asked_for_all(
    site: Site, pulled: Callable[[str], tuple[Outcome, list[str]]]
) -> None:
    site.answers["/zs/"] = page("".join(f"<a href='{number}.xlsx'>x</a>" for number in range(40)))
    site.answers |= {f"/zs/{number}.xlsx": (503, {}, b"") for number in range(40)}
    outcome, names = pulled(f"index: {site.url}/zs/")
    assert (outcome["outcome"], outcome["reason_code"], names) == ("failed", "busy", [])


def test_downloads_that_bear_one_name_are_told_apart(
    site: Site, pulled: Callable[[str], tuple[Outcome, list[str]]]
) -> None:
    site.answers |= {"/dl?id=1": (200, {}, b"1"), "/dl?id=2": (200, {}, b"2")}
    _, names = pulled(f'addresses: ["{site.url}/dl?id=1", "{site.url}/dl?id=2"]')
    assert sorted(names) == ["dl?id=1", "dl?id=2"]


def test_a_page_that_links_to_no_file_any_more_is_told(
    site: Site, pulled: Callable[[str], tuple[Outcome, list[str]]]
) -> None:
    site.answers["/zs/"] = page("<p>网站改版中</p><a href='javascript:void(0)'>下载</a>")
    outcome, _ = pulled(f"index: {site.url}/zs/")
    assert (outcome["outcome"], outcome["reason_code"]) == ("failed", "no_files")
