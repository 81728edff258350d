"""The ledger: canonical JSON Lines in a hash chain that anyone can verify without the system.

UTF-8 without byte-order mark, every line ended by LF, keys sorted, no spaces, non-ASCII unescaped, NFC. Amounts and
times are text; whole numbers count (``seq``, ``count``, a round), fractions are refused. Every row has ``seq`` (from
1), ``prev`` (hash of the row before, 64 zeros in the first) and ``hash`` (hex SHA-256 of its line without ``hash``);
the last line is the seal ``{"count":…,"head":…,"seal":true}``.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .errors import InputError
from .text import Text

FIRST_PREV = "0" * 64
SEAL_KEYS = {"count", "head", "seal"}
_CHAIN_KEYS = ("seq", "prev", "hash", "seal")
_LARGEST = 2**53 - 1  # beyond it other programs' numbers are no longer exact
_BOM = b"\xef\xbb\xbf"
_SEAL = re.compile(rb'\{"count":.*"seal":true\}\n?', re.DOTALL)
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True)
class Verification:
    """Whether a ledger is whole.

    Attributes:
        rows: lines that are not a seal. first_bad_row: 1-based; ``rows + 1`` where the seal is missing or wrong.
        reason: what is wrong there. head: hash of the last row that was found right.
    """

    ok: bool
    rows: int
    first_bad_row: int | None = None
    reason: Text | None = None
    head: str = FIRST_PREV


# --- writing ---------------------------------------------------------------------------------------------------------


def canonical_line(row: Mapping[str, Any]) -> str:
    """One line without its line end.

    Args:
        row: text, whole numbers, flags, null, lists and mappings of them; texts are brought to NFC.

    Raises:
        InputError: another kind of value, a number beyond 2^53, a lone surrogate, or keys that are equal in NFC.
    """
    line = _encode(_plain(row, ""))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        raise InputError(
            "文字中有不完整的字符，无法写成UTF-8。", "A text holds half a character and cannot be UTF-8."
        ) from None
    return line


def _plain(value: Any, path: str) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) <= _LARGEST):
        return value
    if isinstance(value, Mapping):
        plain = {_key(key, path): _plain(item, f"{path}.{key}" if path else str(key)) for key, item in value.items()}
        if len(plain) < len(value):
            raise InputError("有两个键规范化后相同。", "Two keys are equal once normalised.", field=path)
        return plain
    if isinstance(value, (list, tuple)):
        return [_plain(item, f"{path}[{number}]") for number, item in enumerate(value, 1)]
    raise InputError(
        f"办理留痕不能直接存放“{value}”：金额、时间和小数请写成文本。",
        f"The ledger does not hold “{value}”: write amounts, times and fractions as text.",
        field=path,
    )


def _key(key: Any, path: str) -> str:
    if not isinstance(key, str):
        raise InputError(
            f"办理留痕的键必须是文字，而不是“{key}”。", f"A key of the ledger is text, not “{key}”.", field=path
        )
    return unicodedata.normalize("NFC", key)


def append(chain: list[str], row: Mapping[str, Any]) -> str:
    """Add ``row`` to ``chain`` – its canonical lines so far – with seq, prev and hash; return its line.

    Raises:
        InputError: the row brings one of these (or ``seal``) itself, or cannot be written.
    """
    for key in _CHAIN_KEYS:
        if key in row:
            raise InputError(f"“{key}”由系统自动生成，不能写入。", f"“{key}” is made by the ledger itself.", field=key)
    linked = {**row, "seq": len(chain) + 1, "prev": head_of(chain)}
    line = canonical_line({**linked, "hash": hashlib.sha256(canonical_line(linked).encode()).hexdigest()})
    chain.append(line)
    return line


def head_of(chain: Sequence[str]) -> str:
    """The hash of the chain's last row; 64 zeros for an empty one."""
    return str(json.loads(chain[-1])["hash"]) if chain else FIRST_PREV


def seal(chain: Sequence[str]) -> str:
    """The last line for these rows, without its line end."""
    return canonical_line({"count": len(chain), "head": head_of(chain), "seal": True})


def sealed_file(chain: Sequence[str]) -> bytes:
    """The whole file: rows and seal, each line ended by LF."""
    return "".join(f"{line}\n" for line in (*chain, seal(chain))).encode()


# --- verifying -------------------------------------------------------------------------------------------------------


