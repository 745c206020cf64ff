"""The sources luodi knows: one YAML a county in `sources/counties`, one a feed in `sources/feeds`, strictly read.

A county without a file is a source all the same, with the defaults; a file is needed only where something differs.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ingest.ledgers.ledger_source import LedgerSource, ReportDateRule
from ingest.strict_yaml import ConfigurationError, Document, load
from ingest.values.units import unit_in_text

SOURCES = Path(__file__).parent / "sources"
COUNTY_CODE = re.compile(r"[1-9]\d{5}")

CountyCode = Annotated[str, Field(pattern=r"^[1-9]\d{5}$")]
SourceId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
WebAddress = Annotated[str, Field(pattern=r"^https?://[^\s/]+")]


# Messages carry logos and letters, too: what may be a ledger, and archives of them (also those that can only be refused).
LEDGER_FILES = (
    *("*.xls*", "*.et", "*.ods", "*.csv", "*.tsv", "*.txt", "*.htm*", "*.mht*", "*.xml"),
    *("*.zip", "*.rar", "*.7z"),
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FolderOrigin(_Strict):
    """Files in a folder; without `path`, the source's own folder in the inbox."""

    kind: Literal["folder"] = "folder"
    path: Path | None = None
    patterns: tuple[str, ...] = ("*",)


class RemoteOrigin(_Strict):
    """Files on a server. `connection` names credentials that the caller resolves (an Airflow connection)."""

    kind: Literal["sftp", "s3", "webdav"]
    connection: str
    path: str = ""
    patterns: tuple[str, ...] = ("*",)


class HttpOrigin(_Strict):
    """Files at fixed addresses, or all files an index page links to.

    `is_internal` allows private addresses (a server of one's own network)."""

    kind: Literal["http"]
    addresses: tuple[WebAddress, ...] = ()
    index: WebAddress | None = None
    patterns: tuple[str, ...] = ("*",)
    connection: str | None = None
    is_internal: bool = False

    @model_validator(mode="after")
    def _some_address(self) -> HttpOrigin:
        if not self.addresses and self.index is None:
            raise ValueError("需要 addresses 或 index; addresses or index is needed")
        return self


class ImapOrigin(_Strict):
    """Ledgers attached to the messages of a mailbox. `connection` names host, login and password (an Airflow connection).

    `folder` may be Chinese; `senders` are patterns of addresses (`*@example.gov.cn`), none means all; `since` leaves older
    messages alone. `is_internal` allows private addresses and, with `security: plain` in the connection, no encryption.
    """

    kind: Literal["imap"]
    connection: str
    folder: str = "INBOX"
    senders: tuple[str, ...] = ()
    since: dt.date | None = None
    patterns: tuple[str, ...] = LEDGER_FILES
    is_internal: bool = False


class FeedOrigin(_Strict):
    """An RSS or Atom feed, a sitemap, or a list page whose links a CSS selector names; articles are then fetched."""

    kind: Literal["rss", "sitemap", "list_page"]
    url: WebAddress
    link_selector: str | None = None
    include: str | None = None
    follow_links: bool = True
    max_articles: Annotated[int, Field(ge=1, le=2000)] = 200
    seconds_between_requests: Annotated[float, Field(ge=0, le=60)] = 1.0
    is_internal: bool = False

    @field_validator("include")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"不是有效的正则; no regular expression: {error}") from error
        return value

    @model_validator(mode="after")
    def _selector_where_needed(self) -> FeedOrigin:
        if (self.kind == "list_page") != (self.link_selector is not None):
            raise ValueError("link_selector 只用于 list_page，且必填; link_selector goes with list_page, always")
        return self


class ReportDateSettings(_Strict):
    """How the report date is told where the files themselves don't say it, or say it wrongly."""

    fixed: dt.date | None = None
    file_name_pattern: str | None = None

    @field_validator("file_name_pattern")
    @classmethod
    def _usable(cls, value: str | None) -> str | None:
        ReportDateRule(file_name_pattern=value)
        return value


class LedgerSettings(_Strict):
    """What the reader cannot see in the files."""

    default_unit: str | None = None
    report_date: ReportDateSettings | None = None
    skipped_sheets: tuple[str, ...] = ()
    # Names of files or sheets, `*` for any characters: what the reader would take for another business, and what it takes.
    project_lists: tuple[str, ...] = ()
    other_lists: tuple[str, ...] = ()

    @field_validator("default_unit")
    @classmethod
    def _known_unit(cls, value: str | None) -> str | None:
        if value is not None and len(unit_in_text(value)) != 1:
            raise ValueError("不是已知的金额单位（如 万元）; no known unit such as 万元")
        return value


