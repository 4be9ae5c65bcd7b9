"""The table of contents of the command line: each command, the module that holds it and one sentence on what it does.

Only text, so that ``hongtou --help`` need not import the commands.
"""

from __future__ import annotations

from typing import NamedTuple


class Item(NamedTuple):
    """Where a command stands (a module of ``hongtou.commands``) and what it does."""

    module: str
    summary: str


CONTENTS = {
    "demo": Item("demo", "用漯河样例把全过程走一遍，列出做了什么、到哪里看"),
    "new": Item("works", "新建工作文件夹：空的（带说明），或照样例做一份"),
    "samples": Item("works", "列出自带的样例"),
    "forms": Item("works", "列出本项工作的表单和自带表单，以及各栏"),
    "learn": Item("learning", "从空白表学出表单：模板和各栏，放进这项工作的 表单/"),
    "notice": Item("outgoing", "生成红头通知，连同附件"),
    "number": Item("number", "发文字号：发下一个号，列出已发的，缺号的说明缘由"),
    "format": Item("formatting", "把草稿（Word、Markdown、纯文本）按 GB/T 9704—2012 排成公文"),
    "check": Item("checking", "按 GB/T 9704—2012 逐条检查公文的格式，任何 .docx 都可以"),
    "blank": Item("outgoing", "生成空白表，一个单位一份，单位和报送期已填好"),
    "mail": Item("mailing", "写信给各单位，附通知和空白表：起草、发出、看谁收到了"),
    "extract": Item("incoming", "读文件，每份报送输出一行 JSON，不动台账"),
    "collect": Item("incoming", "把收到的文件归档、读出并记入台账，可以重复执行"),
    "status": Item("state", "谁该报、谁报了、什么时候报的、是否逾期"),
    "quota": Item("quota", "各项指标完成了多少：按单位、按人、按期，与要求对照"),
    "remind": Item("mailing", "催报：给到期没有报的单位写信，列明缺哪几份"),
    "review": Item("review", "列出需要人核对的地方，并记下核对的结果"),
    "ledger": Item("outcome", "把台账做成 Excel 工作簿"),
    "summary": Item("outcome", "生成给组织部的年度总结"),
    "verify": Item("keeping", "核验台账和归档：原件是否完好，每个值是否还在原件的出处"),
    "backup": Item("keeping", "备份台账，或连同归档把整个工作打成一个包"),
}


def about(name: str, more: str = "") -> str:
    """Return the help text of the command ``name``: its sentence and, after a blank line, ``more``."""
    return f"{CONTENTS[name].summary}。\n\n{more}".strip()