class _Broken(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.reason = Text(zh, en)


def _no_fraction(text: str) -> Any:
    raise _Broken(
        f"有不允许的数字“{text}”（金额和小数应写成文本）", f"the number “{text}” may not stand there (write it as text)"
    )


def _whole(text: str) -> Any:
    # Python takes long to read thousands of digits; nothing that long can be allowed.
    number = int(text) if len(text) <= 17 else None
    return number if number is not None and abs(number) <= _LARGEST else _no_fraction(text)


_decode = json.JSONDecoder(parse_float=_no_fraction, parse_int=_whole, parse_constant=_no_fraction).decode


def verify(raw: bytes, head: str | None = None) -> Verification:
    """Verify a whole file in memory; see :func:`verify_lines`."""
    return verify_lines(_lines(raw), head)


def _lines(raw: bytes) -> Iterator[bytes]:
    parts = raw.split(b"\n")
    yield from (part + b"\n" for part in parts[:-1])
    if parts[-1]:
        yield parts[-1]


def verify_lines(lines: Iterable[bytes | str], head: str | None = None) -> Verification:
    """Verify a ledger.

    Args:
        lines: its lines with their line ends; a file opened for binary reading will do.
        head: a head kept elsewhere; only this finds a file that was remade whole.
    """
    rows, last, sealed, reason = 0, FIRST_PREV, False, None
    bad, kept_at = 0, 0
    wanted = None if head is None else head.strip().lower()
    for line in lines:
        raw = line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
        if bad:
            rows += not _SEAL.fullmatch(raw)
            continue
        try:
            if sealed:
                raise _Broken("封签之后还有内容", "there is something after the seal")
            row = _read(raw)
            if "seal" in row:
                _check_seal(row, rows, last)
                sealed = True
                continue
            last = _check_row(raw, row, rows + 1, last)
            rows += 1
            if last == wanted:
                kept_at = rows
        except _Broken as error:
            bad, reason = rows + 1 + sealed, error.reason
            rows += not _SEAL.fullmatch(raw)
    if bad:
        return Verification(False, rows, bad, reason, last)
    if not sealed:
        return Verification(
            False,
            rows,
            rows + 1,
            Text("缺少封签，末尾的记录可能被删去", "the seal is missing: rows at the end may have been cut off"),
            last,
        )
    if wanted is not None and wanted != last:
        return _other_head(rows, kept_at, last)
    return Verification(True, rows, None, None, last)


def _other_head(rows: int, kept_at: int, last: str) -> Verification:
    if kept_at:
        return Verification(
            False,
            rows,
            kept_at + 1,
            Text(
                f"第{kept_at}条以前与另存的校验值一致，其后又有{rows - kept_at}条记录",
                f"up to row {kept_at} it is as the head kept elsewhere says; {rows - kept_at} rows follow",
            ),
            last,
        )
    return Verification(
        False,
        rows,
        rows + 1,
        Text(
            "与另存的校验值不一致，留痕文件可能被整体重做",
            "it does not match the head kept elsewhere: it may have been remade",
        ),
        last,
    )


def _read(raw: bytes) -> dict[str, Any]:
    """One line as a mapping, if it is in canonical form."""
    if not raw.endswith(b"\n"):
        raise _Broken("行尾缺少换行符，内容可能被截断", "the line end is missing: the line may have been cut off")
    try:
        text = raw[:-1].decode("utf-8")
        row = _decode(text)
    except UnicodeDecodeError:
        raise _Broken("不是UTF-8编码", "it is not UTF-8") from None
    except (json.JSONDecodeError, RecursionError):
        raise (
            _Broken("开头有字节顺序标记（BOM）", "it begins with a byte-order mark")
            if raw.startswith(_BOM)
            else _Broken("不是一行规范的JSON", "it is not one line of JSON")
        ) from None
    if not isinstance(row, dict):
        raise _Broken("不是一条记录", "it is not a row")
    if _encode(row) != text:
        raise _Broken(
            "不是规范写法（键的次序、空格、转义、换行或重复的键）",
            "it is not in canonical form (order of keys, spaces, escapes, line ends, doubled keys)",
        )
    if not unicodedata.is_normalized("NFC", text):
        raise _Broken("文字不是NFC规范形式", "its text is not in NFC")
    return row


def _check_row(raw: bytes, row: dict[str, Any], number: int, prev: str) -> str:
    """The hash of a row that fits at ``number`` after ``prev``."""
    seq, own = row.get("seq"), row.get("hash")
    if isinstance(seq, bool) or seq != number:
        raise _Broken(
            f"序号应为{number}，实为{seq}：记录被删去、插入、重复或调换了次序",
            f"its seq is {seq} where {number} is due: rows were removed, inserted, doubled or re-ordered",
        )
    if row.get("prev") != prev:
        raise _Broken(
            "与上一条记录衔接不上：上一条或本条被改动", "it does not follow the row before: one of them was altered"
        )
    # “prev” and “seq” sort after “hash”, so that a comma always follows it.
    body = raw[:-1].replace(f'"hash":"{own}",'.encode(), b"", 1)
    if hashlib.sha256(body).hexdigest() != own:
        raise _Broken("内容与校验值不符：本条被改动", "its content does not match its hash: it was altered")
    return str(own)


def _check_seal(row: dict[str, Any], rows: int, last: str) -> None:
    if set(row) != SEAL_KEYS or row["seal"] is not True:
        raise _Broken("封签的格式不对", "the seal is not of the right form")
    if isinstance(row["count"], bool) or row["count"] != rows:
        raise _Broken(f"封签记{row['count']}条，实有{rows}条", f"the seal counts {row['count']} rows, there are {rows}")
    if row["head"] != last:
        raise _Broken("封签的校验值与最后一条记录不符", "the seal's head is not the hash of the last row")
