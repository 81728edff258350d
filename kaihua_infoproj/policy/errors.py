"""Errors that a person reads: each says what is wrong, where, and what is allowed, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence


class InputError(ValueError):
    """Something that was handed in cannot be read or does not make sense.

    Args:
        zh: one Chinese sentence: what is wrong and what is allowed.
        en: the same in English.
        file: the file it stands in, as the user named it; empty if there is none.
        line: 1-based line in that file; 0 if unknown.
        field: path of the field, such as ``investment_lines[3].amount``; empty if it concerns the whole.
    """

    def __init__(self, zh: str, en: str, *, file: str = "", line: int = 0, field: str = "") -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en
        self.file, self.line, self.field = file, line, field

    def at(self, *, file: str = "", line: int = 0, field: str = "") -> InputError:
        """Fill in what is not yet known of the place, and return self (so that it can be raised again)."""
        self.file = self.file or file
        self.line = self.line or line
        self.field = self.field or field
        return self

    def place(self, lang: str) -> str:
        """Where it is, as a prefix for the sentence; empty if nothing is known."""
        parts = []
        if self.file:
            parts.append(self.file)
        if self.line:
            parts.append(f"第{self.line}行" if lang == "zh" else f"line {self.line}")
        if self.field:
            parts.append(f"字段 {self.field}" if lang == "zh" else f"field {self.field}")
        if not parts:
            return ""
        return ("，" if lang == "zh" else ", ").join(parts) + ("：" if lang == "zh" else ": ")

    def message(self, lang: str = "zh") -> str:
        """The whole sentence with its place."""
        return self.place(lang) + (self.zh if lang == "zh" else self.en)

    def __str__(self) -> str:
        return self.message("zh")


class InputErrors(InputError):
    """Everything that is wrong with one paper, told at once; as a sentence it is its first error.

    Args:
        errors: at least one, in the order of the paper. ``all`` holds them.
    """

    def __init__(self, errors: Sequence[InputError]) -> None:
        first = errors[0]
        super().__init__(first.zh, first.en, file=first.file, line=first.line, field=first.field)
        self.all = tuple(errors)


class NoValueInForce(InputError):
    """A parameter was asked for a day before its first value."""


class ParameterError(InputError):
    """A parameter file or an overlay row is not well-formed, or loosens the measure's floor."""
