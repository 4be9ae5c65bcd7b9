"""Ordinary returns of 附件1 as Word saves them, in any number, always the same: about 28 KB, document.xml about 75 KB.

Word-like means: revision ids on paragraphs and runs, the full run properties on every run, words split over runs,
spelling marks between them, and the parts that Word writes beside the document (styles with latent styles, theme,
settings with revision ids, font table, web settings, application properties).
"""

from __future__ import annotations

import random
from pathlib import Path

from samples.luohe.word import package

TITLE = "团干部走基层情况报告单"
_NAMESPACES = (
    'xmlns:wpc="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp14="http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word" '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" mc:Ignorable="w14 w15 wp14"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_PROPS = (
    '<w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="宋体" w:cs="宋体" w:hint="eastAsia"/>'
    '<w:color w:val="000000"/><w:kern w:val="0"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PLACES = (
    "孟庙镇",
    "商桥镇",
    "裴城镇",
    "大刘镇",
    "邓襄镇",
    "万金镇",
    "王岗镇",
    "繁城镇",
    "北舞渡镇",
    "莲花镇",
)
_PEOPLE = ("程远航", "沈知秋", "陆明轩", "韩若溪", "丁浩然", "魏清扬", "贺子衿", "孟庆舟", "邵文博", "白雪莹")
_UNITS = (
    "组织部",
    "宣传部",
    "学校部",
    "青发部",
    "统战部",
    "社联部",
    "临颍县团委",
    "舞阳县团委",
    "郾城区团委",
)
_SENTENCES = (
    "{place}团委按期完成换届，班子配备齐全，每季度召开一次委员会，台账规范完整。",
    "今年以来开展主题团日{n}次，参与团员青年{m}人次，团费收缴及时足额。",
    "依托青年之家开办暑期托管班，招收学生{m}名，由返乡大学生志愿者轮流授课。",
    "组建青年突击队{n}支，在防汛抗旱和秋收秋种中发挥了生力军作用。",
    "建立青年人才库，登记在外创业青年{m}名，促成{n}个项目回乡落地。",
    "部分村级团支部书记身兼数职，专职不专用，精力难以集中到团的工作上来。",
    "外出务工团员较多，流动团员管理跟不上，智慧团建系统信息更新不够及时。",
    "现场指导补录流动团员信息{m}条，协调活动经费{n}000元，月底前回访一次。",
    "结对帮扶困难青少年{n}名，逐户走访了解需求，做到一人一档、一户一策。",
    "与产业集聚区企业共建活动阵地{n}处，实现资源共享、活动联办、人才共育。",
)


