"""The rules: a change's route, a declaration's check, a ledger's verification."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from kaihua_infoproj.demo.offline.scenario import FOLDER as SCENARIOS
from kaihua_infoproj.policy import ledger
from kaihua_infoproj.policy.calendar import SHANGHAI
from kaihua_infoproj.policy.change_facts import ChangeFacts
from kaihua_infoproj.policy.change_route import route_change
from kaihua_infoproj.policy.declaration import check_declaration
from kaihua_infoproj.policy.form_reading import read_paper
from kaihua_infoproj.policy.forms import load_form
from kaihua_infoproj.policy.parameter import in_force
from kaihua_infoproj.policy.plain import from_plain
from kaihua_infoproj.policy.proposal import ProposalFacts
from kaihua_infoproj.policy.strict_yaml import read_bytes, read_file

from .measuring import Result, beside_json, median

DAY = date(2026, 5, 1)
MOMENT = datetime(2026, 9, 20, 10, 0, tzinfo=SHANGHAI)
LINES_OF_CHANGE, EARLIER, LINES_OF_DECLARATION, ROWS = 200, 50, 300, 100_000


def change() -> dict[str, Any]:
    """A change of 200 lines with 50 earlier ones, as plain values."""
    lines = [
        {"line": f"{n}", "item": f"分项{n}", "before": f"{10000 + n}.00", "after": f"{10000 + n + n % 7}.50"}
        for n in range(1, LINES_OF_CHANGE + 1)
    ]
    return {
        "base_amount": "5000000.00",
        "lines": lines,
        "earlier": [f"{100 + n}.25" for n in range(EARLIER)],
        "centre_content_degree": "small",
        "meets_review": True,
    }


def declaration() -> dict[str, Any]:
    """A construction declaration of 300 investment lines, as plain values."""
    paper: dict[str, Any] = dict(read_file(SCENARIOS / "papers" / "edu.yaml").data)
    lines = paper["investment_lines"]
    paper["investment_lines"] = [
        {**lines[n % len(lines)], "line_no": n + 1, "item": f"{lines[n % len(lines)]['item']}{n + 1}"}
        for n in range(LINES_OF_DECLARATION)
    ]
    return paper


def ledger_file() -> bytes:
    """A sealed ledger of 100,000 rows like those of decisions."""
    chain: list[str] = []
    for n in range(ROWS):
        ledger.append(
            chain,
            {
                "chain": "演示项目",
                "at": "2026-05-01T09:00:00+08:00",
                "actor": f"user{n % 97}@demo",
                "action": "同意转报县大数据中心",
                "document": f"ITP-2026-{n:05}",
                "amount": "1333300.00",
                "findings": ["art12.amount", "art12.ratio"],
            },
        )
    chain.append(ledger.seal(chain))
    return "".join(line if line.endswith("\n") else line + "\n" for line in chain).encode()


def results() -> Iterator[Result]:
    """Measure, one line after the other."""
    rules = in_force(DAY)
    plain = change()
    facts = from_plain(ChangeFacts, plain)
    text = json.dumps(plain, ensure_ascii=False)
    yield beside_json(
        f"route of a change, {LINES_OF_CHANGE} lines, {EARLIER} earlier ones",
        lambda: route_change(facts, rules),
        text,
        5,
    )
    yield beside_json("… from plain values", lambda: route_change(from_plain(ChangeFacts, plain), rules), text)

    paper = declaration()
    text = json.dumps(paper, ensure_ascii=False)
    form = load_form("declaration")
    data = read_paper(form, paper).data
    on_day = in_force(MOMENT.date())
    yield beside_json(
        f"full check of a declaration, {LINES_OF_DECLARATION} lines",
        lambda: check_declaration(ProposalFacts(data, MOMENT), on_day),
        text,
        20,
    )
    yield beside_json("… reading its form", lambda: read_paper(form, paper), text)
    yield beside_json(
        "… reading the strict JSON with its line numbers", lambda: read_bytes(text.encode(), as_json=True), text
    )

    raw = ledger_file()
    if not ledger.verify(raw).ok:
        raise SystemExit("The ledger made for the benchmark does not verify.")
    lines = raw.decode().splitlines()
    yield Result(
        f"verify a ledger, {ROWS:,} rows",
        median(lambda: ledger.verify(raw), least=3, most=5),
        median(lambda: [json.loads(line) for line in lines], least=3, most=5),
        3000,
    )