class County(_Strict):
    """One county that reports ledgers."""

    code: CountyCode
    name: str | None = None
    ledger: LedgerSettings = LedgerSettings()
    origin: Annotated[FolderOrigin | RemoteOrigin | HttpOrigin | ImapOrigin, Field(discriminator="kind")] = (
        FolderOrigin()
    )

    @field_validator("name")
    @classmethod
    def _says_something(cls, value: str | None) -> str | None:
        if value is not None and not any(character.isalnum() for character in value):
            raise ValueError("名称是空的，请填写县区名称或删去这一行; the name is blank: fill it in or delete the line")
        return value

    def ledger_source(self) -> LedgerSource:
        """What of it the ledger reader needs."""
        rule = self.ledger.report_date
        return LedgerSource(
            county_code=self.code,
            county_name=self.name,
            default_unit=self.ledger.default_unit,
            report_date=ReportDateRule(rule.fixed, rule.file_name_pattern) if rule else None,
            skipped_sheets=self.ledger.skipped_sheets,
            project_lists=self.ledger.project_lists,
            other_lists=self.ledger.other_lists,
        )


class Feed(_Strict):
    """One source of news.

    Attributes:
        id: names the source everywhere; for a folder feed also its folder in `INBOX/news`.
        region_code: what 我市, 全县 mean on its pages.
        site_regions: the same by host or by the name behind 来源, for feeds that mix sites.
    """

    id: SourceId
    name: str
    region_code: CountyCode | None = None
    site_regions: dict[str, CountyCode] = {}
    origin: Annotated[FolderOrigin | RemoteOrigin | HttpOrigin | FeedOrigin, Field(discriminator="kind")] = (
        FolderOrigin()
    )


class Registry(_Strict):
    """All configured sources. `*_faults` say what is wrong with a source's file, by the name of the file."""

    counties: dict[str, County] = {}
    feeds: dict[str, Feed] = {}
    county_faults: dict[str, str] = {}
    feed_faults: dict[str, str] = {}

    def county(self, code: str) -> County:
        """The configured county, or one with the defaults.

        Raises:
            ConfigurationError: its file is wrong, or `code` is no six-digit code.
        """
        if found := self.counties.get(code):
            return found
        _refuse_fault(self.county_faults, code)
        if not COUNTY_CODE.fullmatch(code):
            raise ConfigurationError(
                f"「{code}」不是六位行政区划代码，文件夹请以代码命名（如 410928）。 "
                f"{code!r} is no six-digit county code; name the folder by the code, e.g. 410928."
            )
        return County(code=code)

    def feed(self, feed_id: str) -> Feed:
        """The configured feed, or a folder with the defaults.

        Raises:
            ConfigurationError: its file is wrong.
        """
        _refuse_fault(self.feed_faults, feed_id)
        return self.feeds.get(feed_id) or Feed(id=feed_id, name=feed_id)

    def refuse_faults(self) -> None:
        """Nothing where every file is right.

        Raises:
            ConfigurationError: the first mistake found, with file, line and key.
        """
        for fault in (*self.county_faults.values(), *self.feed_faults.values()):
            raise ConfigurationError(fault)


def _refuse_fault(faults: Mapping[str, str], source_id: str) -> None:
    if source_id in faults:
        raise ConfigurationError(faults[source_id])


def read_registry(folder: Path | None = None) -> Registry:
    """Read all files of `counties/` and `feeds/` below `folder` (environment `LUODI_SOURCES`, default: luodi's own).

    Raises:
        ConfigurationError: the first mistake found, with file, line and key.
    """
    registry = survey_registry(folder)
    registry.refuse_faults()
    return registry


def survey_registry(folder: Path | None = None) -> Registry:
    """The same, but a file that is wrong spoils its own source only: the others are there, and its fault is kept."""
    root = folder or _root()
    stamp = tuple((str(path), path.stat().st_mtime_ns) for path in _files(root))
    return _read(root, stamp)


def _root() -> Path:
    """Where the sources lie.

    Raises:
        ConfigurationError: `LUODI_SOURCES` names no folder; without it every county would be read by the defaults.
    """
    given = os.environ.get("LUODI_SOURCES")
    if given and not Path(given).is_dir():
        raise ConfigurationError(f"LUODI_SOURCES 指的文件夹不存在：{given} (LUODI_SOURCES is no folder: {given})")
    return Path(given) if given else SOURCES


def _files(root: Path) -> list[Path]:
    return sorted([*root.glob("counties/*.y*ml"), *root.glob("feeds/*.y*ml")])


