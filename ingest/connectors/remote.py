"""Files on servers through fsspec: SFTP, S3-compatible stores, WebDAV.

Credentials come as a plain mapping (`host port login password` and the extras), as an Airflow connection holds them; whoever
calls resolves the connection's name. Nothing here knows Airflow.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import email.utils
import posixpath
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, BinaryIO, cast

from ingest.connectors.base import Offered, SourceError

_CONNECT_SECONDS = 20
_MOST_FILES = 100_000

Credentials = Mapping[str, Any]


class RemoteConnector:
    """All files below a folder of an fsspec file system."""

    def __init__(self, kind: str, path: str, credentials: Credentials) -> None:
        self._kind = kind
        self._credentials = credentials
        self._root = path.strip("/") if kind == "s3" else "/" + path.strip("/")
        self._opened: Any = None

    def look(self) -> list[Offered]:
        """All files now, with size and modification time as the server tells them."""
        with _said_plainly(self._kind, self._root):
            files = self._fs().find(self._root, detail=True)
        if len(files) > _MOST_FILES:
            raise SourceError("too_many_files", f"文件过多 more than {_MOST_FILES} files: {self._root}")
        return sorted(
            (self._offer(path, info) for path, info in files.items() if _is_file(info)), key=lambda each: each.name
        )

    def open(self, offered: Offered) -> AbstractContextManager[BinaryIO]:
        """The bytes of one file as they stream."""
        with _said_plainly(self._kind, offered.name):
            opened = self._fs().open(offered.handle, "rb")
        return cast(AbstractContextManager[BinaryIO], _Stream(opened, self._kind, offered.name))

    def _fs(self) -> Any:
        if self._opened is None:
            self._opened = _FILE_SYSTEMS[self._kind](self._credentials)
        return self._opened

    def _offer(self, path: str, info: Mapping[str, Any]) -> Offered:
        root, inside = self._root.strip("/"), path.strip("/")
        name = posixpath.relpath(inside, root) if root else inside
        size = info.get("size", info.get("content_length"))
        return Offered(name, int(size) if size is not None else None, _modified_ns(info), path)


class _Stream:
    """An open file whose reading errors are said plainly, too."""

    def __init__(self, opened: Any, kind: str, name: str) -> None:
        self._opened, self._kind, self._name = opened, kind, name

    def read(self, size: int = -1) -> bytes:
        with _said_plainly(self._kind, self._name):
            return bytes(self._opened.read(size))

    def __enter__(self) -> _Stream:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(Exception):
            self._opened.close()


def _is_file(info: Mapping[str, Any]) -> bool:
    return info.get("type") == "file"


def _modified_ns(info: Mapping[str, Any]) -> int | None:
    found = next((info[key] for key in ("mtime", "LastModified", "modified", "last_modified") if info.get(key)), None)
    if isinstance(found, str):
        with contextlib.suppress(ValueError):
            found = email.utils.parsedate_to_datetime(found)
    if isinstance(found, dt.datetime):
        aware = found if found.tzinfo else found.replace(tzinfo=dt.timezone.utc)  # noqa: UP017
        return int(aware.timestamp()) * 10**9
    return int(found) * 10**9 if isinstance(found, int | float) else None


def _extra(credentials: Credentials, key: str) -> Any:
    """An extra of the connection: beside the other values, or under `extra`."""
    return credentials.get(key) or (credentials.get("extra") or {}).get(key)


def _sftp(credentials: Credentials) -> Any:
    import paramiko
    from fsspec.implementations.sftp import SFTPFileSystem

    class KnownHostSftp(SFTPFileSystem):  # type: ignore[misc]
        """SFTP to the host whose key the connection states; a host that shows another is refused before any login."""

        cachable = False

        def _connect(self) -> None:
            self.client = paramiko.SSHClient()
            self.client.set_missing_host_key_policy(paramiko.RejectPolicy())
            name = self.host if self.ssh_kwargs["port"] == 22 else f"[{self.host}]:{self.ssh_kwargs['port']}"
            for kind, key in _host_keys(str(_extra(credentials, "host_key") or "")):
                self.client.get_host_keys().add(name, kind, paramiko.PKey.from_type_string(kind, base64.b64decode(key)))
            self.client.connect(self.host, **self.ssh_kwargs)
            self.ftp = self.client.open_sftp()

    if not _extra(credentials, "host_key"):
        raise SourceError(
            "no_host_key",
            "SFTP 连接的 extra 里缺少 host_key（服务器公钥，如 ssh-ed25519 AAAA…），无法确认对方身份。 "
            "The SFTP connection has no host_key in its extra (e.g. ssh-ed25519 AAAA…): the server can't be told from an impostor.",
        )
    return KnownHostSftp(
        credentials["host"],
        port=int(credentials.get("port") or 22),
        username=credentials.get("login"),
        password=credentials.get("password"),
        key_filename=_extra(credentials, "key_file"),
        timeout=_CONNECT_SECONDS,
        banner_timeout=_CONNECT_SECONDS,
        auth_timeout=_CONNECT_SECONDS,
        allow_agent=False,
        look_for_keys=False,
    )


def _host_keys(stated: str) -> Iterator[tuple[str, str]]:
    """Kind and key of every line, with or without the host in front, as `ssh-keyscan` prints them."""
    for line in stated.splitlines():
        parts = line.split()
        at = next((n for n, part in enumerate(parts) if part.startswith(("ssh-", "ecdsa-"))), None)
        if at is not None and at + 1 < len(parts):
            yield parts[at], parts[at + 1]


def _s3(credentials: Credentials) -> Any:
    import s3fs

    return s3fs.S3FileSystem(
        key=credentials.get("login"),
        secret=credentials.get("password"),
        endpoint_url=_extra(credentials, "endpoint_url"),
        client_kwargs={"region_name": _extra(credentials, "region_name") or "us-east-1"},
        config_kwargs={"connect_timeout": _CONNECT_SECONDS, "read_timeout": _CONNECT_SECONDS * 3},
        use_listings_cache=False,
        skip_instance_cache=True,
    )


def _webdav(credentials: Credentials) -> Any:
    from webdav4.fsspec import WebdavFileSystem

    scheme = _extra(credentials, "scheme") or "https"
    port = f":{credentials['port']}" if credentials.get("port") else ""
    base = f"{scheme}://{credentials['host']}{port}/{str(_extra(credentials, 'base_path') or '').strip('/')}"
    login = (credentials.get("login"), credentials.get("password")) if credentials.get("login") else None
    return WebdavFileSystem(base, auth=login, timeout=_CONNECT_SECONDS, skip_instance_cache=True)


_FILE_SYSTEMS = {"sftp": _sftp, "s3": _s3, "webdav": _webdav}


@contextlib.contextmanager
def _said_plainly(kind: str, what: str) -> Iterator[None]:
    """Every library has its own errors; people get one of four reasons."""
    try:
        yield
    except SourceError:
        raise
    except FileNotFoundError as error:
        raise SourceError("folder_missing", f"{kind}：找不到 not found: {what}") from error
    except PermissionError as error:
        raise SourceError("no_access", f"{kind}：没有权限 access denied: {what}") from error
    except Exception as error:
        raise SourceError(
            _code(error), f"{kind}：{_ZH[_code(error)]} {what}: {type(error).__name__}: {error}"
        ) from error


_ZH = {"no_access": "登录失败或没有权限 login or access denied", "unreachable": "无法连接 cannot be reached"}


def _code(error: Exception) -> str:
    told = f"{type(error).__name__} {error}".lower()
    denied = ("auth", "forbidden", "denied", "401", "403", "signature", "invalidaccesskey", "known_hosts", "badhostkey")
    return "no_access" if any(word in told for word in denied) else "unreachable"
