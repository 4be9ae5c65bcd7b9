"""click speaks Chinese: its own messages, bound in this process; no locale files of the machine are needed.

click asks ``gettext`` for every sentence; a small catalogue answers before the machine's does, whatever was imported first.
"""

from __future__ import annotations

import gettext

MESSAGES = {
    # help pages
    "Usage:": "用法：",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "Show this message and exit.": "显示这页说明。",
    "Show the version and exit.": "显示版本。",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s 版",
    "default: {default}": "缺省：{default}",
    "env var: {var}": "环境变量：{var}",
    "required": "必填",
    "deprecated": "将停用",
    "(dynamic)": "（视情况而定）",
    # what is wrong with the command line
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用法详见：{command} {option}",
    "Missing command.": "没有写命令。",
    "No such command {name!r}.": "没有 {name!r} 这个命令。",
    "No such option {name!r}.": "没有 {name!r} 这个选项。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少{param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Invalid value: {message}": "写法不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 写法不对：{message}",
    "Option {name!r} does not take a value.": "选项 {name!r} 后面不带值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name!r} 要写 {nargs} 个值。",
    "Invalid start character for option ({option})": "选项的开头不对（{option}）",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "Choice({choices})": "可选（{choices}）",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 内。",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是{number_type}。",
    "{value!r} is not a valid boolean. Recognized values: {states}": "{value!r} 应是“是”或“否”，可写：{states}",
    "{value!r} is not a valid UUID.": "{value!r} 不是 UUID。",
    "Value must be an iterable.": "应是一组值。",
    # files
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "{name} {filename!r} does not exist.": "没有“{filename}”这个{name}。",
    "{name} {filename!r} is a file.": "“{filename}”是一个文件，这里要写文件夹。",
    "{name} {filename!r} is a directory.": "“{filename}”是一个文件夹，这里要写文件。",
    "{name} {filename!r} is not readable.": "“{filename}”不能读，请检查权限。",
    "{name} {filename!r} is not writable.": "“{filename}”不能写，请检查权限。",
    "{name} {filename!r} is not executable.": "“{filename}”不能运行。",
    "Could not open file {filename!r}: {message}": "“{filename}”打不开：{message}",
    "unknown error": "原因不明",
    "Windows error: {error}": "Windows 错误：{error}",
    # talk on a terminal
    "Aborted!": "已中断。",
    "Do you want to continue?": "要继续吗？",
    "Confirm the action without prompting.": "不再询问，直接执行。",
    "Repeat for confirmation": "请再输一遍",
    "Error: The two entered values do not match.": "错误：两次输入的不一样。",
    "Error: invalid input": "错误：认不出的输入",
    "Press any key to continue...": "按任意键继续……",
}
PLURALS = {
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "Got unexpected extra argument ({args})": "多写了参数（{args}）",
    "Option {name!r} requires an argument.": "选项 {name!r} 后面要写值。",
    "Takes {nargs} values but 1 was given.": "要写 {nargs} 个值，只写了 1 个。",
    "{value!r} is not {choice}.": "{value!r} 不在可选之列：{choice}。",
    "{value!r} does not match the format {format}.": "{value!r} 不合格式 {format}。",
    "{len_type} values are required, but {len_value} was given.": "要写 {len_type} 个值，写了 {len_value} 个。",
}
MANY = {
    "Did you mean {possibility}?": "是不是其中一个：{possibilities}？",
    "Option {name!r} requires an argument.": "选项 {name!r} 后面要写 {nargs} 个值。",
    "Takes {nargs} values but 1 was given.": "要写 {nargs} 个值，写了 {len} 个。",
    "{value!r} is not {choice}.": "{value!r} 不在可选之列：{choices}。",
    "{value!r} does not match the format {format}.": "{value!r} 不合格式：{formats}。",
}

_machine = gettext.dgettext
_machine_plural = gettext.dngettext


def _one(domain: str, message: str) -> str:
    return MESSAGES.get(message) or _machine(domain, message)


def _several(domain: str, msgid1: str, msgid2: str, n: int) -> str:
    chosen = (MANY.get(msgid1) if n != 1 else None) or PLURALS.get(msgid1)
    return chosen or _machine_plural(domain, msgid1, msgid2, n)


def install() -> None:
    """Let the catalogue answer before the machine's; safe to call again."""
    # gettext.gettext, which click has bound, looks these two up at every call
    vars(gettext).update(dgettext=_one, dngettext=_several)
