"""Writes the structs of boards/protocol.py as TypeScript declarations for the browser."""

from __future__ import annotations

import ast
import inspect
from enum import IntEnum, StrEnum
from types import ModuleType

import msgspec

HEADER = """\
// The messages of the board protocol, generated from boards/protocol.py. Don't edit this file;
// type: python manage.py generate_protocol
"""
PRIMITIVES = {"str": "string", "int": "number", "float": "number", "bool": "boolean"}
LINE = 100


def typescript(protocol: ModuleType) -> str:
    """All declarations, in the order of the Python file."""
    parts = [HEADER]
    constants: dict[str, int | str] = {}
    for node in ast.parse(inspect.getsource(protocol)).body:
        if isinstance(node, ast.ClassDef):
            parts += _class(getattr(protocol, node.name))
        elif name := _assigned_name(node):
            value = getattr(protocol, name)
            if name.isupper():
                if isinstance(value, int | str):
                    constants[name] = value
            elif isinstance(node, ast.Assign):
                parts.append(_alias(name, node.value))
    parts.append(_constants(constants))
    return "\n".join(parts)


def _assigned_name(node: ast.stmt) -> str:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return ""


def _class(cls: type) -> list[str]:
    if issubclass(cls, StrEnum):
        return [_doc(cls) + _union(cls.__name__, [f'"{member.value}"' for member in cls])]
    if issubclass(cls, IntEnum):
        numbers = _union(cls.__name__, [str(member.value) for member in cls])
        rows = "".join(f"  readonly {member.name}: {member.value};\n" for member in cls)
        names = f"/** The numbers by name. */\nexport interface {cls.__name__}s {{\n{rows}}}\n"
        return [_doc(cls) + numbers, names]
    if issubclass(cls, msgspec.Struct) and msgspec.structs.fields(cls):
        return [_doc(cls) + _interface(cls)]
    if issubclass(cls, msgspec.Struct) and cls.__struct_config__.tag is not None:
        return [_doc(cls) + _interface(cls)]
    return []  # A base that only carries options.


def _interface(cls: type[msgspec.Struct]) -> str:
    lines = [f"export interface {cls.__name__} {{"]
    config = cls.__struct_config__
    if config.tag is not None:
        lines.append(f'  readonly {config.tag_field}: "{config.tag}";')
    for field in msgspec.structs.fields(cls):
        annotation = ast.parse(cls.__annotations__[field.name], mode="eval").body
        mark = "" if field.required else "?"
        lines.append(f"  readonly {field.encode_name}{mark}: {_type(annotation)};")
    return "\n".join([*lines, "}", ""])


def _alias(name: str, value: ast.expr) -> str:
    if isinstance(value, ast.BinOp):
        return _union(name, _type(value).split(" | "))
    return f"export type {name} = {_type(value)};\n"


def _union(name: str, members: list[str]) -> str:
    line = f"export type {name} = {' | '.join(members)};\n"
    if len(line) <= LINE:
        return line
    rows = "".join(f"\n  | {member}" for member in members)
    return f"export type {name} ={rows};\n"


def _type(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=None):
            return "null"
        case ast.Name(id=name):
            return PRIMITIVES.get(name, name)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            # UNSET is a field that isn't there, which the question mark says; and number | number.
            sides = [_type(side) for side in (left, right) if not _is_unset(side)]
            return " | ".join(dict.fromkeys(" | ".join(sides).split(" | ")))
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *_])):
            return _type(inner)
        case ast.Subscript(value=ast.Name(id="list"), slice=inner):
            item = _type(inner)
            return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[_, value])):
            return f"{{ readonly [name: string]: {_type(value)} }}"
        case _:
            raise ValueError(f"no TypeScript for the annotation {ast.unparse(node)}")


def _is_unset(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "UnsetType"


def _doc(cls: type) -> str:
    # Enums and structs without words of their own inherit their base's.
    text = cls.__dict__.get("__doc__")
    return f"/** {' '.join(text.split())} */\n" if text else ""


def _constants(constants: dict[str, int | str]) -> str:
    """As types: a browser constant declared `Protocol["SCHEMA"]` can't differ from the server's."""
    rows = "".join(
        f"  readonly {name}: {f'{chr(34)}{value}{chr(34)}' if isinstance(value, str) else value};\n"
        for name, value in constants.items()
    )
    return f"/** The limits and names of the protocol. */\nexport interface Protocol {{\n{rows}}}\n"
