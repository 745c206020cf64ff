"""Amounts of money as counties write them, exact to the fen, or a reason. Nothing is guessed.

A cell is cut into numbers, magnitudes, currencies and known words (`wording/amount_words.csv`); whatever is left over
makes it unreadable. A unit in the cell wins over the column's.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache
from typing import NamedTuple, TypeGuard

from ingest.formats.sheet import CellValue
from ingest.values.cell_text import is_placeholder_text, squeeze, without_marks, without_text_mark
from ingest.values.reasons import Reason, reason
from ingest.values.units import Unit, alternation, currencies
from ingest.wording_registry import MONEY_KINDS, amount_words

FEN = Decimal("0.01")
LIMIT = Decimal(10) ** 17
_LARGEST = 10**18
_LARGEST_PROJECT = 10**11
_LARGEST_PROJECT_ABROAD = 10**10
_ZERO = Decimal("0.00")


class ParsedAmount(NamedTuple):
    """An amount, or why not. All empty where the cell is empty or a placeholder.

    Attributes:
        cny: yuan, exact to two places.
        usd: dollars; set beside `cny` where the cell states both (`12000万元、500万美元`), and beside the reason
            `currency_mismatch` where a cell of a yuan column states dollars only.
        is_approximate: the cell says 约, 近, 超, 余, 预计….
        is_planned: the cell says 计划, 拟, 预计…: it is no figure of money that has arrived or been spent.
        kinds: which money the cell names itself (`到位500万元`: `arrived`); it must be the column's.
        has_note: the cell says beside the amount what is part of it (`（其中一期5000万元）`), which is no part of the figure.
        note_kinds: which money the note names (`3亿元（已到位1亿元）`: `arrived`); it must not be the column's.
        unit_basis: `cell` where the cell's own unit was used, else the column's (`leaf group title source`).
        reason: why nothing could be taken over.
    """

    cny: Decimal | None = None
    usd: Decimal | None = None
    is_approximate: bool = False
    unit_basis: str | None = None
    reason: Reason | None = None
    is_planned: bool = False
    has_note: bool = False
    kinds: frozenset[str] = frozenset()
    note_kinds: frozenset[str] = frozenset()

    @property
    def is_special(self) -> bool:
        """Whether the cell says more than its figure."""
        return self.is_approximate or self.has_note or self.reason is not None or bool(self.kinds)


EMPTY = ParsedAmount()

CHINESE_DIGITS = dict(
    zip("零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖", [0, 0, 0, 1, 2, 2, *range(3, 10), *range(1, 10)], strict=True)
)
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
# 5000w is written in haste for 5000万.
_BIG = {"万": Decimal(10_000), "w": Decimal(10_000), "亿": Decimal(100_000_000)}
_THOUSAND = 1000
_DIGITS = "".join(CHINESE_DIGITS)
_SMALLS = "".join(_SMALL)


def exact(value: float) -> Decimal:
    """A spreadsheet's float as the decimal number it stands for (Excel keeps 15 digits; the rest is noise)."""
    return Decimal(int(value)) if value.is_integer() else Decimal(f"{value:.15g}")


