"""What a template may ask of Jinja: print, choose, repeat. Whatever could run without end or without bound is not compiled.

A template may come from others. What is allowed is listed, not what is forbidden: no calls, no arithmetic, no macros; a
loop goes over given data, and all loops of a rendering together take at most ``TURNS`` steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Template as Compiled
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

TURNS = 1_000_000
"""Steps of all loops of one part of a document."""
LARGEST = 50 * 2**20
"""Characters that one part of a document may grow to."""
_COUNTED = "hongtou_counted"
_WORDS = (
    "Template Output TemplateData Name Const If CondExpr Compare Operand And Or Not Getattr Getitem Filter"
)
_ALLOWED = frozenset(f"{_WORDS} Test For Tuple List Concat Keyword Assign".split())
_SHORT = "default d length count upper lower trim first last escape e string int float round abs join"
_FILTERS = frozenset(f"{_SHORT}".split())


class NotAllowedError(Exception):
    """A template asks for something that templates may not do; the message says what in Chinese.

    ``line`` is the line of the source where it does, from 1; 0 where no line is to blame.
    """

    line = 0


def compiled(source: str) -> Compiled:
    """Compile the Jinja text ``source``; raise ``NotAllowedError``, or Jinja's own errors for what it cannot read."""
    from jinja2 import nodes

    environment = _environment()
    tree = environment.parse(source)
    for node in tree.find_all(nodes.Node):
        try:
            _check(node)
        except NotAllowedError as error:
            error.line = node.lineno or 0
            raise
    for loop in list(tree.find_all(nodes.For)):
        loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.lineno)
    return environment.from_string(tree)


def rendered(template: Compiled, context: dict[str, Any]) -> str:
    """Fill ``template``; raise ``NotAllowedError`` when it grows beyond ``LARGEST`` or repeats beyond ``TURNS``."""
    pieces: list[str] = []
    size = 0
    template.environment.filters[_COUNTED] = _counter()
    for piece in template.generate(context):
        size += len(piece)
        if size > LARGEST:
            raise NotAllowedError("填出来的文字太多")
        pieces.append(piece)
    return "".join(pieces)


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.filters[_COUNTED] = iter
    environment.globals.clear()
    return environment


def _check(node: nodes.Node) -> None:
    """Raise ``NotAllowedError`` for a node that templates may not have."""
    from jinja2 import nodes

    if type(node).__name__ not in _ALLOWED:
        raise NotAllowedError("有不许用的标记（只能填内容、判断和逐项重复）")
    if isinstance(node, nodes.For) and node.recursive:
        raise NotAllowedError("有不许用的标记（逐项重复不能套自己）")
    if isinstance(node, nodes.Assign) and not (_data(node.node) or isinstance(node.node, nodes.Const)):
        raise NotAllowedError("有不许用的标记（set 只能取现成的内容）")
    if not isinstance(node, nodes.Filter):
        return
    if node.name not in _FILTERS or (node.name == "join" and not _data(node.node)):
        raise NotAllowedError(f"有不许用的标记（“{node.name}”）")


def _data(node: nodes.Node | None) -> bool:
    """Whether ``node`` names given data; what is computed could grow with every step."""
    from jinja2 import nodes

    return isinstance(node, nodes.Name | nodes.Getattr)


def _counter() -> Any:
    """Return the filter that counts the steps of every loop of one rendering."""
    left = TURNS

    def counted(items: Iterable[object]) -> Iterator[object]:
        nonlocal left
        for item in items:
            left -= 1
            if left < 0:
                raise NotAllowedError("逐项重复的次数太多")
            yield item

    return counted
