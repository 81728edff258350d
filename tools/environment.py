"""An environment of our own beside the checkout: made once, under a lock, remade when half made or out of date."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
NOTES = ROOT / ".setup"
STAMP = "kaihua-stamp"


class Said(NamedTuple):
    """A sentence in Chinese and English."""

    zh: str
    en: str


class StepFailed(Exception):
    """A step that did not succeed: its reason and the way out, one sentence each."""

    def __init__(self, reason: Said, way_out: Said) -> None:
        super().__init__(reason.en)
        self.reason, self.way_out = reason, way_out


LOOK_AT_THE_LOG = Said("请查看日志，排除原因后再次运行", "look at the log, mend the cause and run it again")

# What a log of pip or venv shows → the reason and the way out; the first that fits counts.
_SIGNS: tuple[tuple[tuple[str, ...], Said, Said], ...] = (
    (
        ("No space left on device",),
        Said("磁盘空间不足", "the disk is full"),
        Said("请腾出约 300 MB 空间后再次运行", "free about 300 MB and run it again"),
    ),
    (
        ("Permission denied", "Read-only file system"),
        Said("没有写入权限", "writing is not permitted"),
        Said(
            "请换到本人可写的文件夹，或请管理员授权后再次运行",
            "use a folder that you may write in, or ask for the permission, and run it again",
        ),
    ),
    (
        ("CERTIFICATE_VERIFY_FAILED", "SSLError", "SSLCertVerificationError"),
        Said("软件包索引的证书未获信任", "the package index's certificate is not trusted"),
        Said(
            "请用 PIP_CERT 指明本单位的根证书文件后再次运行",
            "name your organisation's root certificate in PIP_CERT and run it again",
        ),
    ),
    (
        ("ProxyError", "Tunnel connection failed"),
        Said("代理服务器拒绝或无法连接", "the proxy refuses or cannot be reached"),
        Said("请核对 HTTPS_PROXY 的设置后再次运行", "check HTTPS_PROXY and run it again"),
    ),
    (
        (
            "Temporary failure in name resolution",
            "Failed to establish a new connection",
            "Name or service not known",
            "NewConnectionError",
            "ConnectTimeout",
            "Read timed out",
            "ReadTimeout",
            "Connection refused",
            "Connection broken",
            "Network is unreachable",
            "RemoteDisconnected",
            "Connection reset",
        ),
        Said(
            "连不上软件包索引（PyPI 或所设镜像）",
            "the package index (PyPI, or the mirror that is set) cannot be reached",
        ),
        Said(
            "请检查网络，或用 PIP_INDEX_URL 指明可用的镜像后再次运行",
            "check the network, or name a mirror in PIP_INDEX_URL, and run it again",
        ),
    ),
    (
        ("No matching distribution found", "Could not find a version that satisfies"),
        Said("软件包索引里没有所需的软件包", "the package index lacks a package that is needed"),
        Said(
            "请用 PIP_INDEX_URL 换一个完整的索引后再次运行", "name a complete index in PIP_INDEX_URL and run it again"
        ),
    ),
)


def explain(log_text: str) -> StepFailed:
    """The failure that a log of pip or venv tells of."""
    for signs, reason, way_out in _SIGNS:
        if any(sign in log_text for sign in signs):
            return StepFailed(reason, way_out)
    lines = [line.strip() for line in log_text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")] or lines[-1:]
    last = errors[-1].removeprefix("ERROR:").strip()[:200] if errors else "?"
    return StepFailed(Said(f"程序最后的输出是“{last}”", f"its last words were “{last}”"), LOOK_AT_THE_LOG)


def can_make_environments() -> bool:
    """Whether this Python has what it needs for that; Debian keeps it in a package of its own."""
    try:
        for name in ("ensurepip", "venv"):
            importlib.import_module(name)
    except ImportError:
        return False
    return True


def digest(paths: Sequence[Path], *texts: str) -> str:
    """Hex SHA-256 over files (names and contents) and texts."""
    total = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        total.update(f"{path.relative_to(ROOT)}\n{len(content)}\n".encode())
        total.update(content)
    for text in texts:
        total.update(f"{len(text)}\n{text}".encode())
    return total.hexdigest()


@contextlib.contextmanager
def locked(name: str, waiting: Callable[[], None]) -> Iterator[int]:
    """Hold the lock ``name``; yields its descriptor, which children inherit, so that an orphaned pip still holds it.

    Args:
        waiting: called once if another process holds the lock, before waiting for it.
    """
    NOTES.mkdir(exist_ok=True)
    with (NOTES / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle.fileno()


@dataclass(frozen=True)
class Environment:
    """A virtual environment with the checkout installed in it (editable), and the extra that it needs.

    Attributes:
        folder: where it lies. extra: name of the optional dependencies, or empty. log: everything that pip says.
    """

    folder: Path
    extra: str
    log: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def _stamp(self) -> Path:
        return self.folder / STAMP

    def wanted(self) -> str:
        """What the stamp must say: made from these requirements, this version, this place."""
        asked = [ROOT / "pyproject.toml", ROOT / "setup.py", ROOT / "kaihua_infoproj" / "__init__.py"]
        return digest(asked, str(self.folder), self.extra)

    def is_ready(self) -> bool:
        """Whether it was made to the end, from what the checkout asks now."""
        try:
            return self._stamp.read_text().strip() == self.wanted() and self.python.exists()
        except OSError:
            return False

    def make(self, lock: int) -> None:
        """Make it from nothing. What is half made or outdated is removed first: a killed pip leaves nothing to trust.

        Args:
            lock: descriptor of the lock, inherited by pip.

        Raises:
            StepFailed: with reason and way out.
        """
        if not can_make_environments():
            package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            raise StepFailed(
                Said(f"这台机器的 Python 缺少建立环境的组件（{package}）", f"this Python lacks the package {package}"),
                Said(
                    f"请由管理员安装 {package}（apt-get install {package}）后再次运行",
                    f"have {package} installed (apt-get install {package}) and run it again",
                ),
            )
        try:
            if self.folder.is_symlink() or self.folder.is_file():
                self.folder.unlink()
            elif self.folder.exists():
                shutil.rmtree(self.folder)
        except OSError as error:
            raise explain(f"{error.strerror}: {error.filename}") from None
        requirement = f"{ROOT}[{self.extra}]" if self.extra else str(ROOT)
        self.run([sys.executable, "-m", "venv", str(self.folder)], lock)
        self.run(
            [
                str(self.python),
                "-m",
                "pip",
                "install",
                "--no-input",
                "--disable-pip-version-check",
                "--editable",
                requirement,
            ],
            lock,
        )
        self._stamp.write_text(self.wanted() + "\n")

    def run(self, command: Sequence[str], lock: int | None = None) -> None:
        """Run a command with its output in the log.

        Raises:
            StepFailed: it ended with another code than 0, explained from what it wrote.
        """
        before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(command)}\n")
            log.flush()
            code = run_to(log, command, lock)
        if code:
            with self.log.open(encoding="utf-8", errors="replace") as log:
                log.seek(before)
                raise explain(log.read().split("\n", 1)[1])


_MISLEADING = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_REQUIRE_VIRTUALENV", "PIP_USER", "PIP_TARGET")


def run_to(log: IO[str], command: Sequence[str], lock: int | None = None) -> int:
    """Run a command in the checkout, output to ``log``; its exit code. A Ctrl-C ends the child too and goes on up."""
    variables = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    variables.setdefault("PYTHONUTF8", "1")
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        env=variables,
        pass_fds=() if lock is None else (lock,),
    ) as child:
        try:
            return child.wait()
        except BaseException:
            child.terminate()
            raise