def is_figure(value: CellValue) -> TypeGuard[int | float | Decimal]:
    """Whether the cell is a finite number of a size that a ledger can hold (booleans are none)."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return False
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) < _LARGEST
    return -_LARGEST < value < _LARGEST


def chinese_number(text: str) -> Decimal | None:
    """`三千五百` → 3500, `十二点五` → 12.5, `二〇` → 20; None where it is no number or can be read in two ways."""
    whole, dot, fraction = text.partition("点")
    if dot:
        head = chinese_number(whole)
        if head is None or not fraction or any(char not in CHINESE_DIGITS for char in fraction):
            return None
        return head + Decimal("0." + "".join(str(CHINESE_DIGITS[char]) for char in fraction))
    if text and all(char in CHINESE_DIGITS for char in text):
        return Decimal("".join(str(CHINESE_DIGITS[char]) for char in text))
    return _section(text)


def _section(text: str) -> Decimal | None:
    total, pending, last, after_zero = 0, None, 10_000, False
    for char in text:
        if char in CHINESE_DIGITS:
            if pending:
                return None
            pending = CHINESE_DIGITS[char]
            after_zero = after_zero or pending == 0
        elif char in _SMALL and _SMALL[char] < last:
            last = _SMALL[char]
            if pending is None and (last != 10 or total):
                return None
            total += (1 if pending is None else pending) * last
            pending, after_zero = None, False
        else:
            return None
    # 三百五 is said for 350 and read as 305: only 十 may be followed by a bare digit.
    if pending and last > 10 and not after_zero:
        return None
    return Decimal(total + (pending or 0)) if text else None


class _Token(NamedTuple):
    kind: str
    text: str


@cache
def _lexer() -> re.Pattern[str]:
    words = alternation([squeeze(word) for word in amount_words()])
    money = alternation(list(currencies()))
    return re.compile(
        r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d.])|(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,2}(?!\d))?)"
        rf"|(?P<chinese>[{_DIGITS}][{_DIGITS}{_SMALLS}]*(?:点[{_DIGITS}]+)?|[十拾][{_DIGITS}]?(?:点[{_DIGITS}]+)?)"
        rf"|(?P<currency>{money})|(?P<small>[{_SMALLS}])|(?P<big>[万亿]|w(?![a-z]))|(?P<word>{words})"
        r"|(?P<dash>[-~至到])|(?P<mark>[、,;/+()\[\]:。和及])|(?P<other>.)",
        re.DOTALL,
    )


class _Amount(NamedTuple):
    value: Decimal
    code: str | None
    has_magnitude: bool


class _Reader:
    """Reads the tokens of one cell from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens = [_Token(match.lastgroup or "", match[0]) for match in _lexer().finditer(text)]
        self.at = 0
        self.amounts: list[_Amount] = []
        self.roles: set[str] = set()
        self.failure: str | None = None

    def read(self) -> None:
        prefix: str | None = None
        while self.at < len(self.tokens) and self.failure is None:
            token = self.tokens[self.at]
            if token.kind in ("number", "chinese"):
                self._amount(prefix)
                prefix = None
                continue
            self.at += 1
            if token.kind == "currency":
                prefix = currencies()[token.text]
            elif token.kind == "word":
                self._word(amount_words()[token.text])
            elif token.kind == "dash":
                self._dash(token.text)
            elif token.kind in ("other", "small", "big"):
                self.roles.add("other")
        if self.tokens and self.tokens[-1].text == "+":
            # 1.5+ is said for more than 1.5.
            self.roles.add("band")
        if prefix is not None and self.failure is None:
            self._trailing_currency(prefix)

    def _word(self, role: str) -> None:
        # 3个 counts something; 3个亿 is read with its number. 负 belongs before the figure.
        self.roles.add("other" if role == "filler" or (role == "negative" and self.amounts) else role)

    def _dash(self, text: str) -> None:
        if self.amounts:
            self.roles.add("dash")
        elif text == "-" and "minus" not in self.roles:
            self.roles.add("minus")
        else:
            # ~5000 is said for about 5000, 至5000 for no more: neither is below zero.
            self.failure = "amount_unclear"

    def _trailing_currency(self, code: str) -> None:
        # `500万（美元）`: a currency in brackets behind the amount.
        if not self.amounts or self.amounts[-1].code not in (None, code):
            self.failure = "amount_unclear"
        else:
            self.amounts[-1] = self.amounts[-1]._replace(code=code)

    def _amount(self, prefix: str | None) -> None:
        value, has_magnitude = self._number()
        if value is None:
            self.failure = self.failure or "amount_unclear"
            return
        code = prefix
        # `5000（万元）`: the unit in brackets.
        while self.at < len(self.tokens) and self.tokens[self.at].kind == "currency":
            found = currencies()[self.tokens[self.at].text]
            if code not in (None, found):
                self.failure = "amount_unclear"
            code = found
            self.at += 1
        self.amounts.append(_Amount(value, code, has_magnitude))

    def _number(self) -> tuple[Decimal | None, bool]:
        total, current, last_big = Decimal(0), None, None
        used_small = False
        while self.at < len(self.tokens):
            kind, text = self.tokens[self.at]
            if last_big is not None and current is None and self._is_zero_between():
                self.at += 1
                continue
            if kind in ("number", "chinese"):
                if current is not None:
                    return None, False
                current = Decimal(text.replace(",", "")) if kind == "number" else self._chinese(text)
                if current is None:
                    return None, False
            elif kind == "small" and current is not None:
                current, used_small = current * _SMALL[text], True
            elif kind == "big":
                factor = _BIG[text]
                if current is None:
                    # 万亿: the next magnitude stands directly behind the last one.
                    if last_big is None or self.tokens[self.at - 1].kind != "big" or factor <= last_big:
                        return None, False
                    total *= factor
                elif last_big is not None and factor >= last_big:
                    return None, False
                else:
                    total += current * factor
                current, last_big = None, factor
            elif not self._is_filler(kind, text):
                break
            self.at += 1
        if current is not None and last_big is not None:
            # 壹拾贰万叁仟元 says how much its last figure counts; 3亿5 and 3万5 do not.
            if last_big != _BIG["万"] or not _THOUSAND <= current < last_big or not self._currency_follows():
                return None, False
            return total + current, True
        value = total if current is None else current
        if used_small and last_big is None and not self._currency_follows():
            return None, False
        return value, used_small or last_big is not None

    def _chinese(self, text: str) -> Decimal | None:
        """四五亿 and 两三个亿 are said for something between."""
        if len(text) == len("四五") and all(CHINESE_DIGITS.get(char) for char in text):
            self.failure = "amount_band"
            return None
        return chinese_number(text)

    def _is_zero_between(self) -> bool:
        """零 behind a magnitude and before figures (1亿零500万) leaves places out, as in 一亿零五百万."""
        following = self.tokens[self.at + 1].kind if self.at + 1 < len(self.tokens) else ""
        return self.tokens[self.at].text in ("零", "〇") and following == "number"

    def _is_filler(self, kind: str, text: str) -> bool:
        """余, 多 and 个 between a number and its magnitude; brackets around the magnitude."""
        following = self.tokens[self.at + 1].kind if self.at + 1 < len(self.tokens) else ""
        if (
            kind == "word"
            and amount_words()[text] in ("filler", "approximate", "planned")
            and following in ("big", "small", "currency")
        ):
            self.roles.add(amount_words()[text])
            return True
        return kind == "mark" and text in "([" and following in ("big", "small", "currency")

    def _currency_follows(self) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].kind == "currency"


