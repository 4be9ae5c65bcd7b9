"""The rich text of Outlook's messages, compressed in its own way ([MS-OXRTFCP])."""

from __future__ import annotations

import struct

_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
    b"SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab"
    b"\\tx"
)
_SIZE = 4096
_MOST = 20 * 2**20


def decompressed(data: bytes) -> bytes:
    """Return the RTF in ``data``, empty when there is none; what is cut off is left out (3.1.3.1)."""
    if len(data) < 16:
        return b""
    _, size, kind, _ = struct.unpack_from("<4I", data)
    if kind == _PLAIN:
        return data[16 : 16 + size]
    if kind != _COMPRESSED or size > _MOST:
        return b""
    return _unpacked(data, size)


def _unpacked(data: bytes, size: int) -> bytes:
    ring = bytearray(_DICTIONARY.ljust(_SIZE, b"\0"))
    write, position = len(_DICTIONARY), 16
    found = bytearray()
    while position < len(data) and len(found) < size:
        control = data[position]
        position += 1
        for bit in range(8):
            if control >> bit & 1:
                if position + 2 > len(data):
                    return bytes(found[:size])
                token = data[position] << 8 | data[position + 1]
                position += 2
                offset = token >> 4
                if offset == write:
                    return bytes(found[:size])
                run = [offset + step for step in range((token & 15) + 2)]
            else:
                if position >= len(data):
                    return bytes(found[:size])
                ring[write] = data[position]
                position += 1
                run = [write]
                found.append(ring[write])
                write = (write + 1) % _SIZE
                continue
            for place in run:
                sign = ring[place % _SIZE]
                ring[write] = sign
                write = (write + 1) % _SIZE
                found.append(sign)
    return bytes(found[:size])
