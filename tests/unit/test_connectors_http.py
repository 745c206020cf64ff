"""The HTTP client and what stands on it, against real local servers: the good, the slow, the big and the sly."""

from __future__ import annotations

import datetime as dt
import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ingest.connectors import addresses
from ingest.connectors.addresses import is_public
from ingest.connectors.base import SourceError
from ingest.connectors.http_client import HttpClient, HttpLimits
from ingest.connectors.http_files import links_of
from ingest.home import Home
from ingest.intake import Outcome, list_sources, pull_source
from ingest.landing import landed, read_object

AS_OF = dt.date(2026, 11, 5)
Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A web server on loopback whose answers a test writes; it remembers what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
                site.answers.get(self.path, plain(b"nothing here", status=404))(self)

            do_HEAD = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Keep the test's output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


def plain(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if headers.get("etag") and handler.headers.get("If-None-Match") == headers["etag"]:
            handler.send_response(304)
            handler.end_headers()
            return
        handler.send_response(status)
        for name, value in {"content-length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        if handler.command == "GET":
            handler.wfile.write(body)

    return answer


def moved(url: str) -> Answer:
    return plain(b"", 302, location=url)


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.server.shutdown()
    found.server.server_close()


def client(**settings: object) -> HttpClient:
    defaults: dict[str, object] = {
        "is_internal": True,
        "limits": HttpLimits(2.0, 1 << 20, 1 << 20),
        "wait": lambda _: None,
    }
    return HttpClient(**(defaults | settings))  # type: ignore[arg-type]


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(SourceError) as caught:
        call()
    assert str(caught.value)
    return caught.value.code


def test_a_page_with_redirects_and_compression(site: Site) -> None:
    site.answers["/a"] = moved("/b")
    site.answers["/b"] = plain(gzip.compress("招商".encode()), content_encoding="gzip")
    answer = client().get(f"{site.url}/a")
    assert (answer.url, answer.body.decode()) == (f"{site.url}/b", "招商")


@pytest.mark.parametrize("address", ["/loop", "/long0"])
def test_redirect_loops_and_chains_end(site: Site, address: str) -> None:
    site.answers["/loop"] = moved("/loop")
    for number in range(9):
        site.answers[f"/long{number}"] = moved(f"/long{number + 1}")
    assert code_of(lambda: client().get(site.url + address)) == "redirects"


def test_loopback_and_private_addresses_are_refused_on_every_hop(site: Site) -> None:
    public_names = {"news.example": ["127.0.0.1"]}
    assert code_of(lambda: client(is_internal=False).get(f"{site.url}/")) == "not_allowed"
    sly = client(is_internal=False, resolve=lambda host, _: public_names.get(host, [host]))
    assert code_of(lambda: sly.get("http://news.example/")) == "not_allowed"
    assert site.asked == []


def test_a_redirect_to_the_inside_is_refused_where_the_connection_is_made(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host counts as public here, as no test may reach the real internet."""

    site.answers["/"] = moved("http://127.0.0.2:9/secret")
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    assert code_of(lambda: client(is_internal=False).get(f"{site.url}/")) == "not_allowed"


def test_a_name_that_changes_its_answer_is_asked_once_a_connection_and_checked_then(site: Site) -> None:
    answers = iter([["93.184.216.34", "10.0.0.1"], ["169.254.169.254"]])
    rebinding = client(is_internal=False, resolve=lambda *_: next(answers), obeys_robots=False)
    assert code_of(lambda: rebinding.get("http://rebind.example/")) == "not_allowed"
    assert code_of(lambda: rebinding.get("http://rebind.example/")) == "not_allowed"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.com/", "gopher://x", "http://", "http://[::1", "nonsense"]
)
def test_only_the_web(url: str) -> None:
    assert code_of(lambda: client().get(url)) in ("not_allowed", "bad_address")


def test_a_redirect_to_a_file_is_refused(site: Site) -> None:
    site.answers["/"] = moved("file:///etc/passwd")
    assert code_of(lambda: client().get(f"{site.url}/")) == "not_allowed"


def drip(handler: BaseHTTPRequestHandler, head: bool) -> None:
    if not head:
        handler.send_response(200)
        handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: y"[:1] if head else b"x")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


@pytest.mark.parametrize("head", [True, False])
def test_a_server_that_drips_or_hangs_ends_at_the_deadline(site: Site, head: bool) -> None:
    site.answers["/drip"] = lambda handler: drip(handler, head)
    started = time.monotonic()
    hasty = client(limits=HttpLimits(0.4), obeys_robots=False)
    assert code_of(lambda: hasty.get(f"{site.url}/drip")) in ("timeout", "unreachable")
    assert time.monotonic() - started < 2


def test_a_name_that_never_resolves_ends_at_the_deadline() -> None:
    stuck = threading.Event()
    hasty = client(limits=HttpLimits(0.2), resolve=lambda *_: [str(stuck.wait(5))], obeys_robots=False)
    assert code_of(lambda: hasty.get("http://slow.example/")) == "timeout"
    stuck.set()


def test_bytes_are_counted_while_they_stream(site: Site) -> None:
    site.answers["/bomb"] = plain(gzip.compress(b"\0" * (200 << 20)), content_encoding="gzip")
    site.answers["/big"] = plain(b"x" * (2 << 20))
    assert code_of(lambda: client().get(f"{site.url}/bomb")) == "too_large"
    assert code_of(lambda: client().get(f"{site.url}/big")) == "too_large"


def test_an_answer_that_breaks_off_is_no_answer(site: Site) -> None:
    site.answers["/short"] = plain(b"half", content_length="100")
    site.answers["/gz"] = plain(gzip.compress(b"whole" * 99)[:-12], content_encoding="gzip")
    assert code_of(lambda: client().get(f"{site.url}/short")) == "unreachable"
    assert code_of(lambda: client().get(f"{site.url}/gz")) == "truncated"


def test_a_busy_server_is_asked_again_and_then_left_alone(site: Site) -> None:
    pauses: list[float] = []
    site.answers["/busy"] = plain(b"", 503)
    assert code_of(lambda: client(wait=pauses.append, obeys_robots=False).get(f"{site.url}/busy")) == "busy"
    assert (len(site.asked), len(pauses)) == (3, 2)
    assert pauses[0] < pauses[1]
    site.answers["/later"] = plain(b"", 429, retry_after="3600")
    assert code_of(lambda: client(obeys_robots=False).get(f"{site.url}/later")) == "busy"
    assert site.paths().count("/later") == 1


def test_robots_and_distance_are_kept(site: Site) -> None:
    pauses: list[float] = []
    site.answers["/robots.txt"] = plain(b"User-agent: *\nDisallow: /private/\n")
    site.answers["/ok"] = plain(b"ok")
    polite = client(wait=pauses.append, seconds_between_requests=0.5)
    polite.get(f"{site.url}/ok")
    polite.get(f"{site.url}/ok")
    assert code_of(lambda: polite.get(f"{site.url}/private/x")) == "robots"
    assert len(pauses) == 1
    assert site.paths() == ["/ok", "/ok"]


def test_a_login_does_not_follow_a_redirect_to_another_host(site: Site) -> None:
    other = Site()
    other.answers["/"] = plain(b"other")
    site.answers["/"] = moved(f"{other.url}/")
    client(headers={"Authorization": "Basic c2VjcmV0"}, obeys_robots=False).get(f"{site.url}/")
    assert site.asked[0][1]["authorization"] == "Basic c2VjcmV0"
    assert "authorization" not in other.asked[0][1]
    other.server.shutdown()
    other.server.server_close()


def test_links_are_absolute_each_once_and_only_of_the_web() -> None:
    page = (
        "<a href='1.html'>一</a><a href='1.html#x'>再</a><a href='javascript:void(0)'>无</a><a href='http://[bad'>坏</a>"
        "<ul class=list><li><a href='/2.html'>二</a></li></ul>"
    )
    assert list(links_of(page, "https://example.com/a/")) == [
        "https://example.com/a/1.html",
        "https://example.com/2.html",
    ]
    assert list(links_of(page, "https://example.com/a/", ".list li")) == ["https://example.com/2.html"]


# Sources that stand on the client


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    def write(name: str, content: str) -> None:
        path = tmp_path / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    monkeypatch.setenv("LUODI_SOURCES", str(tmp_path / "sources"))
    return write


def pull(home: Home, tmp_path: Path, kind: str) -> Outcome:
    (source,) = list_sources(home, tmp_path / "no-inbox", kind)
    return pull_source(home, source, AS_OF)


def feed_yaml(kind: str, url: str, more: str = "") -> str:
    return (
        f"id: dahe\nname: 大河\norigin:\n  kind: {kind}\n  url: {url}\n  is_internal: true\n"
        f"  seconds_between_requests: 0\n{more}"
    )


def article(number: int) -> bytes:
    return (
        f"<html><title>第{number}篇</title><body><p>签约项目{number}个，总投资{number}亿元。</p></body></html>".encode()
    )


def rss(site: Site, count: int) -> bytes:
    items = "".join(f"<item><title>第{n}篇</title><link>{site.url}/{n}.html</link></item>" for n in range(count))
    return f"<rss><channel><title>大河</title>{items}</channel></rss>".encode()


def test_a_feed_is_followed_and_only_new_articles_are_fetched(
    site: Site, home: Home, tmp_path: Path, configured: Callable[[str, str], None]
) -> None:
    configured("feeds/dahe.yml", feed_yaml("rss", f"{site.url}/rss"))
    site.answers |= {f"/{n}.html": plain(article(n)) for n in range(4)}
    site.answers["/rss"] = plain(rss(site, 2), etag='"1"')
    outcome = pull(home, tmp_path, "news")
    assert (outcome["outcome"], outcome["files_seen"], outcome["files_new"]) == ("ok", 2, 2)
    assert [read_object(home, entry.sha256) for entry in landed(home, "news", "dahe")] == [article(0), article(1)]
    assert landed(home, "news", "dahe")[0].name == f"{site.url}/0.html"
    assert read_object(home, landed(home, "index", "dahe")[0].sha256) == rss(site, 2)

    assert pull(home, tmp_path, "news")["outcome"] == "not_modified"
    site.answers["/rss"] = plain(rss(site, 4), etag='"2"')
    site.asked.clear()
    assert pull(home, tmp_path, "news")["files_new"] == 2
    assert site.paths() == ["/rss", "/2.html", "/3.html"]


def test_an_article_that_fails_is_told_and_fetched_next_time(
    site: Site, home: Home, tmp_path: Path, configured: Callable[[str, str], None]
) -> None:
    configured("feeds/dahe.yml", feed_yaml("rss", f"{site.url}/rss"))
    site.answers |= {"/rss": plain(rss(site, 2), etag='"1"'), "/0.html": plain(article(0))}
    outcome = pull(home, tmp_path, "news")
    assert (outcome["outcome"], outcome["reason_code"], outcome["files_new"]) == ("partial", "http_status", 1)
    site.answers["/1.html"] = plain(article(1))
    outcome = pull(home, tmp_path, "news")
    assert (outcome["outcome"], outcome["files_new"]) == ("ok", 1)


def test_an_error_page_is_a_failure_and_a_shrunken_feed_a_warning(
    site: Site, home: Home, tmp_path: Path, configured: Callable[[str, str], None]
) -> None:
    configured("feeds/dahe.yml", feed_yaml("rss", f"{site.url}/rss"))
    site.answers |= {f"/{n}.html": plain(article(n)) for n in range(6)}
    site.answers["/rss"] = plain(rss(site, 6))
    assert pull(home, tmp_path, "news")["outcome"] == "ok"
    site.answers["/rss"] = plain("<html><body>系统维护中</body></html>".encode())
    outcome = pull(home, tmp_path, "news")
    assert (outcome["outcome"], outcome["reason_code"]) == ("failed", "not_a_feed")
    site.answers["/rss"] = plain(rss(site, 2))
    outcome = pull(home, tmp_path, "news")
    assert (outcome["outcome"], outcome["reason_code"]) == ("partial", "shrunken")


def test_a_sitemap_and_a_list_page_name_articles(
    site: Site, home: Home, tmp_path: Path, configured: Callable[[str, str], None]
) -> None:
    site.answers |= {f"/{n}.html": plain(article(n)) for n in range(3)}
    site.answers["/index.xml"] = plain(
        f"<sitemapindex><sitemap><loc>{site.url}/s.xml</loc></sitemap></sitemapindex>".encode()
    )
    urls = "".join(f"<url><loc>{site.url}/{n}.html</loc><lastmod>2026-10-0{n + 1}</lastmod></url>" for n in range(3))
    site.answers["/s.xml"] = plain(f'<?xml version="1.0"?><urlset>{urls}</urlset>'.encode())
    configured("feeds/dahe.yml", feed_yaml("sitemap", f"{site.url}/index.xml", "  include: '/[12]\\.html'\n"))
    assert pull(home, tmp_path, "news")["files_new"] == 2
    assert [entry.name[-6:] for entry in landed(home, "news", "dahe")] == ["2.html", "1.html"]
    site.answers["/list"] = plain("<div class=l><a href='0.html'>第0篇</a></div><a href='/nav'>导航</a>".encode())
    configured("feeds/dahe.yml", feed_yaml("list_page", f"{site.url}/list", "  link_selector: .l a\n"))
    assert pull(home, tmp_path, "news")["files_new"] == 1
    configured("feeds/dahe.yml", feed_yaml("list_page", f"{site.url}/list", "  link_selector: .gone a\n"))
    assert pull(home, tmp_path, "news")["reason_code"] == "no_links"


def test_ledgers_at_web_addresses_land_when_they_change(
    site: Site, home: Home, tmp_path: Path, configured: Callable[[str, str], None]
) -> None:
    configured(
        "counties/530102.yml",
        f'code: "530102"\norigin:\n  kind: http\n  index: {site.url}/out/\n  patterns: ["*.csv"]\n  is_internal: true\n',
    )
    site.answers["/out/"] = plain(
        b"<a href='../'>up</a><a href='3.csv'>3</a><a href='sub/4.csv'>4</a><a href='x.txt'>x</a>"
    )
    stamp = {"last_modified": "Wed, 01 Apr 2026 00:00:00 GMT"}
    site.answers |= {
        "/out/3.csv": plain(b"march", **stamp),
        "/out/sub/4.csv": plain(b"april", **stamp),
        "/out/x.txt": plain(b""),
    }
    outcome = pull(home, tmp_path, "ledger")
    assert (outcome["files_new"], outcome["outcome"]) == (2, "ok")
    assert [entry.name for entry in landed(home, "ledger", "530102")] == ["3.csv", "sub/4.csv"]
    site.answers["/out/3.csv"] = plain(b"MARCH", last_modified="Thu, 02 Apr 2026 00:00:00 GMT")
    assert pull(home, tmp_path, "ledger")["new_files"] == ["3.csv"]


def test_a_source_that_is_down_is_an_outcome(
    home: Home, tmp_path: Path, configured: Callable[[str, str], None]
) -> None:
    configured("feeds/dahe.yml", feed_yaml("rss", "http://127.0.0.1:9/rss"))
    outcome = pull(home, tmp_path, "news")
    assert (outcome["outcome"], outcome["reason_code"], outcome["files_new"]) == ("failed", "unreachable", 0)