_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_GROUPED = re.compile(r"([+-]?)\(?([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?)\)?")
_ERROR = re.compile(r"#(?:div/0!|n/a|name\?|null!|num!|ref!|value!|spill!|calc!)")
_SPACED_DIGITS = re.compile(r"\d\s+\d")
_SPACED_THOUSANDS = re.compile(r"(?<![\d.,])(?<!\d )\d{1,3}(?: \d{3})+(?:\.\d+)?(?! ?\d)")
# 500 600 may be two figures; 12 000, 100 000 and 1 234 567 are one.
_TWO_HUNDREDS = re.compile(r"(?<!\d)(?<!\d )\d{3} (?!000)\d{3}(?! ?\d)")
# A bare 一 is as often a dash as a figure.
_DASH_LIKE = "一"


class _Cell(NamedTuple):
    """What a text says by itself, before the column's unit is known."""

    amounts: tuple[_Amount, ...] = ()
    is_approximate: bool = False
    failure: str | None = None
    is_planned: bool = False
    is_symbol_only: bool = False
    has_note: bool = False
    kinds: frozenset[str] = frozenset()
    note_kinds: frozenset[str] = frozenset()


_NOTHING = _Cell()


@lru_cache(maxsize=8192)
def _read_text(text: str) -> _Cell:
    if _PLAIN.fullmatch(text):
        return _Cell((_Amount(Decimal(text), None, False),))
    unmarked = without_marks(text)
    if unmarked is None:
        return _Cell(failure="amount_unclear")
    text = unmarked
    # 500. and 1.2亿元。 end like sentences; '500 bears the mark that kept it a text in its spreadsheet.
    squeezed = without_text_mark(squeeze(text).rstrip("。.")) or squeeze(text)
    if _PLAIN.fullmatch(squeezed) and not _SPACED_DIGITS.search(text):
        return _Cell((_Amount(Decimal(squeezed), None, False),))
    if is_placeholder_text(text) or amount_words().get(squeezed) == "none_yet":
        return _NOTHING
    if _ERROR.search(squeezed):
        return _Cell(failure="cell_error")
    if "%" in squeezed or "‰" in squeezed:
        return _beside_share(squeezed) or _Cell(failure="percent_not_amount")
    if _SPACED_DIGITS.search(text) and (not _SPACED_THOUSANDS.search(text) or _TWO_HUNDREDS.search(text)):
        return _Cell(failure="amount_unclear")
    if squeezed[0] == "(" and squeezed[-1] == ")" and _GROUPED.fullmatch(squeezed):
        value = Decimal(squeezed.strip("()").replace(",", ""))
        return _Cell((_Amount(-abs(value), None, False),))
    cell = _judge(_Reader(squeezed), squeezed)
    return cell if cell.failure is None else _beside_note(squeezed) or cell


