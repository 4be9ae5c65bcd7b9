"""The native chart: parts and relationships that Word asks for, caches that are full, a workbook to edit."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from lxml import etree

from generate.notice import page
from generate.summary.chart import Chart, Series, Shape, chart_xml, place

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MONTHS = ("7月", "8月", "9月")
TWO = (Series("团干部", (3, 0, 5)), Series("团员青年", (25, 40, 31)))


def document(*charts: Chart) -> dict[str, bytes]:
    made = page.new_document()
    for chart in charts:
        place(made, page.paragraph(made, ""), chart)
    with zipfile.ZipFile(io.BytesIO(page.data_of(made))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def relations(members: dict[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    folder, _, name = part.rpartition("/")
    root = etree.fromstring(members[f"{folder}/_rels/{name}.rels"])
    return {item.get("Id"): (item.get("Type"), item.get("Target")) for item in root}


@pytest.mark.parametrize("shape", list(Shape))
def test_caches_hold_every_name_and_value(shape: Shape) -> None:
    root = etree.fromstring(chart_xml(Chart("各月走访人数", MONTHS, TWO, shape, "人"), "rId1"))
    series = list(root.iter(f"{C}ser"))
    assert [item.findtext(f"{C}tx//{C}strCache/{C}pt/{C}v") for item in series] == ["团干部", "团员青年"]
    for item, given in zip(series, TWO, strict=True):
        names = [value.text for value in item.iterfind(f"{C}cat/{C}strRef/{C}strCache/{C}pt/{C}v")]
        values = [value.text for value in item.iterfind(f"{C}val/{C}numRef/{C}numCache/{C}pt/{C}v")]
        assert names == list(MONTHS)
        assert values == [str(value) for value in given.values]
    axes = [] if shape is Shape.PIE else ["0", "0"]
    assert [item.get("val") for item in root.iter(f"{C}delete")] == axes
    drawn = [etree.QName(item).localname for item in root.find(f"{C}chart/{C}plotArea")]
    assert [name for name in drawn if name.endswith("Chart")] == [f"{shape.value}Chart"]


def test_each_slice_of_a_pie_has_its_shade_and_shows_name_value_and_share() -> None:
    root = etree.fromstring(chart_xml(Chart("图", MONTHS, TWO[:1], Shape.PIE), "rId1"))
    shades = [item.find(".//{*}srgbClr").get("val") for item in root.iter(f"{C}dPt")]
    assert len(set(shades)) == len(shades) == 3
    labels = root.find(f".//{C}ser/{C}dLbls")
    assert [labels.find(f"{C}{name}").get("val") for name in ("showCatName", "showVal", "showPercent")] == [
        "1"
    ] * 3
    assert labels.find(f"{C}separator").text == "\n"
    assert root.find(f"{C}chart/{C}legend") is None


SCHEMA = {  # ECMA-376 part 1, annex A.5: the children of each element in their order
    "chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotFmts protection chart spPr txPr "
    "externalData printSettings userShapes extLst",
    "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs",
    "plotArea": "layout barChart lineChart pieChart catAx valAx dTable spPr",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    "lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId",
    "pieChart": "varyColors ser dLbls firstSliceAng",
    "ser": "idx order tx spPr invertIfNegative marker explosion dPt pictureOptions dLbls trendline errBars cat val "
    "smooth shape",
    "dPt": "idx invertIfNegative marker bubble3D explosion spPr pictureOptions",
    "marker": "symbol size spPr",
    "dLbls": "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize separator showLeaderLines leaderLines",
    "catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
    "spPr txPr crossAx crosses crossesAt auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
    "valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
    "spPr txPr crossAx crosses crossesAt crossBetween majorUnit minorUnit dispUnits",
    "title": "tx layout overlay spPr txPr",
    "legend": "legendPos legendEntry layout overlay spPr txPr",
    "strRef": "f strCache",
    "numRef": "f numCache",
    "strCache": "ptCount pt",
    "numCache": "formatCode ptCount pt",
    "externalData": "autoUpdate",
    "scaling": "logBase orientation max min",
}
TEXTS = {"f", "v", "formatCode", "separator"}  # the only elements that hold text, and no attribute val


@pytest.mark.parametrize("shape", list(Shape))
def test_the_order_of_elements_is_the_schemas(shape: Shape) -> None:
    root = etree.fromstring(chart_xml(Chart("图", MONTHS, TWO, shape, "人"), "rId1"))
    for item in root.iter(f"{C}*"):
        name = etree.QName(item).localname
        children = [etree.QName(child).localname for child in item]
        order = SCHEMA.get(name, "").split()
        if order and not (name == "marker" and not children):
            places = [order.index(child) for child in children]
            assert places == sorted(places), name
        assert bool(item.text) == (name in TEXTS), name
        assert (name in TEXTS) <= ("val" not in item.attrib), name
    assert root.find(f"{C}externalData").get(f"{R}id") == "rId1"
    assert not [text for text in root.iter("{*}t") if not text.text]


def test_one_series_needs_no_legend() -> None:
    root = etree.fromstring(chart_xml(Chart("图", MONTHS, TWO[:1]), "rId1"))
    assert root.find(f"{C}chart/{C}legend") is None


def test_every_part_is_declared_and_related() -> None:
    members = document(Chart("甲", MONTHS, TWO), Chart("乙", MONTHS, TWO, Shape.LINE))
    types = etree.fromstring(members["[Content_Types].xml"])
    declared = {item.get("PartName"): item.get("ContentType") for item in types.iter("{*}Override")}
    defaults = {item.get("Extension") for item in types.iter("{*}Default")}
    main = relations(members, "word/document.xml")
    body = etree.fromstring(members["word/document.xml"])
    used = [item.get(f"{R}id") for item in body.iter(f"{C}chart")]
    assert [main[key][1] for key in used] == ["charts/chart1.xml", "charts/chart2.xml"]
    for number in (1, 2):
        part = f"word/charts/chart{number}.xml"
        assert declared[f"/{part}"].endswith("drawingml.chart+xml")
        external = etree.fromstring(members[part]).find(f"{C}externalData").get(f"{R}id")
        kind, target = relations(members, part)[external]
        assert kind.endswith("/package")
        assert target == f"../embeddings/chart{number}.xlsx"
        assert f"/word/embeddings/chart{number}.xlsx" in declared or "xlsx" in defaults
    identities = [item.get("id") for item in body.iter("{*}docPr")]
    assert len(identities) == len(set(identities)) == 2


def test_the_workbook_behind_it_holds_what_the_chart_refers_to() -> None:
    members = document(Chart("甲", MONTHS, TWO))
    sheet = openpyxl.load_workbook(io.BytesIO(members["word/embeddings/chart1.xlsx"]))["数据"]
    assert [[cell.value for cell in row] for row in sheet] == [
        [None, "团干部", "团员青年"],
        ["7月", 3, 25],
        ["8月", 0, 40],
        ["9月", 5, 31],
    ]
    root = etree.fromstring(members["word/charts/chart1.xml"])
    places = [item.text for item in root.iter(f"{C}f")]
    assert places[:3] == ["数据!$B$1", "数据!$A$2:$A$4", "数据!$B$2:$B$4"]


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert document(Chart("甲", MONTHS, TWO)) == document(Chart("甲", MONTHS, TWO))


def test_names_that_xml_forbids_do_not_stop_it() -> None:
    members = document(Chart('“<&>"\x00', ("甲\x01", "=1+1"), (Series("\ud800", (1, 2)),)))
    assert "word/charts/chart1.xml" in members
