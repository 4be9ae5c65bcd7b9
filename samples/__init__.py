"""The samples that ship: complete work folders of invented data, each made by a script at the moment it is wanted."""

from __future__ import annotations

from pathlib import Path

_DESCRIPTIONS = {
    "luohe": "共青团漯河市委2020年活力团建：团干部走基层每月报送、工作观摩每季度报送，15个单位，收件近70个",
    "wenli": "学院团委直接联系服务引领青年师生制度：专职团干部联系100人（Excel名单）、123工程按学年、每月走访一个系",
    "zheyao": "学校团委“1+3”团青连心：每名团干部联系3个支部、3个寝室、3名团员，青情笔记、问题清单、抽查和满意度测评",
    "xinjiang": "学院团委“1+1+1+100”：支部、社团、百名青年和结对帮扶，“5个有”月报，季度问题清单，学期落实报告",
    "shanxi": "大学团委“十个一”：征求意见稿和意见汇总，Word 联系一览表作名册，每周走访、每月活动台账，年底完成情况",
}


class NoSampleError(KeyError):
    """No sample has that name."""


def names() -> tuple[str, ...]:
    """Return the names of the samples."""
    return tuple(_DESCRIPTIONS)


def describe(name: str) -> str:
    """Return one Chinese sentence on the sample ``name``; raise ``NoSampleError`` when there is none."""
    if name not in _DESCRIPTIONS:
        raise NoSampleError(name)
    return _DESCRIPTIONS[name]


def build(name: str, target: Path) -> None:
    """Make the complete work folder of the sample ``name`` at ``target``; raise ``NoSampleError`` when there is none."""
    describe(name)
    if name == "luohe":
        from .luohe.build import build as build_luohe

        build_luohe(target)
        return
    from importlib import import_module

    from .making.build import build as make

    data = import_module(f"samples.{name}.returns")
    if hasattr(data, "beside"):
        data.beside(target)
    make(Path(__file__).with_name(name), target, data.returns(), tuple(data.figures()))


__all__ = ["NoSampleError", "build", "describe", "names"]