# 1.2亿元（其中一期5000万元）, 1.2亿元，其中一期5000万元, 总投资1.2亿元，一期5000万元: what is part of the amount before it.
_NOTED = re.compile(
    r"(?P<amount>(?:[^(,;。]|,(?=\d{3}(?!\d)))+)(?:\((?P<bracket>[^()]+)\)|[,;。](?P<tail>[^()]+))[。.]?"
)
# Of a cell that calls its first figure the total and goes on to a part of it, no other field may take that figure.
WHOLE = "whole"


def _beside_note(text: str) -> _Cell | None:
    """The amount of a cell that goes on to tell what it holds; None where the note might change the amount."""
    match = _NOTED.fullmatch(text)
    if match is None:
        return None
    note = match["bracket"] or match["tail"]
    if "每" in note:
        # 10亿元（分两期，每期10亿元）: what each comes to may be the amount before the bracket.
        return None
    whole = _judge(_Reader(match["amount"]), match["amount"])
    leads = [word for word, role in amount_words().items() if role in _NOTE_LEADS and note.startswith(squeeze(word))]
    lead = max(leads, key=len, default="")
    role = amount_words().get(lead, "")
    has_figure = any(char.isdigit() or char in CHINESE_DIGITS for char in note[len(squeeze(lead)) :])
    if whole.failure is not None or len(whole.amounts) != 1 or not role or (role != "content" and not has_figure):
        return None
    if not _may_be_part(note, whole.amounts[0]):
        return None
    if match["bracket"] is None and not note.startswith("其中"):
        is_total = role == "part" and whole.kinds == {"total"}
        return whole._replace(has_note=True, kinds=frozenset({WHOLE})) if is_total else None
    if role in MONEY_KINDS:
        return whole._replace(has_note=True, note_kinds=frozenset({role}))
    return whole._replace(has_note=True)


# 3000万元（占总投资25%）: how much of something else the amount is.
_SHARED = re.compile(r"(?P<amount>[^()%]+)\((?P<share>[^()\d%]+?)[约近达为的:]?\d+(?:\.\d+)?%\)[。.]?")


def _beside_share(text: str) -> _Cell | None:
    """The amount of a cell that goes on to tell of what it is a share."""
    match = _SHARED.fullmatch(text)
    shares = {squeeze(word) for word, role in amount_words().items() if role == "share"}
    if match is None or match["share"] not in shares:
        return None
    whole = _judge(_Reader(match["amount"]), match["amount"])
    return whole._replace(has_note=True) if whole.failure is None and len(whole.amounts) == 1 else None


_NOTES = ("content", "part")
_NOTE_LEADS = (*_NOTES, "arrived", "done")


def _may_be_part(note: str, whole: _Amount) -> bool:
    """Whether no figure of the note is larger than the whole, as far as both state what they count."""
    reader = _Reader(note)
    reader.read()
    return not whole.has_magnitude or all(
        part.value <= whole.value for part in reader.amounts if part.has_magnitude and part.code == whole.code
    )


