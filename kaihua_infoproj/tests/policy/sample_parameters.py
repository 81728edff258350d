"""A small parameter file that the tests of parameters share."""

from __future__ import annotations

from kaihua_infoproj.policy.parameter import Parameter, load_parameters
from kaihua_infoproj.policy.strict_yaml import read_bytes

ONE = """
limit:
  zh: 限额
  en: limit
  kind: money
  unit: yuan
  tighten: lower
  values:
    - {from: 2020-08-05, value: "200000.00", document: 甲办法, article: "12"}
    - {from: 2024-01-01, value: "150000.00", document: 乙办法, article: "3", judgement: true, note: 修订}
"""


def parameters(text: str) -> dict[str, Parameter]:
    return load_parameters(read_bytes(text.encode(), file="参数.yaml"))
