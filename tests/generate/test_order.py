"""The order of elements in what is generated: Word refuses a document whose children stand in another than the schema's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

import templates
from forms import Period, Unit, load_forms
from generate.blank.filling import blank
from generate.drafts.layout import lay_out
from generate.package import members_of
from generate.summary.document import summary
from generate.word.styles import W
from tests.generate import kinds
from tests.generate.blank.test_protect import invented
from tests.generate.invented import view

DRAFTS = Path(__file__).parent / "drafts"

# ECMA-376 Part 1, A.1 (transitional): the children of each element in their order
ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
        "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
        "eastAsianLayout specVanish oMath rPrChange"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
    ),
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
        "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
    ),
    "sdtPr": (
        "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex equation comboBox date "
        "docPartObj docPartList dropDownList picture richText text citation group bibliography"
    ),
    "sdt": "sdtPr sdtEndPr sdtContent",
    "date": "dateFormat lid storeMappedDataAs calendar",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p tbl sdt",
    "p": "pPr r",
    "tr": "tblPrEx trPr tc",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left start bottom right end insideH insideV",
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
        "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
    "styles": "docDefaults latentStyles style",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "settings": (
        "writeProtection view zoom removePersonalInformation removeDateAndTime mirrorMargins "
        "alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop attachedTemplate "
        "linkStyles trackRevisions documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop "
        "autoHyphenation evenAndOddHeaders bookFoldRevPrinting drawingGridHorizontalSpacing drawingGridVerticalSpacing "
        "characterSpacingControl footnotePr endnotePr compat docVars rsids mathPr themeFontLang clrSchemeMapping "
        "decimalSymbol listSeparator"
    ),
}
RUNS = (
    "r",
    "hyperlink",
    "sdt",
    "fldSimple",
    "bookmarkStart",
    "bookmarkEnd",
    "ins",
    "del",
    "smartTag",
    "proofErr",
)
FREE = {
    "sectPr": ("headerReference", "footerReference"),
    "tc": ("p", "tbl", "sdt"),
    "p": RUNS,
}  # these take turns


def misplaced(data: bytes) -> Iterator[str]:
    """Yield each element whose children stand in the wrong order, twice, or are none of the schema's."""
    for parent in etree.fromstring(data).iter(etree.Element):
        name = etree.QName(parent)
        if name.namespace != W or name.localname not in ORDER:
            continue
        order = ORDER[name.localname].split()
        own = FREE.get(name.localname, ())
        names = [etree.QName(child).localname for child in parent]
        places = [order.index(child) if child in order else -1 for child in names]
        places = [
            order.index(own[0]) if child in own else place for child, place in zip(names, places, strict=True)
        ]
        if -1 in places or places != sorted(places):
            yield f"{name.localname}: {' '.join(names)}"


def made(folder: Path) -> dict[str, Path]:
    unit = Unit.model_validate({"单位": "甲县团委 A<B>&"})
    july = Period.parse("2020-07")
    found = {form.name: form for form in (*load_forms(templates.CATALOGUE), invented(folder))}
    paths = {name: blank(form, unit, july, folder / f"{name}（空）.docx") for name, form in found.items()}
    paths["summary"] = summary(view(), 2020, folder / "总结.docx", date(2020, 12, 31))
    return paths


@pytest.mark.parametrize("name", ["团干部走基层情况报告单", "共青团工作观摩情况报告单", "摸底表", "summary"])
def test_children_stand_in_the_schemas_order(name: str, tmp_path: Path) -> None:
    for part, data in members_of(made(tmp_path)[name]).items():
        if part.startswith("word/") and part.endswith(".xml") and "/charts/" not in part:
            assert list(misplaced(data)) == [], part


def _sound(path: Path) -> None:
    for part, data in members_of(path).items():
        if (
            part.startswith("word/")
            and part.endswith(".xml")
            and "/charts/" not in part
            and "theme" not in part
        ):
            assert list(misplaced(data)) == [], (path.name, part)


def test_notices_of_every_kind_stand_in_the_schemas_order(tmp_path: Path) -> None:
    found = kinds.make(tmp_path)
    assert len(found) == len(kinds.KINDS)
    for path in found.values():
        _sound(path)


def test_drafts_laid_out_stand_in_the_schemas_order(tmp_path: Path) -> None:
    for number, path in enumerate(sorted(DRAFTS.glob("*.txt"))):
        _sound(lay_out(path, tmp_path / f"{number}.docx"))
    kinds.make(tmp_path)
    _sound(lay_out(tmp_path / "图表.md", tmp_path / "图表.docx"))


def test_a_wrong_order_is_found() -> None:
    wrong = f'<w:p xmlns:w="{W}"><w:pPr><w:jc w:val="left"/><w:pStyle w:val="a"/></w:pPr></w:p>'
    assert list(misplaced(wrong.encode())) == ["pPr: jc pStyle"]


def test_every_part_is_declared_and_every_relation_has_its_part(tmp_path: Path) -> None:
    for path in made(tmp_path).values():
        members = members_of(path)
        types = etree.fromstring(members["[Content_Types].xml"])
        named = {str(item.get("PartName")).lstrip("/") for item in types.iter("{*}Override")}
        ends = {item.get("Extension") for item in types.iter("{*}Default")}
        assert named <= set(members)
        for name in members:
            assert name in named or name.rpartition(".")[2] in ends, name
            if name.endswith(".rels"):
                folder = name.partition("_rels/")[0]
                for item in etree.fromstring(members[name]):
                    target = str(item.get("Target"))
                    full = (
                        target.lstrip("/")
                        if target.startswith("/")
                        else f"{folder}{target}".replace("word/charts/../", "word/")
                    )
                    assert full in members, (name, target)


def test_identities_of_controls_and_bookmarks_are_their_own(tmp_path: Path) -> None:
    for path in made(tmp_path).values():
        root = etree.fromstring(members_of(path)["word/document.xml"])
        for names in (f"{{{W}}}sdtPr/{{{W}}}id", f"{{{W}}}bookmarkStart"):
            found = [
                item.get(f"{{{W}}}id") or item.get(f"{{{W}}}val") for item in root.iterfind(f".//{names}")
            ]
            assert len(found) == len(set(found))