def _judge(reader: _Reader, text: str) -> _Cell:
    reader.read()
    roles, amounts = reader.roles, reader.amounts
    if not any(char.isdigit() or char in CHINESE_DIGITS or char in _SMALL for char in text):
        return _Cell(failure="not_an_amount")
    if (len(amounts) > 1 and "dash" in roles) or (amounts and "band" in roles):
        return _Cell(failure="amount_band")
    if reader.failure or not amounts:
        return _Cell(failure=reader.failure or "not_an_amount")
    if roles & {"other", "unsupported", "none_yet", "dash", "share", *_NOTES}:
        return _Cell(failure="amount_with_text")
    if _is_said_twice(reader):
        amounts = amounts[:1]
    if len({amount.code or "CNY" for amount in amounts}) < len(amounts):
        return _Cell(failure="two_amounts")
    if text == _DASH_LIKE:
        return _Cell(failure="amount_unclear")
    if "minus" in roles or "negative" in roles:
        if len(amounts) > 1 or {"minus", "negative"} <= roles:
            return _Cell(failure="amount_unclear")
        amounts = [amounts[0]._replace(value=-amounts[0].value)]
    is_planned = "planned" in roles
    return _Cell(
        tuple(amounts),
        is_planned or "approximate" in roles,
        None,
        is_planned,
        _is_symbol_only(reader),
        kinds=frozenset(roles) & MONEY_KINDS,
    )


def _is_said_twice(reader: _Reader) -> bool:
    """`1亿元（10000万元）` is one amount in two units; `1亿元、1亿元` may be two."""
    figures = [token.text for token in reader.tokens if token.kind in ("number", "chinese")]
    said = {(one.value, one.code or "CNY") for one in reader.amounts}
    is_said_otherwise = len(set(figures)) == len(figures) == len(reader.amounts)
    return len(said) == 1 and is_said_otherwise and all(one.has_magnitude for one in reader.amounts)


# They name the currency, not what one of the figure counts; 元 and 美元 do both.
_NAMES_OF_CURRENCIES = frozenset({"¥", "人民币", "rmb", "cny", "$", "us$", "usd"})


def _is_symbol_only(reader: _Reader) -> bool:
    """`¥500`, `500$`, `500（人民币）`: the currency beside the figure, and nothing that says how much one counts."""
    named = {token.text for token in reader.tokens if token.kind == "currency"}
    is_name = reader.tokens[-1].kind == "number" or (bool(named) and named <= _NAMES_OF_CURRENCIES)
    return len(reader.amounts) == 1 and is_name and not reader.amounts[0].has_magnitude


def _money(value: Decimal) -> Decimal:
    return value.quantize(FEN, ROUND_HALF_EVEN)


def _refused(code: str) -> ParsedAmount:
    return ParsedAmount(reason=reason(code))


def usual_amount(value: float, multiplier: Decimal | int) -> Decimal | None:
    """The common cell: a number under a header that states its unit; None for sizes that need a closer look."""
    if not -1e9 < value < 1e9:
        return None
    whole = int(value)
    number = Decimal(whole) if whole == value else Decimal(f"{value:.15g}")
    return _money(number * multiplier)


def parse_amount(
    value: CellValue,
    *,
    column_unit: Unit | None,
    unit_basis: str | None = None,
    other_units: tuple[Unit, ...] = (),
    currency: str = "CNY",
    yuan_per: Mapping[str, Decimal] | None = None,
) -> ParsedAmount:
    """Read an amount for a field in `currency` (`CNY` or `USD`). Never raises.

    Args:
        value: the cell.
        column_unit: what a bare number counts, from `ColumnMeaning`; None makes it `unit_unknown`. Zero is zero in
            every unit and needs none.
        unit_basis: where `column_unit` comes from; returned where it was used.
        other_units: from `ColumnMeaning`; where it is not empty and `column_unit` is None, the header named two
            currencies and a bare number is `unit_ambiguous`.
        currency: the field's currency.
        yuan_per: yuan per unit of other currencies (`{"HKD": Decimal("0.92")}`) where the source configures rates.
    """
    if value is None:
        return EMPTY
    if (
        column_unit is not None
        and (value.__class__ is float or value.__class__ is int)
        and currency == column_unit.code
    ):
        usual = usual_amount(value, column_unit.multiplier)
        if usual is not None:
            return (
                ParsedAmount(usual, None, False, unit_basis)
                if currency == "CNY"
                else ParsedAmount(None, usual, False, unit_basis)
            )
    if isinstance(value, str):
        return _parse_text(_read_text(value), column_unit, unit_basis, bool(other_units), currency, yuan_per)
    if isinstance(value, (bool, dt.date, dt.time, dt.timedelta)):
        return _refused("not_an_amount")
    if isinstance(value, float) and not math.isfinite(value):
        return _refused("cell_error")
    if isinstance(value, Decimal) and not value.is_finite():
        return _refused("cell_error")
    number = exact(value) if isinstance(value, float) else Decimal(value)
    return _single(_Amount(number, None, False), False, column_unit, unit_basis, bool(other_units), currency, yuan_per)


