"""Archives that attack by size, depth, number, names or lies, and packages of Office that do the same."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib

from .case import Case, good, replaced, zipped

_MIB = 2**20
BOMB = "压缩炸弹|展开后过大|太多或太大"
BROKEN = "损坏或没有传完|损坏或未传完"


def _zeros(size: int) -> bytes:
    return bytes(size)


def _dense() -> bytes:
    return zipped({"报告单.docx": _zeros(60 * _MIB)})


def _many(count: int) -> bytes:
    return zipped({f"{number}.txt": b"x" for number in range(count)}, zipfile.ZIP_STORED)


def _nested(depth: int, inner: bytes) -> bytes:
    data = inner
    for _ in range(depth):
        data = zipped({"里.zip": data}, zipfile.ZIP_STORED)
    return data


def _spread(levels: int, width: int) -> bytes:
    """Return a small file that opens into very many: each level holds the level below ``width`` times."""
    data = zipped({"内容.txt": bytes(range(256)) * 40})
    for _ in range(levels):
        data = zipped({f"{number}.zip": data for number in range(width)})
    return data


def _lying(claimed: int) -> bytes:
    """Return an archive of one member whose headers claim ``claimed`` bytes and that inflates to 80 MB."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(bytes(80 * _MIB)) + packed.flush()
    name = "报告单.docx".encode()
    common = struct.pack("<HHHHHIII", 20, 0x800, 8, 0, 0x5000, 0, len(body), claimed)
    local = b"PK\x03\x04" + common + struct.pack("<HH", len(name), 0) + name
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common
    central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    start = len(local) + len(body)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), start, 0)
    return local + body + central + end


def _overlapping(count: int) -> bytes:
    """Return an archive with ``count`` entries of the directory that all point at one and the same member (a flat bomb)."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = bytes(900_000)
    body = packed.compress(plain) + packed.flush()
    local, central = b"", b""
    for number in range(count):
        name = f"{number:04}.txt".encode()
        common = struct.pack("<HHHHHIII", 20, 0x800, 8, 0, 0x5000, zlib.crc32(plain), len(body), len(plain))
        if not local:
            local = b"PK\x03\x04" + common + struct.pack("<HH", len(name), 0) + name
        central += b"PK\x01\x02" + struct.pack("<H", 20) + common
        central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    start = len(local) + len(body)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(central), start, 0)
    return local + body + central + end


def _locked() -> bytes:
    """Return a zip whose member is marked as encrypted (traditional encryption, bit 0 of the flags)."""
    data = bytearray(zipped({"报告单.docx": good()}, zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _wrong_crc() -> bytes:
    data = bytearray(zipped({"报告单.docx": good()}, zipfile.ZIP_STORED))
    data[len(data) // 2] ^= 0x55
    return bytes(data)


def _gbk() -> bytes:
    """Return a zip as Windows Explorer writes it: names in GBK, no flag."""
    data = zipped({"XXXXXXXXXX.docx": good()}, zipfile.ZIP_STORED)
    return data.replace(b"XXXXXXXXXX", "源汇七月表".encode("gbk"))


def _nameless() -> bytes:
    """Return an archive whose one member has no name at all."""
    data = good()
    common = struct.pack("<HHHHHIII", 20, 0, 0, 0, 0x21, zlib.crc32(data), len(data), len(data)) + bytes(4)
    local = b"PK\x03\x04" + common + data
    central = b"PK\x01\x02\x14\0" + common + bytes(14)
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def _twice() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("报告单.docx", good())
        archive.writestr("说明.txt", "请查收".encode())
    return buffer.getvalue()


def _seven(members: dict[str, bytes], password: str | None = None, *, hidden: bool = False) -> bytes:
    import py7zr

    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=password, header_encryption=hidden) as archive:
        for name, content in members.items():
            archive.writestr(content, name)
    return buffer.getvalue()


def _media_bomb() -> bytes:
    return replaced(good(), {"word/media/image9.png": _zeros(60 * _MIB)})


def _many_parts() -> bytes:
    return replaced(good(), {f"word/media/{number}.bin": b"x" for number in range(1500)})


CASES = (
    Case("炸弹/比例.zip", _dense, BOMB),
    Case("炸弹/正文.docx", lambda: replaced(good(), {"word/document.xml": b" " * (60 * _MIB)}), BOMB),
    Case("炸弹/图片部件.docx", _media_bomb, BOMB),
    Case("炸弹/部件太多.docx", _many_parts, BOMB),
    Case("炸弹/文件太多.zip", lambda: _many(5000), BOMB),
    Case("炸弹/谎报大小.zip", lambda: _lying(10), f"{BOMB}|{BROKEN}"),
    Case("炸弹/谎报大小二.zip", lambda: _lying(40 * _MIB), f"{BOMB}|{BROKEN}"),
    Case("炸弹/重叠.zip", lambda: _overlapping(800), BOMB),
    Case("炸弹/重叠的.docx", lambda: _overlapping(800), BOMB),
    Case("炸弹/两条一体.zip", lambda: _overlapping(2), "压缩炸弹"),
    Case("炸弹/三十兆零.zip", lambda: zipped({"报告单.docx": _zeros(30 * _MIB)}), "压缩炸弹"),
    Case("炸弹/两包各六百.zip", lambda: zipped({"甲.zip": _many(600), "乙.zip": _many(600)}), "太多或太大"),
    Case("炸弹/套五层.zip", lambda: _nested(5, good()), "嵌套过深"),
    Case("炸弹/套五十层.zip", lambda: _nested(50, good()), "嵌套过深"),
    Case("炸弹/一变千.zip", lambda: _spread(2, 40), f"{BOMB}|嵌套过深"),
    Case("炸弹/七压.7z", lambda: _seven({"报告单.docx": _zeros(60 * _MIB)}), BOMB),
    Case("压缩/加密.zip", _locked, "已加密"),
    Case("压缩/加密.7z", lambda: _seven({"报告单.docx": good()}, "123456"), "已加密"),
    Case("压缩/名也加密.7z", lambda: _seven({"报告单.docx": good()}, "123456", hidden=True), "已加密"),
    Case("压缩/别的压缩.gz", lambda: gzip.compress(good()), "解压后放进"),
    Case("压缩/别的压缩.tar", lambda: bytes(257) + b"ustar" + bytes(250) + good(), "解压后放进"),
    Case("压缩/分卷的一卷.z01", lambda: b"PK\x07\x08" + good()[:3000], BROKEN),
    Case("压缩/校验错.zip", _wrong_crc, BROKEN),
    Case("压缩/半截.zip", lambda: _twice()[:-200], BROKEN),
    Case("压缩/半截.7z", lambda: _seven({"报告单.docx": good()})[:-60], BROKEN),
    Case("压缩/空的.zip", lambda: zipped({}), passed=True),
    Case("压缩/好.zip", lambda: zipped({"报告单.docx": good()})),
    Case("压缩/国标名.zip", _gbk),
    Case("压缩/没有名字.zip", _nameless, flags=("suffix",)),
    Case("压缩/好.7z", lambda: _seven({"报告单.docx": good()})),
    Case("压缩/套两层.zip", lambda: _nested(2, good())),
    Case("压缩/往上走.zip", lambda: zipped({"../../../越界.docx": good()}), flags=("unsafe_name",)),
    Case("压缩/绝对路径.zip", lambda: zipped({"/tmp/越界.docx": good()}), flags=("unsafe_name",)),  # noqa: S108
    Case("压缩/盘符.zip", lambda: zipped({"C:\\Windows\\越界.docx": good()}), flags=("unsafe_name",)),
)
