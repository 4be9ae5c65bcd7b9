"""Tasks of a plan: each item with who is responsible, whatever is missing."""

from __future__ import annotations

from pathlib import Path

import samples
from forms import load_forms, load_work
from generate.standard.levels import passages
from generate.tasks import Task, tasks, tasks_of
from templates import CATALOGUE

PLAN = """一、主要内容
以团干部“走基层”为抓手。
二、任务分工
（一）强基扩面工程
1.巩固学校共青团组织建设。
2020年11月底完成换届工作。
责任部室：学校部
责任人：林致远
2.加强规范化建设。
责任单位：组织部
（二）观摩交流活动
每季度最后一个月开展观摩交流活动。
牵头部门: 各部室
负责人: 部室负责人
三、有关要求
请抓好落实。
"""


def test_items_are_tasks_of_those_who_are_named_below_them() -> None:
    assert list(tasks(passages(PLAN))) == [
        Task("强基扩面工程", "巩固学校共青团组织建设。\n2020年11月底完成换届工作。", "学校部", "林致远"),
        Task("强基扩面工程", "加强规范化建设。", "组织部", ""),
        Task("观摩交流活动", "每季度最后一个月开展观摩交流活动。", "各部室", "部室负责人"),
    ]


def test_a_text_that_names_nobody_has_no_tasks() -> None:
    assert list(tasks(passages("一、总体要求\n1.提高认识。\n2.加强领导。"))) == []


def test_the_plan_of_the_sample_has_its_fifteen_tasks(tmp_path: Path) -> None:
    samples.build("luohe", tmp_path)
    found = [task for _, task in tasks_of(load_work(tmp_path, load_forms(CATALOGUE)))]
    assert len(found) == 15
    assert {task.part for task in found} == {
        "强基扩面工程",
        "团建品牌提升工程",
        "团建心连心工程",
        "素质提升工程",
        "观摩交流活动",
    }
    assert all(task.text and task.office and task.person for task in found)
