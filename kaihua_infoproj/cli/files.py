"""Reading what a person hands in and writing what he asks for: whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.strict_yaml import MAX_BYTES, Located, read_bytes


def read_raw(file: str, most: int = MAX_BYTES + 1) -> bytes:
    """The bytes of a file, at most ``most`` of them; the strict reader refuses what is longer than it takes.

    Raises:
        InputError: it is missing, a folder, or may not be read.
    """
    try:
        with open(file, "rb") as handle:
            return handle.read(most)
    except OSError as error:
        raise cannot_read(file, error) from None


def cannot_read(file: str, error: OSError) -> InputError:
    """The sentence for a file that cannot be opened."""
    if isinstance(error, FileNotFoundError):
        return InputError(
            "没有这个文件，请核对文件名和所在目录。", "There is no such file; check its name and folder.", file=file
        )
    if isinstance(error, IsADirectoryError):
        return InputError("这是目录，不是文件，请写明其中的文件名。", "This is a folder; name a file in it.", file=file)
    if isinstance(error, PermissionError):
        return InputError(
            "没有读取这个文件的权限，请核对权限。", "You may not read this file; check its permissions.", file=file
        )
    return InputError(
        f"无法打开文件（{error.strerror}），请核对后再试。", f"The file cannot be opened ({error.strerror}).", file=file
    )


def read_structured(file: str) -> Located:
    """A YAML or JSON file; JSON is known by its name or by beginning with a brace or bracket.

    Raises:
        InputError: it cannot be read or is not well-formed.
    """
    raw = read_raw(file)
    as_json = file.lower().endswith(".json") or raw[:64].lstrip()[:1] == b"{"
    return read_bytes(raw, file=file, as_json=as_json)


def write_whole(file: str, content: str | bytes) -> None:
    """Write ``content`` (text as UTF-8) beside ``file`` first and then put it in place: nobody meets half a file.

    Raises:
        InputError: it cannot be written; then nothing has changed.
    """
    raw = content.encode() if isinstance(content, str) else content
    target = os.path.realpath(file)
    temporary = ""
    try:
        if os.path.exists(target) and not stat.S_ISREG(os.stat(target).st_mode):
            if os.path.isdir(target):
                raise IsADirectoryError(21, "Is a directory")
            Path(target).write_bytes(raw)  # a device or a pipe
            return
        handle, temporary = tempfile.mkstemp(prefix=".kaihua-", dir=os.path.dirname(target) or ".")
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
        temporary = ""
    except OSError as error:
        raise cannot_write(file, error) from None
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def make_folder(folder: str) -> None:
    """Make a folder and those above it.

    Raises:
        InputError: it cannot be made, or a file stands in its place.
    """
    try:
        os.makedirs(folder, exist_ok=True)
    except FileExistsError:
        raise InputError(
            "这是已有的文件，不是目录，请换一个目录名。",
            "This is a file; choose another folder.",
            file=folder,
            field="--out",
        ) from None
    except OSError as error:
        raise cannot_write(folder, error) from None


def _mode(target: str) -> int:
    if os.path.exists(target):
        return stat.S_IMODE(os.stat(target).st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def cannot_write(file: str, error: OSError) -> InputError:
    """The sentence for a file that cannot be written."""
    if isinstance(error, FileNotFoundError):
        return InputError(
            "所在目录不存在，请先建好目录。", "Its folder does not exist; make it first.", file=file, field="--out"
        )
    if isinstance(error, IsADirectoryError):
        return InputError("这是已有的目录，请写明文件名。", "This is a folder; name a file.", file=file, field="--out")
    if isinstance(error, NotADirectoryError):
        return InputError(
            "路径中有一段不是目录，请核对。", "A part of the path is no folder.", file=file, field="--out"
        )
    if isinstance(error, PermissionError):
        return InputError(
            "没有写入这里的权限，请换一个目录。",
            "You may not write here; choose another folder.",
            file=file,
            field="--out",
        )
    return InputError(
        f"无法写入（{error.strerror}），请核对磁盘空间和目录。",
        f"It cannot be written ({error.strerror}); check space and folder.",
        file=file,
        field="--out",
    )
