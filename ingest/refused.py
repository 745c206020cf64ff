"""Why a file is refused: one exception, and the sentences people read, each in Chinese, then in English."""

from __future__ import annotations

from ingest.formats.sheet import Refusal


class Refused(Exception):  # noqa: N818 - it is a verdict on the file, not a fault of ours
    """Carries the refusal up from wherever the file turned out to be unreadable."""

    def __init__(self, code: str, chinese: str, english: str) -> None:
        super().__init__(f"{chinese} {english}")
        self.refusal = Refusal(code, f"{chinese} {english}")


def empty() -> Refused:
    """Nothing in it: zero bytes, or no cell that holds anything."""
    return Refused(
        "empty",
        "文件是空的，没有任何内容。请确认导出成功后重新报送。",
        "The file holds nothing. Export it again, check that it has rows, and send it again.",
    )


def only_pictures() -> Refused:
    """Sheets without a cell, but with pictures: a screenshot was pasted."""
    return Refused(
        "empty",
        "工作表里没有单元格内容，只有图片。请报送表格本身，而不是截图。",
        "The sheets hold pictures and no cells. Send the table itself, not a screenshot of it.",
    )


def damaged(detail_zh: str, detail_en: str) -> Refused:
    """Cut off or changed on its way: the bytes contradict their own format."""
    return Refused(
        "truncated",
        f"文件不完整或已损坏（{detail_zh}）。请用原程序打开检查，另存后重新报送。",
        f"The file is cut off or damaged ({detail_en}). Open it in the program it came from, save it again and resend.",
    )


def reader_failed(error: str) -> Refused:
    """Our own code failed on it: the file may be whole, and the contract has no code of its own for that."""
    return Refused(
        "truncated",
        f"读取程序出错（{error}），文件未必有问题。请把文件和这句话交给维护人员，下次运行会再读。",
        f"The reader itself failed ({error}), the file may be whole. Hand the file and this sentence to whoever maintains"
        " luodi; the next run reads it again.",
    )


def encrypted() -> Refused:
    """Protected by a password."""
    return Refused(
        "encrypted",
        "文件设有打开密码，无法读取。请去掉密码（文件 → 信息 → 保护工作簿）后重新报送。",
        "The file is protected by a password. Remove it (File → Info → Protect Workbook) and send it again.",
    )


def not_a_table(detail_zh: str, detail_en: str) -> Refused:
    """Whole, but no table file."""
    return Refused(
        "not_a_table",
        f"文件不是可读的表格（{detail_zh}）。请另存为 .xlsx 或 .csv 后重新报送。",
        f"The file is not a readable table ({detail_en}). Save it as .xlsx or .csv and send it again.",
    )


def too_large(detail_zh: str, detail_en: str) -> Refused:
    """More than the limits allow, or a decompression bomb."""
    return Refused(
        "too_large",
        f"文件超出读取上限（{detail_zh}）。请删除多余内容或拆分成几个文件后重新报送。",
        f"The file exceeds the reading limits ({detail_en}). Remove what is not needed or split it, and send it again.",
    )
