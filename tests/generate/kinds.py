"""A document of every kind, from an invented committee: what ``work.yaml`` would say, and the texts it names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import templates
from forms import Work, load_forms
from generate.notice.document import notice

DAY = date(2026, 3, 9)
LINE = "各单位要高度重视这项工作，明确分管领导和具体责任人，结合实际细化措施，按时间节点扎实推进，确保各项任务落到实处、取得实效。"
BODY = "\n".join(
    (
        "为进一步加强全市基层团组织建设，现将有关事项通知如下。",
        "一、总体要求",
        LINE,
        "二、重点任务",
        "（一）建立联系制度。" + LINE,
        "1.每月走访一次基层团组织。" + LINE,
        "（1）填写“走访情况记录表”——由本人签字……",
        "三、有关要求",
        LINE,
        LINE,
    )
)
ISSUER = {
    "名称": "共青团云川市委员会",
    "标志": "共青团云川市委员会文件",
    "印发机关": "共青团云川市委员会办公室",
}
PLAIN: dict[str, Any] = {
    "名称": "样例",
    "文号": "云团发〔2026〕7号",
    "标题": "关于进一步加强全市基层团组织建设工作的通知",
    "主送": "各县（区）团委，市直各团（工）委",
    "正文": "正文.md",
    "成文日期": DAY,
}
COPIES = {"抄送": "团省委，市委办公室，市委组织部，各县（区）党委", "印发日期": DAY}
KINDS: dict[str, dict[str, Any]] = {
    "下行文": {"份号": "000012", "密级": "秘密", "保密期限": "1年", "紧急程度": "特急", **COPIES},
    "留白": {
        "用印": "留白",
        "附注": "此件公开发布",
        "附件": [{"标题": "任务分工表", "正文": "附件.md"}],
        **COPIES,
    },
    "印章": {"用印": "印章图片", "印章": ["章.png"], "印发日期": DAY},
    "联合": {
        "联合": ["共青团云川市委员会", "云川市教育局", "云川市人力资源和社会保障局"],
        "用印": "印章图片",
        "印章": ["章.png"] * 3,
        **COPIES,
    },
    "联合无印": {"联合": ["共青团云川市委员会", "云川市教育局"], **COPIES},
    "上行文": {
        "种类": "上行文",
        "标题": "关于召开共青团云川市第十次代表大会的请示",
        "主送": "共青团江北省委员会",
        "签发人": ["林致远"],
        "附注": "联系人：周景行，电话：0000-0000000",
    },
    "报告": {
        "种类": "报告",
        "标题": "关于2025年度全市基层团组织建设工作情况的报告",
        "主送": "共青团江北省委员会",
        "签发人": ["林致远", "沈若川", "顾明棠"],
        "印发日期": DAY,
    },
    "信函": {
        "种类": "信函",
        "标题": "关于商请支持青年志愿服务工作的函",
        "主送": "云川市民政局",
        "文号": "云团函〔2026〕3号",
        "抄送": "云川市教育局",
    },
    "命令": {
        "种类": "命令",
        "文号": "第12号",
        "用印": "签名章",
        "签名章": {"职务": "书记", "图片": "名.png"},
    },
    "纪要": {
        "种类": "纪要",
        "文号": "第3期",
        "标题": "书记办公会议纪要",
        "出席": "林致远、沈若川、顾明棠、许知秋、周景行，各部室主要负责人，市青年服务中心主任，各县（区）团委书记",
        "请假": "苏望舒",
        "列席": "陆其昌、何映秋",
        "印发日期": DAY,
    },
    "印发通知": {
        "种类": "印发通知",
        "标题": "关于印发《云川市共青团联系服务青年工作制度》的通知",
        "正文": "印发.md",
        "随文印发": {"标题": "云川市共青团联系服务青年工作制度", "正文": "正文.md"},
        "印发日期": DAY,
    },
    "征求意见稿": {"种类": "征求意见稿", "标题": "云川市共青团联系服务青年工作方案", "文号": ""},
    "通报": {
        "种类": "通报",
        "标题": "关于2025年度全市共青团工作考核情况的通报",
        "附件": [
            {"标题": "考核得分一览表", "正文": "附件.md"},
            {
                "标题": "关于在全市范围内广泛深入开展“青春建功新时代”主题实践活动的情况统计表（试行）",
                "正文": "表.md",
                "横排": True,
            },
        ],
        **COPIES,
    },
    "图表": {"标题": "关于全市团支部规范化建设情况的通知", "正文": "图表.md"},
    "催办通知": {"种类": "催办通知", "紧急程度": "加急", "标题": "关于尽快报送3月份工作情况的催办通知"},
}
TABLE = "| 单位 | 应报 | 已报 | 备注 |\n| --- | --- | --- | --- |\n" + "\n".join(
    f"| 第{number}县团委 | 12 | {number} | 已全部核对 |" for number in range(1, 9)
)

RICH = f"""现将云川市各单位工作开展情况通报如下，见下表[^1]。
{TABLE}
一、存在问题
- 个别团支部记录不全；
- 少数团干部走访次数不够。
![走访次数](图.png)
二、有关要求
{LINE}
[^1]: 数据截至2026年2月底。
"""


def make(folder: Path) -> dict[str, Path]:
    """Write the texts and pictures to ``folder`` and make a document of every kind; return their paths by name."""
    _texts(folder)
    found = {}
    for number, (name, changes) in enumerate(KINDS.items()):
        work = a_work(folder, changes)
        found[name] = notice(work.notices[0], work, folder / f"kind{number}.docx")
    return found


def a_work(folder: Path, changes: dict[str, Any]) -> Work:
    """Return the committee's work with one notice; ``changes`` are its keys in ``work.yaml``."""
    work = Work.model_validate(
        {
            "名称": "样例",
            "开始": date(2026, 1, 1),
            "结束": date(2026, 12, 31),
            "发文机关": ISSUER,
            "通知": [PLAIN | changes],
        }
    )
    return work.model_copy(update={"folder": folder, "forms": load_forms(templates.CATALOGUE)})


def _texts(folder: Path) -> None:
    from PIL import Image, ImageDraw

    (folder / "正文.md").write_text(BODY, encoding="utf-8")
    (folder / "印发.md").write_text(
        "现将《云川市共青团联系服务青年工作制度》印发给你们，请结合实际，认真抓好贯彻落实。", encoding="utf-8"
    )
    (folder / "附件.md").write_text("一、分工\n" + LINE, encoding="utf-8")
    (folder / "图表.md").write_text(RICH, encoding="utf-8")
    Image.new("RGB", (900, 300), "gray").save(folder / "图.png")
    (folder / "表.md").write_text(TABLE, encoding="utf-8")
    seal = Image.new("RGBA", (420, 420), (0, 0, 0, 0))
    ImageDraw.Draw(seal).ellipse((6, 6, 414, 414), outline=(230, 0, 0, 255), width=12)
    seal.save(folder / "章.png")
    name = Image.new("RGBA", (400, 180), (0, 0, 0, 0))
    ImageDraw.Draw(name).rectangle((4, 4, 396, 176), outline=(230, 0, 0, 255), width=6)
    name.save(folder / "名.png")