def make(folder: Path, count: int, seed: int = 2020) -> tuple[Path, ...]:
    """Write ``count`` returns into ``folder`` and return their paths; the same ``seed`` gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(1, count + 1):
        path = folder / f"报告单{number:04d}.docx"
        path.write_bytes(one(random.Random(seed * 100_000 + number)))  # noqa: S311 - no secret depends on it
        paths.append(path)
    return tuple(paths)


def one(chance: random.Random) -> bytes:
    """Return one return whose content ``chance`` picks."""
    values = _values(chance)
    writer = _Writer(chance)
    parts: dict[str, str | bytes] = {
        "word/document.xml": _document(writer, values),
        "word/styles.xml": _styles(chance),
        "word/settings.xml": _settings(writer.revisions),
        "word/theme/theme1.xml": _theme(),
        "word/fontTable.xml": _fonts(),
        "word/webSettings.xml": f"{_HEAD}<w:webSettings {_NAMESPACES}><w:allowPNG/></w:webSettings>",
        "docProps/core.xml": _core(values["姓名"]),
        "docProps/app.xml": _application(),
    }
    return package(parts)


def _values(chance: random.Random) -> dict[str, str]:
    month, day = chance.randint(7, 12), chance.randint(2, 9)

    def text(count: int) -> str:
        picked = chance.sample(_SENTENCES, count)
        return "\n".join(
            sentence.format(place=chance.choice(_PLACES), n=chance.randint(2, 9), m=chance.randint(20, 300))
            for sentence in picked
        )

    return {
        "填表时间": f"2020年{month}月{day}日",
        "姓名": chance.choice(_PEOPLE),
        "单位职务": f"{chance.choice(_UNITS)}副书记",
        "走访团组织名称": f"{chance.choice(_PLACES)}团委、{chance.choice(_PLACES)}团委",
        "走访形式": "实地走访、座谈交流",
        "团干部": str(chance.randint(2, 9)),
        "团员青年": str(chance.randint(10, 60)),
        "基层团组织工作开展情况": text(5),
        "基层团组织工作亮点": text(3),
        "基层团组织工作存在问题": text(3),
        "帮扶措施及成效": text(4),
    }


class _Writer:
    """Writes paragraphs and cells as Word does; remembers the revision ids that it used."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.revisions = [f"00{chance.getrandbits(24):06X}" for _ in range(1600)]

    def paragraph(self, text: str, side: str) -> str:
        revision, own = (self._chance.choice(self.revisions) for _ in range(2))
        paragraph = (
            f'w14:paraId="{self._chance.getrandbits(31):08X}" w14:textId="{self._chance.getrandbits(31):08X}"'
        )
        properties = f'<w:pPr><w:widowControl/><w:spacing w:line="360" w:lineRule="exact"/><w:jc w:val="{side}"/>{_PROPS}</w:pPr>'
        return (
            f'<w:p {paragraph} w:rsidR="{revision}" w:rsidRDefault="{own}" w:rsidP="{revision}">{properties}'
            f"{''.join(self._runs(text))}</w:p>"
        )

    def _runs(self, text: str) -> list[str]:
        made, place = [], 0
        while place < len(text):
            size = self._chance.randint(1, 8)
            first, second = (self._chance.choice(self.revisions) for _ in range(2))
            revision = f'w:rsidR="{first}" w:rsidRPr="{second}"'
            if self._chance.random() < 0.15:
                made.append('<w:proofErr w:type="gramStart"/>')
            made.append(f"<w:r {revision}>{_PROPS}<w:t>{text[place : place + size]}</w:t></w:r>")
            if self._chance.random() < 0.15:
                made.append('<w:proofErr w:type="gramEnd"/>')
            place += size
        return made

    def cell(self, text: str, width: int, span: int = 1, merge: str = "", side: str = "left") -> str:
        spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        merged = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
        properties = (
            f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merged}'
            '<w:shd w:val="clear" w:color="auto" w:fill="auto"/><w:vAlign w:val="center"/></w:tcPr>'
        )
        return (
            f"<w:tc>{properties}{''.join(self.paragraph(line, side) for line in text.split(chr(10)))}</w:tc>"
        )

    def row(self, *cells: str) -> str:
        revision = self._chance.choice(self.revisions)
        height = '<w:trPr><w:trHeight w:val="624"/><w:jc w:val="center"/></w:trPr>'
        return f'<w:tr w:rsidR="{revision}" w:rsidTr="{revision}">{height}{"".join(cells)}</w:tr>'


def _document(writer: _Writer, values: dict[str, str]) -> str:
    rows = [
        writer.row(
            writer.cell("姓  名", 1900, side="center"),
            writer.cell(values["姓名"], 2300),
            writer.cell("单位职务", 1500, side="center"),
            writer.cell(values["单位职务"], 3030),
        )
    ]
    for name in ("走访团组织名称", "走访形式"):
        rows.append(writer.row(writer.cell(name, 1900, side="center"), writer.cell(values[name], 6830, 3)))
    for name, merge in (("团干部", "restart"), ("团员青年", "continue")):
        head = writer.cell("走访人数" if merge == "restart" else "", 1900, 1, merge, "center")
        rows.append(
            writer.row(head, writer.cell(name, 2300, side="center"), writer.cell(values[name], 4530, 2))
        )
    for name in ("基层团组织工作开展情况", "基层团组织工作亮点", "基层团组织工作存在问题", "帮扶措施及成效"):
        rows.append(writer.row(writer.cell(name, 1900, side="center"), writer.cell(values[name], 6830, 3)))
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="8730" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_BORDERS}'
        '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0"/></w:tblPr>'
        '<w:tblGrid><w:gridCol w:w="1900"/><w:gridCol w:w="2300"/><w:gridCol w:w="1500"/><w:gridCol w:w="3030"/>'
        f"</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    head = writer.paragraph("附件1", "left") + writer.paragraph(TITLE, "center")
    date = writer.paragraph(f"填表时间：{values['填表时间']}", "right")
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1588" w:bottom="1440" '
    )
    section += 'w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
    return f"{_HEAD}<w:document {_NAMESPACES}><w:body>{head}{date}{table}{section}</w:body></w:document>"


