"""Man pages from the text of the docs: Markdown and the example config become man(7).

Only what docs/cli.md and config.example.toml use is understood. Nothing but the standard library is
imported, for the pages are made while the package is built.
"""

import re
from collections.abc import Iterator
from itertools import groupby

_INLINE = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]+)\]\([^)]+\)")
_SECTION = re.compile(r"# --- (.+?) -+$")
_TABLE = re.compile(r"\[\[?([a-z0-9_.]+)\]?\]$")
_KEY = re.compile(r"(?:# )?[a-z_]+ = |#? {4}|#? ?\]")


def command_page(version: str, markdown: str) -> str:
    """hunter(1) from docs/cli.md."""
    blocks = list(_blocks(markdown))
    head = _head("HUNTER", 1, version, "hunter", "finds lookalikes of the domains you protect")
    synopsis = ".SH SYNOPSIS\n.B hunter\n.I COMMAND\n[options]\n.SH DESCRIPTION"
    see = ".SH SEE ALSO\n.BR hunter.toml (5),\n.BR systemctl (1),\n.BR journalctl (1)"
    return "\n".join((head, synopsis, *(_block(block) for block in blocks[1:]), see, ""))


def config_page(version: str, example: str) -> str:
    """hunter.toml(5) from config.example.toml."""
    head = _head("HUNTER.TOML", 5, version, "hunter.toml", "the config of hunter")
    lines = [".SH DESCRIPTION"]
    for kind, group in groupby(example.splitlines(), _kind):
        lines += _config_lines(kind, list(group))
    see = ".SH SEE ALSO\n.BR hunter (1)"
    return "\n".join((head, *lines, see, ""))


def _head(name: str, section: int, version: str, called: str, what: str) -> str:
    return (
        f'.TH {name} {section} "" "hunter {version}" "hunter"\n'
        ".nh\n.ad l\n"  # what is to be typed is not hyphenated
        f".SH NAME\n{_safe(called)} \\- {_safe(what)}"
    )


def _kind(line: str) -> str:
    if _SECTION.match(line):
        return "section"
    if _TABLE.match(line):
        return "table"
    if _KEY.match(line) or line[:1] not in ("#", ""):
        return "keys"
    return "text" if line.startswith("# ") else "gap"


def _config_lines(kind: str, lines: list[str]) -> Iterator[str]:
    if kind == "section":
        yield from (
            f".SH {_safe(found[1].upper())}" for one in lines if (found := _SECTION.match(one))
        )
    elif kind == "table":
        yield from (f".SS {_safe(one)}" for one in lines)
    elif kind == "keys":
        yield "\n".join((".PP", ".RS", ".nf", *(_safe(line) for line in lines), ".fi", ".RE"))
    elif kind == "text":
        yield ".PP\n" + "\n".join(_safe(line.removeprefix("# ")) for line in lines)


def _blocks(markdown: str) -> Iterator[list[str]]:
    """Lines that belong together; blank lines part them, but not within indented examples."""
    for blank, group in groupby(markdown.splitlines(), lambda line: not line.strip()):
        if not blank:
            yield list(group)


def _block(lines: list[str]) -> str:
    first = lines[0]
    if first.startswith("#"):
        level, _, title = first.partition(" ")
        macro = ".SH" if len(level) <= len("##") else ".SS"
        rest = [_block(lines[1:])] if lines[1:] else []
        return "\n".join((f"{macro} {_safe(title.upper() if macro == '.SH' else title)}", *rest))
    if first.startswith("|"):
        return _rows(lines)
    if first.startswith("    "):
        return "\n".join((".PP", ".RS", ".nf", *(_safe(line[4:]) for line in lines), ".fi", ".RE"))
    if first.startswith("- "):
        return _items(lines)
    return ".PP\n" + _inline("\n".join(lines))


def _rows(lines: list[str]) -> str:
    """A table as a list: its first cell is the tag, the others what is said of it."""
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines[2:]]
    return "\n".join(f".TP\n{_inline(tag)}\n{_inline(', '.join(rest))}" for tag, *rest in rows)


def _items(lines: list[str]) -> str:
    items: list[list[str]] = []
    for line in lines:
        if line.startswith("- "):
            items.append([])
        items[-1].append(line[2:])
    return "\n".join(".IP \\(bu 2\n" + _inline("\n".join(item)) for item in items)


def _inline(text: str) -> str:
    """Code and bold words in bold; of a link, what it is called."""
    parts: list[str] = []
    at = 0
    for found in _INLINE.finditer(text):
        code, bold, link = found.groups()
        parts.append(_escaped(text[at : found.start()]))
        parts.append(_escaped(link) if link else f"\\fB{_escaped(code or bold)}\\fR")
        at = found.end()
    parts.append(_escaped(text[at:]))
    return "\n".join(_guarded(line) for line in "".join(parts).split("\n"))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-")


def _guarded(line: str) -> str:
    """A line that begins like a request (groff(7)) is made to begin with nothing."""
    return f"\\&{line}" if line.startswith((".", "'")) else line


def _safe(line: str) -> str:
    return _guarded(_escaped(line))
