"""Reading a text that a leader drafted: Markdown, plain text or Word, as passages of the four levels.

Knows files of text; what the levels look like on a page stands in ``styles``.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from generate.package import TemplateError, members_of
from generate.standard.levels import Passage, passages
from generate.word.styles import W

_P, _T, _TAB, _BREAK = (f"{{{W}}}{name}" for name in ("p", "t", "tab", "br"))


def read_draft(folder: Path, name: Path) -> tuple[Passage, ...]:
    """Return the passages of the text ``name`` in ``folder``; raise ``TemplateError`` when it cannot be read whole."""
    path = folder / name
    if not path.is_file():
        raise TemplateError(f"找不到正文 {name}。请把它放到 {folder} 里，或改正 work.yaml 里的文件名")
    text = _word(path) if path.suffix.lower() == ".docx" else plain_text(path)
    found = passages(text)
    if not found:
        raise TemplateError(f"正文 {name} 是空的。请写好正文再生成通知")
    return found


def plain_text(path: Path) -> str:
    r"""Return the text of a file in UTF-8, UTF-16 (with its mark) or GB18030, its lines ended by ``\n`` as nowhere on Windows.

    Raise ``TemplateError`` for another encoding.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TemplateError(f"找不到正文 {path.name}，或打不开。请看文件名对不对、文件在不在") from error
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise TemplateError(f"正文 {path.name} 的编码认不出来。请用记事本另存为 UTF-8 再试")


def _word(path: Path) -> str:
    """Return the paragraphs of a Word draft that holds nothing but lines of text."""
    from lxml import etree

    document = members_of(path).get("word/document.xml")
    if document is None:
        raise TemplateError(f"正文 {path.name} 不是 Word 文档。请另存为 .docx 再试")
    body = etree.fromstring(document)
    return "\n".join("".join(_pieces(item)) for item in body.iter(_P))


def _pieces(item: object) -> list[str]:
    from lxml import etree

    assert isinstance(item, etree._Element)  # noqa: S101 - for the type checker
    words = {_TAB: "\t", _BREAK: "\n"}
    return [words.get(str(node.tag), node.text or "") for node in item.iter(_T, _TAB, _BREAK)]
