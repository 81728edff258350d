"""The folder that ``demo`` writes: it knows its own files and touches no others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kaihua_infoproj.policy.errors import InputError

from .files import cannot_read, cannot_write, make_folder, read_raw, write_whole

_LIST = ".kaihua-demo"


@dataclass(frozen=True)
class DemoFolder:
    """A folder and the names of the files in it that are ours, from an earlier run."""

    path: str
    own: frozenset[str]

    @classmethod
    def open(cls, path: str) -> DemoFolder:
        """Look at a folder that may exist already; nothing is written yet.

        Raises:
            InputError: it is a file, or may not be read.
        """
        if os.path.exists(path) and not os.path.isdir(path):
            raise InputError(
                "这是已有的文件，不是目录，请换一个目录名。",
                "This is a file; choose another folder.",
                file=path,
                field="--out",
            )
        listed = os.path.join(path, _LIST)
        try:
            known = os.path.isfile(listed)
        except OSError as error:
            raise cannot_read(path, error) from None
        names = read_raw(listed).decode("utf-8", "replace").split("\n") if known else []
        return cls(path, frozenset(name for name in names if _is_inside(name)))

    def refuse_foreign(self, names: Iterable[str]) -> None:
        """Make sure that files to be written are ours, or not there yet.

        Raises:
            InputError: one is somebody else's.
        """
        for name in names:
            target = os.path.join(self.path, name)
            if name not in self.own and os.path.exists(target):
                raise InputError(
                    "这里已有同名文件，不是演示生成的，没有覆盖；请移走它，或用 --out 换一个目录。",
                    "A file of this name is here already and not the demo's; move it, or choose another folder with "
                    "--out.",
                    file=target,
                    field="--out",
                )

    def write(self, content: Mapping[str, str | bytes]) -> None:
        """Write files by their name in the folder; what an earlier run wrote and this one does not is removed.

        Raises:
            InputError: a file of that name is not ours, or cannot be written; then nothing or only whole files of ours
                have been written.
        """
        self.refuse_foreign(content)
        make_folder(self.path)
        # Named first: files of a run that breaks off are then still known as ours.
        write_whole(os.path.join(self.path, _LIST), "".join(f"{name}\n" for name in sorted(self.own | set(content))))
        for name, body in content.items():
            target = os.path.join(self.path, name)
            make_folder(os.path.dirname(target))
            write_whole(target, body)
        self._remove(self.own - set(content))
        write_whole(os.path.join(self.path, _LIST), "".join(f"{name}\n" for name in sorted(content)))

    def _remove(self, names: frozenset[str]) -> None:
        for name in names:
            target = os.path.join(self.path, name)
            try:
                if os.path.isfile(target):
                    os.remove(target)
            except OSError as error:
                raise cannot_write(target, error) from None


def _is_inside(name: str) -> bool:
    """Whether a listed name stays within the folder."""
    return bool(name) and not os.path.isabs(name) and ".." not in name.replace("\\", "/").split("/")
