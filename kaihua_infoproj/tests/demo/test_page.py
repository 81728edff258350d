"""The page of the years: whole, by itself, sound HTML, and silent about classified projects."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from kaihua_infoproj.demo.offline.page import render, write
from kaihua_infoproj.demo.offline.page_data import page_data
from kaihua_infoproj.demo.offline.player import Played
from kaihua_infoproj.demo.offline.scenario import Cast, Scenario
from kaihua_infoproj.demo.offline.world import World

VOID = {"meta", "input", "br", "link", "img", "hr"}


class Checked(HTMLParser):
    """Reads a page and notes what is wrong with its tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if len(found) < len(attrs):
            self.wrong.append(f"an attribute twice on {tag}")
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.text.append(data)


@pytest.fixture(scope="module")
def checked(page: str) -> Checked:
    parser = Checked()
    parser.feed(page)
    parser.close()
    return parser


def test_the_page_is_sound(checked: Checked) -> None:
    assert (checked.wrong, checked.open) == ([], [])
    assert len(set(checked.ids)) == len(checked.ids)


def test_the_page_needs_nothing_from_outside(page: str, checked: Checked) -> None:
    assert not re.search(r"https?:|//[a-z]|@import|url\(|\bsrc=|<link", page)
    assert all("src" not in attrs and "href" not in attrs for _, attrs in checked.tags)


def test_the_page_says_that_it_is_demo_data(page: str, checked: Checked) -> None:
    assert '<html lang="zh-CN">' in page
    assert "演示数据" in "".join(checked.text)
    assert re.search(r"<title>[^<]*演示数据[^<]*</title>", page)


def test_every_project_stands_on_the_page(years: Played, checked: Checked) -> None:
    text = "".join(checked.text)
    for project in years.world.projects.values():
        assert project.title in text and f"lane-{project.key}" in checked.ids


def test_every_finding_and_refusal_stands_on_the_page(years: Played, checked: Checked) -> None:
    text = "".join(checked.text)
    said = {finding.zh for act in years.acts if act.project for finding in act.findings}
    said |= {act.refusal.zh for act in years.acts if act.refusal}
    assert said and [sentence for sentence in said if sentence not in text] == []


def test_marks_and_buttons_lead_to_what_is_there(checked: Checked) -> None:
    ids = set(checked.ids)
    rows = [str(attrs["data-row"]) for _, attrs in checked.tags if "data-row" in attrs]
    controls = [str(attrs["aria-controls"]) for _, attrs in checked.tags if "aria-controls" in attrs]
    assert len(rows) > 400 and set(rows) <= ids
    assert controls and set(controls) <= ids


def test_the_page_can_be_used_without_a_mouse(checked: Checked) -> None:
    tracks = [attrs for _, attrs in checked.tags if attrs.get("class") == "track"]
    marks = [
        attrs for _, attrs in checked.tags if str(attrs.get("class", "")).startswith("mark ") and "data-row" in attrs
    ]
    assert tracks and all(attrs["tabindex"] == "0" and attrs.get("aria-label") for attrs in tracks)
    assert all(attrs.get("aria-label") for attrs in marks)


def test_nothing_of_a_classified_project_is_shown(page: str) -> None:
    for word in ("stub_gaj", "涉密项目登记", "保密员", "县公安局"):
        assert word not in page


def test_the_same_play_gives_the_same_page(years: Played, page: str) -> None:
    assert render(years) == page


def test_the_page_is_written(years: Played, page: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(years, tmp_path_factory.mktemp("page") / "deep" / "index.html")
    assert path.read_text(encoding="utf-8") == page


def test_bars_follow_each_other_within_the_years(years: Played) -> None:
    data = page_data(years)
    for lane in data.projects:
        assert lane.bars, lane.key
        assert all(0 <= bar.start < bar.end <= data.days for bar in lane.bars)
        assert [bar.start for bar in lane.bars] == sorted(bar.start for bar in lane.bars)


def test_the_calendar_holds_every_month_and_guide(years: Played) -> None:
    data = page_data(years)
    assert len(data.months) == 12 * len(data.years) == 48
    assert sum(month.days for month in data.months) == data.days
    assert sum(guide.tone == "deadline" for guide in data.guides) == 4
    assert sum(guide.tone == "approval" for guide in data.guides) == 5


def test_figures_of_the_years_agree_with_the_projects(years: Played) -> None:
    data = page_data(years)
    approved = sum(project.approved_at is not None for project in years.world.projects.values())
    assert sum(year.approved for year in data.years) == approved == 13


def test_a_play_of_nothing_has_no_page() -> None:
    empty = Scenario((), Cast(), ())
    with pytest.raises(ValueError, match="nothing was played"):
        render(Played(empty, (), World(empty.cast)))
