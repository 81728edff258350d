"""People, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from ..policy.calendar import SHANGHAI, end_of
from ..policy.errors import InputError


@dataclass(frozen=True)
class Person:
    """A user as the flow sees him.

    Attributes:
        user: the log-in, unique. name: as papers show it.
        roles: full role names, such as ``IT Project Applicant``.
        department: the unit he belongs to. units: further units that he may act for.
    """

    user: str
    name: str
    roles: frozenset[str] = frozenset()
    department: str = ""
    units: frozenset[str] = frozenset()

    def belongs_to(self, department: str) -> bool:
        """Whether he may act for ``department``; never for an empty one."""
        return bool(department) and (department == self.department or department in self.units)


@dataclass(frozen=True)
class Substitution:
    """授权代理: who may decide for whom, from when until when, in which procedures.

    Attributes:
        since: from this moment on. until: up to, and no longer at, this moment.
        procedures: DocTypes, such as ``IT Project Proposal``; none named, none covered.

    Raises:
        InputError: it ends before it begins, somebody stands in for himself, or no procedure is named.
    """

    substitute: str
    represented: str
    since: datetime
    until: datetime
    procedures: frozenset[str]

    def __post_init__(self) -> None:
        if self.until <= self.since:
            raise InputError(
                "授权代理的结束时间须晚于开始时间。", "A substitution must end after it begins.", field="until"
            )
        if self.substitute == self.represented:
            raise InputError("授权代理人不能是本人。", "Nobody stands in for himself.", field="substitute")
        if not self.procedures:
            raise InputError(
                "授权代理须写明适用的程序。", "A substitution must name its procedures.", field="procedures"
            )

    @classmethod
    def for_days(
        cls, substitute: str, represented: str, first: date, last: date, procedures: Iterable[str]
    ) -> Substitution:
        """A substitution from the beginning of ``first`` to 24:00 of ``last``, Shanghai time."""
        return cls(
            substitute, represented, datetime.combine(first, time.min, SHANGHAI), end_of(last), frozenset(procedures)
        )

    def names(self, substitute: str, represented: str) -> bool:
        """Whether it is about these two."""
        return (self.substitute, self.represented) == (substitute, represented)

    def valid(self, at: datetime, procedure: str) -> bool:
        """Whether it holds at that moment for that DocType."""
        return self.since <= at < self.until and procedure in self.procedures
