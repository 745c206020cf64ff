"""Personal data leaves the lake masked: SQL expressions that publication puts around text columns.

Numbers (phones, identity cards) are recognised by `ingest.values.personal_data` in every text; names only where a column or
a header says that a person stands there. A title is no name: 副县长王建国 becomes 副县长王**. Masking what is masked
changes nothing.
"""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.fields import fields
from ingest.gazetteer import read_regions
from ingest.values.personal_data import mask_personal_data

if TYPE_CHECKING:
    import duckdb

# Hexadecimal digits can look like a phone number.
IDENTIFIER_ENDINGS = ("sha256", "_id", "_id_a", "_id_b", "_key", "duplicate_of", "evidence_rows")
# Original cell texts, kept as JSON by header.
JSON_COLUMNS = frozenset({"raw", "extra", "reasons"})
# Persons of trips and problems, beside the canonical fields that hold one.
PERSON_COLUMNS = frozenset({"traveller_name", "companions", "host_name", "owner_person", "contact_name"})

# Only texts with so many digits in a row (blanks and dashes apart) can hold a phone number.
_MAYBE_NUMBER = r"[0-9０-９][0-9０-９ ()（）+-]{5,}[0-9０-９]"
_LONG_NUMBER = re.compile(r"(\d{3})\d{4}")
_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]+")
_LATIN_NAME = re.compile(r"\b([A-Za-z])[A-Za-z'.-]+")
_PERSON_HEADER = re.compile(
    "责任人|联系人|负责人|联络人|经办人|法人|法定代表|代表人|领导|姓名|联系方式|专班成员|秘书长|县级干部|电话|手机"
)


_UNIT = re.compile("(?:[局委办院镇乡]|中心|管委会|集聚区|开发区|园区|街道|公司|办公室|指挥部|专班|政府|办事处|工信部)$")
_RANK = re.compile("[县区市省州旗镇乡局部组科股处院行事链]长(?!垣)|秘书长|书记|主任|主席|经理|专员|常委|[责负联]\\w人")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧司诸买庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包柏宁柯阮桂闵解强柴华车冉房边"
)
# Words of offices that begin with a surname's character.
_OFFICE_STARTS = (
    "高新",
    "金融",
    "林业",
    "文化",
    "文旅",
    "文广",
    "文明",
    "安监",
    "安全",
    "司法",
    "乡",
    "项目",
    "卫健",
    "卫生",
)


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the connection the functions that `masked` expressions call."""
    connection.create_function("mask_numbers", mask_personal_data, ["VARCHAR"], "VARCHAR")
    connection.create_function("mask_person", mask_person, ["VARCHAR"], "VARCHAR")
    connection.create_function("mask_json", mask_json, ["VARCHAR"], "VARCHAR")


def masked(column: str) -> str:
    """SQL that gives the text column with personal data masked; hashes and ids stay whole, they lead back to the file."""
    if column.endswith(IDENTIFIER_ENDINGS):
        return f'"{column}"'
    spec = fields().get(column)
    if column in PERSON_COLUMNS or (spec is not None and spec.personal):
        return f'mask_person("{column}")'
    if column in JSON_COLUMNS:
        return f'mask_json("{column}")'
    return (
        f'case when regexp_matches("{column}", \'{_MAYBE_NUMBER}\') then mask_numbers("{column}") else "{column}" end'
    )


def mask_person(text: str) -> str:
    """The text of a cell that names people: numbers and names masked, titles kept (`副县长王**，138****0001`)."""
    text = _LONG_NUMBER.sub(r"\1****", mask_personal_data(text))
    return _LATIN_NAME.sub(r"\1**", _HAN_RUN.sub(lambda run: _mask_names(run[0]), text))


def mask_json(text: str) -> str:
    """JSON of cell texts by header (or of `{column, raw, message}`): people masked by header, numbers anywhere."""
    try:
        content = json.loads(text)
    except ValueError:
        return mask_personal_data(text)
    masked_content = _mask_value(content, person=False)
    return text if masked_content == content else json.dumps(masked_content, ensure_ascii=False)


def _mask_value(value: Any, *, person: bool) -> Any:
    if isinstance(value, str):
        return mask_person(value) if person else mask_personal_data(value)
    if isinstance(value, list):
        return [_mask_value(item, person=person) for item in value]
    if isinstance(value, dict):
        if isinstance(value.get("column"), str) and "raw" in value:
            return _mask_reason(value)
        return {key: _mask_value(item, person=person or _is_person(key)) for key, item in value.items()}
    return value


def _mask_reason(reason: dict[str, Any]) -> dict[str, Any]:
    """A rejection quotes the cell in `raw`, and again in its message."""
    raw, message = reason["raw"], reason.get("message")
    hidden = _mask_value(raw, person=_is_person(reason["column"]))
    if isinstance(message, str):
        told = message.replace(raw, hidden) if isinstance(raw, str) and raw else message
        return {**reason, "raw": hidden, "message": mask_personal_data(told)}
    return {**reason, "raw": hidden}


def _is_person(header: str) -> bool:
    return _PERSON_HEADER.search(header) is not None


@cache
def _titles() -> re.Pattern[str]:
    with Path(__file__).with_name("titles.csv").open(encoding="utf-8", newline="") as handle:
        titles = [record["title"] for record in csv.DictReader(handle)]
    return re.compile("(" + "|".join(map(re.escape, sorted(titles, key=len, reverse=True))) + ")")


def _mask_names(run: str) -> str:
    """What is left of a run when its titles and units are taken out is names; one character is a surname at most."""
    if _is_unit(run):
        return run
    parts = _titles().split(run)
    return "".join(
        part if place % 2 or len(part) < 2 or _is_unit(part) else f"{part[0]}**" for place, part in enumerate(parts)
    )


def _is_unit(run: str) -> bool:
    """Whether the run is an office, a town or a company; one that may begin with a name (李红商务局) is not."""
    if len(run) < 3 or not _UNIT.search(run) or _RANK.search(run):
        return False
    return run[0] not in _SURNAMES or run.startswith(_OFFICE_STARTS) or any(run[:n] in _regions() for n in (2, 3, 4, 5))


@cache
def _regions() -> frozenset[str]:
    return frozenset(name for region in read_regions() for name in (region.name, region.short_name) if name)