def _parse_text(
    cell: _Cell,
    column_unit: Unit | None,
    unit_basis: str | None,
    is_ambiguous: bool,
    currency: str,
    yuan_per: Mapping[str, Decimal] | None,
) -> ParsedAmount:
    if cell.failure is not None:
        return _refused(cell.failure)
    if not cell.amounts:
        return EMPTY
    if len(cell.amounts) > 1:
        return _two_currencies(cell)
    if cell.is_symbol_only and _may_mean_another_unit(cell.amounts[0], column_unit):
        return _refused("unit_ambiguous")
    single = _single(cell.amounts[0], cell.is_approximate, column_unit, unit_basis, is_ambiguous, currency, yuan_per)
    if cell.is_planned or cell.has_note or cell.kinds:
        return single._replace(
            is_planned=cell.is_planned, has_note=cell.has_note, kinds=cell.kinds, note_kinds=cell.note_kinds
        )
    return single


def _may_mean_another_unit(amount: _Amount, column_unit: Unit | None) -> bool:
    """`¥12000` under 万元: the sign states the currency; read in the column's unit it would be no more than a project can be worth.

    Where no unit is stated anywhere it may count 万元, as most ledgers do.
    """
    multiplier = _BIG["万"] if column_unit is None else column_unit.multiplier
    largest = _LARGEST_PROJECT_ABROAD if amount.code == "USD" else _LARGEST_PROJECT
    return (
        amount.code is not None
        and multiplier > 1
        and (abs(amount.value) < multiplier or abs(amount.value) * multiplier < largest)
    )


def _single(
    amount: _Amount,
    approximate: bool,
    column_unit: Unit | None,
    unit_basis: str | None,
    is_ambiguous: bool,
    currency: str,
    yuan_per: Mapping[str, Decimal] | None,
) -> ParsedAmount:
    value, code, has_magnitude = amount
    basis = "cell"
    if code is None and not has_magnitude:
        if value == 0:
            return _result(_ZERO, currency, approximate, unit_basis)
        if column_unit is None:
            return _refused("unit_ambiguous" if is_ambiguous else "unit_unknown")
        if not column_unit.is_money:
            return _refused("unit_unknown")
        value, code, basis = value * column_unit.multiplier, column_unit.code, unit_basis or ""
    elif code is None:
        # `5000万`: the magnitude is the cell's, the currency the column's.
        if column_unit is not None and column_unit.is_money:
            code = column_unit.code
        elif currency == "CNY" and not is_ambiguous:
            code = "CNY"
        else:
            return _refused("unit_ambiguous" if is_ambiguous else "unit_unknown")
    if not -LIMIT < value < LIMIT:
        return _refused("amount_too_large")
    if code == currency:
        return _result(_money(value), currency, approximate, basis or None)
    if currency == "CNY" and yuan_per and code in yuan_per:
        return _result(_money(value * yuan_per[code]), currency, True, basis or None)
    if code in ("CNY", "USD"):
        return ParsedAmount(usd=_money(value) if code == "USD" else None, reason=reason("currency_mismatch"))
    return _refused("foreign_currency")


def _result(value: Decimal, currency: str, approximate: bool, basis: str | None) -> ParsedAmount:
    if currency == "USD":
        return ParsedAmount(None, value, approximate, basis)
    return ParsedAmount(value, None, approximate, basis)


def _two_currencies(cell: _Cell) -> ParsedAmount:
    """`12000万元、500万美元`: each part must state its own unit; the field takes its own currency's part."""
    parts: dict[str, Decimal] = {}
    for value, code, has_magnitude in cell.amounts:
        if code is None and not has_magnitude:
            return _refused("two_amounts")
        if not -LIMIT < value < LIMIT:
            return _refused("amount_too_large")
        parts[code or "CNY"] = _money(value)
    if "CNY" not in parts:
        return _refused("foreign_currency")
    # 12000万元（1.3亿港元）: the yuan are known, and may not be all of it.
    is_approximate = cell.is_approximate or "USD" not in parts
    return ParsedAmount(parts["CNY"], parts.get("USD"), is_approximate, "cell")
