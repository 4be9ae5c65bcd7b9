"""A native Word chart that stays editable: chart XML with its values cached, and the workbook behind it.

Knows DrawingML charts and the parts of a package; does not know what the numbers mean.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from generate.standard import numbers as standard
from generate.standard.numbers import PRACTICE, Fonts
from generate.view import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHART_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_BOOK_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET = "数据"
_EMU = 635  # to the twip
_HEIGHT = 3300  # twips: a quarter of the 版心
_SHADES = (
    "404040",
    "A6A6A6",
    "737373",
    "D0D0D0",
    "000000",
)  # black and greys: text and figures are black (5.2.4)


class Shape(StrEnum):
    """How the values are drawn."""

    BAR = "bar"
    LINE = "line"
    PIE = "pie"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, one for each category."""

    name: str
    values: tuple[int | float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows; ``title`` is also its alternative text, ``unit`` stands at the value axis (``人``)."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    shape: Shape = Shape.BAR
    unit: str = ""


def place(document: Document, paragraph: Paragraph, chart: Chart, fonts: Fonts = PRACTICE) -> None:
    """Put ``chart`` into ``paragraph``, as wide as the 版心, with its parts in the package of ``document``."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    package = document.part.package
    name = package.next_partname("/word/charts/chart%d.xml")
    number = int(str(name).rpartition("chart")[2].removesuffix(".xml"))
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK_TYPE, _workbook(chart), package)
    part = Part(name, _CHART_TYPE, b"", package)
    part._blob = chart_xml(chart, part.relate_to(book, _BOOK_REL), fonts)
    drawing = _drawing(document.part.relate_to(part, _CHART_REL), number, chart.title)
    paragraph.add_run()._r.append(parse_xml(drawing))


def chart_xml(chart: Chart, book: str, fonts: Fonts = PRACTICE) -> bytes:
    """Return the chart part; ``book`` is the relationship to its workbook (ECMA-376 21.2.2.29)."""
    from lxml import etree
    from openpyxl.xml.functions import tostring

    root = etree.fromstring(tostring(_drawn(chart, fonts)._write()))
    _tidy(root)
    external = etree.SubElement(root, f"{{{_C}}}externalData", {f"{{{_R}}}id": book})
    etree.SubElement(external, f"{{{_C}}}autoUpdate", {"val": "0"})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _tidy(root: Any) -> None:
    """Mend what openpyxl writes otherwise than the schema asks: empty runs, a separator as an attribute (21.2.2.166).

    Also say that no title is meant, and that no frame is drawn around the chart.
    """
    from lxml import etree

    for empty in [text for text in root.iter(f"{{{_A}}}t") if not text.text]:
        run = empty.getparent()
        run.getparent().remove(run)
    for separator in root.iter(f"{{{_C}}}separator"):
        separator.text = separator.attrib.pop("val")
    container = root.find(f"{{{_C}}}chart")
    frame = etree.fromstring(
        f'<c:spPr xmlns:c="{_C}" xmlns:a="{_A}"><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
    )
    container.addnext(frame)
    if container.find(f"{{{_C}}}autoTitleDeleted") is None:
        titled = container.makeelement(f"{{{_C}}}autoTitleDeleted", {"val": "1"})
        container.find(f"{{{_C}}}plotArea").addprevious(titled)


def _drawn(chart: Chart, fonts: Fonts) -> Any:
    from openpyxl.chart import BarChart, LineChart, PieChart

    drawn: Any = {Shape.BAR: BarChart, Shape.LINE: LineChart, Shape.PIE: PieChart}[chart.shape]()
    drawn.style = None
    drawn.roundedCorners = False
    drawn.legend.position = "b"
    drawn.legend.txPr = _text(fonts)
    drawn.series = [_series(chart, number, fonts) for number in range(len(chart.series))]
    if chart.shape is Shape.PIE:
        drawn.firstSliceAng = 0
        drawn.legend = None  # each slice says its name
        return drawn
    drawn.legend = drawn.legend if len(chart.series) > 1 else None
    if chart.shape is Shape.BAR:
        drawn.gapWidth = 80
    for axis in (drawn.x_axis, drawn.y_axis):
        axis.delete = False
        axis.txPr = _text(fonts)
        axis.crosses = "autoZero"
    drawn.x_axis.axPos = "b"
    drawn.y_axis.majorGridlines.spPr = _line("D9D9D9")
    drawn.y_axis.number_format = "General"
    drawn.y_axis.crossBetween = "between"
    if chart.unit:
        drawn.y_axis.title = _title(f"单位：{chart.unit}", fonts)
        drawn.y_axis.title.overlay = False
    return drawn


def _series(chart: Chart, number: int, fonts: Fonts) -> Any:
    """Return one series with its name, categories and values cached: without caches a chart renders empty."""
    from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrRef
    from openpyxl.chart.series import Series as Drawn
    from openpyxl.chart.series import SeriesLabel
    from xlsxwriter.utility import xl_col_to_name

    item = chart.series[number]
    last = len(chart.categories) + 1
    column = xl_col_to_name(number + 1)
    values = [NumVal(idx=at, v=value) for at, value in enumerate(item.values)]
    numbers = NumRef(
        f=f"{_SHEET}!${column}$2:${column}${last}",
        numCache=NumData(formatCode="General", ptCount=len(values), pt=values),
    )
    names = StrRef(f=f"{_SHEET}!$A$2:$A${last}", strCache=_strings(chart.categories))
    label = StrRef(f=f"{_SHEET}!${column}$1", strCache=_strings((item.name,)))
    drawn = Drawn(
        idx=number,
        order=number,
        tx=SeriesLabel(strRef=label),
        cat=AxDataSource(strRef=names),
        val=NumDataSource(numRef=numbers),
        dLbls=_labels(fonts, chart.shape),
    )
    if chart.shape is Shape.PIE:
        drawn.dPt = _slices(len(values))
        return drawn
    shade = _SHADES[number % len(_SHADES)]
    drawn.smooth = None if chart.shape is Shape.BAR else False
    drawn.spPr = _fill(shade) if chart.shape is Shape.BAR else _line(shade, 28575)
    if chart.shape is Shape.LINE:
        drawn.marker = _marker(number, shade)
    return drawn


def _strings(texts: Sequence[str]) -> Any:
    from openpyxl.chart.data_source import StrData, StrVal

    return StrData(
        ptCount=len(texts), pt=[StrVal(idx=at, v=printable(text)) for at, text in enumerate(texts)]
    )


def _labels(fonts: Fonts, shape: Shape) -> Any:
    """Return labels that show the values; those of a pie their names and shares too, a line each."""
    from openpyxl.chart.label import DataLabelList

    hidden = {f"show{part}": False for part in ("LegendKey", "CatName", "SerName", "Percent", "BubbleSize")}
    hidden["showPercent"] = hidden["showCatName"] = shape is Shape.PIE
    position = {Shape.BAR: "outEnd", Shape.LINE: "t", Shape.PIE: "outEnd"}[shape]
    return DataLabelList(showVal=True, txPr=_text(fonts, 900), dLblPos=position, separator="\n", **hidden)


def _marker(number: int, shade: str) -> Any:
    """Return the sign of a line's points, another for each line: shades alone are hard to tell in print."""
    from openpyxl.chart.marker import Marker

    sign = Marker(symbol=("circle", "square", "triangle", "diamond", "x")[number % len(_SHADES)], size=7)
    sign.spPr = _fill(shade)
    return sign


def _slices(count: int) -> list[Any]:
    """Return the points of a pie, each in its shade with a white edge."""
    from openpyxl.chart.marker import DataPoint

    found = []
    for number in range(count):
        point = DataPoint(idx=number)
        point.spPr = _fill(_SHADES[number % len(_SHADES)])
        point.spPr.ln = _line("FFFFFF").ln
        found.append(point)
    return found


def _fill(color: str) -> Any:
    from openpyxl.chart.shapes import GraphicalProperties

    return GraphicalProperties(solidFill=color)


def _line(color: str, width: int = 6350) -> Any:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    return GraphicalProperties(ln=LineProperties(solidFill=color, w=width))


def _face(fonts: Fonts, size: int) -> Any:
    from openpyxl.drawing.text import CharacterProperties, Font

    face = Font(typeface=fonts.body)
    return CharacterProperties(latin=face, ea=face, sz=size, b=False, solidFill="000000")


def _text(fonts: Fonts, size: int = 1050) -> Any:
    """Return text properties in the body's face; ``size`` in hundredths of a point (五号 10.5)."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import Paragraph as Lines
    from openpyxl.drawing.text import ParagraphProperties, RichTextProperties

    face = _face(fonts, size)
    line = Lines(pPr=ParagraphProperties(defRPr=face), endParaRPr=face)
    return RichText(bodyPr=RichTextProperties(), p=[line])


def _title(text: str, fonts: Fonts) -> Any:
    from openpyxl.chart.text import RichText, Text
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import Paragraph as Lines
    from openpyxl.drawing.text import ParagraphProperties, RegularTextRun, RichTextProperties

    face = _face(fonts, 1050)
    line = Lines(pPr=ParagraphProperties(defRPr=face), r=[RegularTextRun(rPr=face, t=text)])
    return Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=[line])))


def _workbook(chart: Chart) -> bytes:
    """Return the workbook that opens when a person edits the chart's data."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001 - no clock: same chart, same bytes
    sheet = book.add_worksheet(_SHEET)
    for row, category in enumerate(chart.categories, start=1):
        sheet.write_string(row, 0, printable(category))
    for column, item in enumerate(chart.series, start=1):
        sheet.write_string(0, column, printable(item.name))
        for row, value in enumerate(item.values, start=1):
            sheet.write_number(row, column, value)
    book.close()
    return buffer.getvalue()


def _drawing(relation: str, number: int, title: str) -> str:
    from xml.sax.saxutils import quoteattr

    width, height = standard.TEXT_WIDTH * _EMU, _HEIGHT * _EMU
    spaces = {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": _A,
        "c": _C,
        "r": _R,
    }
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    described = f'id="{9000 + number}" name="图表{number}" descr={quoteattr(printable(title))}'
    return (
        f'<w:drawing {names}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr {described}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_C}"><c:chart r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
