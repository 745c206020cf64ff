"""Lines about what was read and yet does not count, for the end of a run and for `luodi status`."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.status import Status

COUNTIES_SHOWN = 3
SHOWN = 4


def lines(found: Status) -> Iterator[str]:
    """At most five lines of plain text; none where everything was understood."""
    for county in found.unmapped_columns[:COUNTIES_SHOWN]:
        headers = county["headers"]
        more = " …" if len(headers) > SHOWN else ""
        yield (
            f"未识别的列 unmapped columns: {county['county_name'] or county['county_code']} {len(headers)} 列 "
            f"{'、'.join(headers[:SHOWN])}{more}（luodi ledger read FILE --county {county['county_code']}）"
        )
    others = len(found.unmapped_columns) - COUNTIES_SHOWN
    if others > 0:
        yield f"未识别的列 unmapped columns: 还有 {others} 个县区 more counties（luodi status --json）"
    if found.unknown_lights:
        total = sum(reason["lights"] for reason in found.unknown_lights)
        reasons = [f"{_chinese(reason['reason'])} {reason['lights']}" for reason in found.unknown_lights[:SHOWN]]
        more = " …" if len(found.unknown_lights) > SHOWN else ""
        yield f"灯不明 unknown lights {total}: {', '.join(reasons)}{more}"


def _chinese(reason: str | None) -> str:
    """A reason is Chinese, a space, then English."""
    return (reason or "未说明").split(" ", 1)[0]