_Model = TypeVar("_Model", County, Feed)


@lru_cache(maxsize=4)
def _read(root: Path, _stamp: tuple[tuple[str, int], ...]) -> Registry:
    counties, county_faults = _read_each(County, sorted(root.glob("counties/*.y*ml")), "code")
    feeds, feed_faults = _read_each(Feed, sorted(root.glob("feeds/*.y*ml")), "id")
    return Registry(counties=counties, feeds=feeds, county_faults=county_faults, feed_faults=feed_faults)


def _read_each(model: type[_Model], paths: Sequence[Path], key: str) -> tuple[dict[str, _Model], dict[str, str]]:
    """The sources that are right, and what is wrong with the others; a source with two files has neither."""
    found: dict[str, _Model] = {}
    where: dict[str, Path] = {}
    faults: dict[str, str] = {}
    for path in paths:
        try:
            parsed = _parse(model, path)
            value = str(getattr(parsed, key))
            if path.stem != value:
                raise ConfigurationError(
                    f"{path.name}：文件名应为 {value}.yml ({path}: the file must be named after its {key}, {value}.yml)"
                )
            if value in where:
                raise ConfigurationError(
                    f"{path.name}：{key} {value} 已在 {where[value].name} 中使用 "
                    f"({path}: {key} {value} is already used by {where[value]})"
                )
        except ConfigurationError as error:
            faults.setdefault(path.stem, str(error))
        else:
            found[value] = parsed
        where.setdefault(path.stem, path)
    return {name: source for name, source in found.items() if name not in faults}, faults


def _parse(model: type[_Model], path: Path) -> _Model:
    document = load(path)
    try:
        return model.model_validate(document.content)
    except ValidationError as error:
        raise ConfigurationError("\n".join(str(_located(document, one)) for one in error.errors())) from error


def _located(document: Document, problem: Any) -> ConfigurationError:
    """Pydantic's finding as a sentence with the line. Tags of unions are no keys of the file."""
    key = tuple(part for part in problem["loc"] if part in _keys(document))
    kind, last = problem["type"], problem["loc"][-1] if problem["loc"] else "-"
    if kind == "extra_forbidden":
        known = _keys_of_models(_Strict)
        meant = [] if last in known else get_close_matches(str(last), sorted(known), 1)  # a known one is misplaced
        chinese, english = (f"，是不是 {meant[0]}", f", {meant[0]!r} perhaps") if meant else ("", "")
        return document.error(key, f"未知的键「{last}」{chinese}", f"unknown key {last!r}{english}")
    if kind == "missing":
        return document.error(key, f"缺少「{last}」", f"{last!r} is missing")
    # A whole section that is wrong as such is not repeated; the line says which.
    is_section = isinstance(problem["input"], dict)
    given, told = ("", "") if is_section else (f"「{problem['input']}」", f"{problem['input']!r}: ")
    if kind == "value_error":  # our own, in both languages
        chinese, _, english = str(problem["ctx"]["error"]).partition("; ")
        return document.error(key, f"值{given}不对：{chinese}", f"{told}{english or 'as said before'}")
    return document.error(key, f"值{given}不对{_why(problem)}", f"{told}{problem['msg']}")


# What pydantic says in English only, by its kind of error (or how that begins).
_WHY = {
    "string_pattern_mismatch": "应符合 {pattern}",
    "union_tag": "{discriminator} 只能是 {expected_tags}",
    "literal_error": "只能是 {expected}",
    "model_type": "应为下一级的「键: 值」，冒号用半角，后面空一格",
    "model_attributes_type": "应为下一级的「键: 值」，冒号用半角，后面空一格",
    "dict_type": "应为下一级的「键: 值」，冒号用半角，后面空一格",
    "tuple_type": "应为列表，如 [甲, 乙]",
    "list_type": "应为列表，如 [甲, 乙]",
    "string_type": "应为文字",
    "int_": "应为整数",
    "float_": "应为数",
    "bool_": "应为 true 或 false",
    "date_": "应为日期，如 2026-01-31",
    "greater_than": "太小",
    "less_than": "太大",
}


def _why(problem: Any) -> str:
    reason = next((said for kind, said in _WHY.items() if problem["type"].startswith(kind)), "")
    return f"：{reason.format_map(_Given(problem.get('ctx', {})))}" if reason else ""


class _Given(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return key


def _keys_of_models(model: type[_Strict]) -> set[str]:
    return set(model.model_fields).union(*(_keys_of_models(narrower) for narrower in model.__subclasses__()))


def _keys(document: Document) -> set[str | int]:
    return {part for path in document.lines for part in path}