def _styles(chance: random.Random) -> str:
    """Return styles.xml with the latent styles and some thirty of the styles that travel with every Word file."""
    latent = "".join(
        f'<w:lsdException w:name="{name} {level}" w:semiHidden="1" w:uiPriority="{40 + level}" w:unhideWhenUsed="1"/>'
        for name in (
            "heading",
            "index",
            "toc",
            "List Bullet",
            "List Number",
            "Grid Table",
            "List Table",
            "Light List",
        )
        for level in range(1, 10)
    )
    made = "".join(_style(number, chance) for number in range(1, 241))
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/>'
        '<w:kern w:val="2"/><w:sz w:val="21"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    return f'{_HEAD}<w:styles {_NAMESPACES}>{defaults}<w:latentStyles w:count="376">{latent}</w:latentStyles>{made}</w:styles>'


def _style(number: int, chance: random.Random) -> str:
    revision = f"00{chance.getrandbits(24):06X}"
    default = ' w:default="1"' if number == 1 else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="a{number}"><w:name w:val="样式{number}"/><w:rsid '
        f'w:val="{revision}"/><w:pPr><w:spacing w:before="{chance.randint(0, 400)}" w:after="{chance.randint(0, 400)}" '
        f'w:line="{chance.randint(240, 720)}"/><w:ind w:left="{chance.randint(0, 900)}"/></w:pPr><w:rPr>'
        f'<w:color w:val="{chance.getrandbits(24):06X}"/><w:sz w:val="{chance.randint(18, 44)}"/></w:rPr></w:style>'
    )


def _settings(revisions: list[str]) -> str:
    ids = "".join(f'<w:rsid w:val="{revision}"/>' for revision in sorted(revisions))
    return (
        f'{_HEAD}<w:settings {_NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:compat>'
        f'<w:useFELayout/></w:compat><w:rsids><w:rsidRoot w:val="{revisions[0]}"/>{ids}</w:rsids></w:settings>'
    )


def _theme() -> str:
    names = ("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{number * 1_234_567:06X}"/></a:{name}>'
        for number, name in enumerate(names)
    )
    scripts = (
        "Jpan",
        "Hang",
        "Hans",
        "Hant",
        "Arab",
        "Hebr",
        "Thai",
        "Ethi",
        "Beng",
        "Gujr",
        "Khmr",
        "Knda",
        "Mong",
    )
    fonts = "".join(f'<a:font script="{script}" typeface="Font of {script}"/>' for script in scripts)
    return (
        f'{_HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"><a:themeElements>'
        f'<a:clrScheme name="Office">{colours}</a:clrScheme><a:fontScheme name="Office"><a:majorFont>{fonts}'
        f"</a:majorFont><a:minorFont>{fonts}</a:minorFont></a:fontScheme></a:themeElements></a:theme>"
    )


def _fonts() -> str:
    names = ("Times New Roman", "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "Calibri", "方正小标宋简体")
    made = "".join(
        f'<w:font w:name="{name}"><w:panose1 w:val="02010600030101010101"/><w:charset w:val="86"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name in names
    )
    return f"{_HEAD}<w:fonts {_NAMESPACES}>{made}</w:fonts>"


def _core(author: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{author}</dc:creator></cp:coreProperties>'
    )


def _application() -> str:
    return (
        f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Template>Normal.dotm</Template><Application>Microsoft Office Word</Application></Properties>"
    )
