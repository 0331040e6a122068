"""The browser's types come from the server's structs."""

from __future__ import annotations

from types import ModuleType

from django.core.management import call_command

from boards import protocol
from boards.management.protocol_types import typescript


def test_the_generated_types_are_up_to_date() -> None:
    call_command("generate_protocol", "--check")


def test_tags_renamed_and_optional_fields_and_lists() -> None:
    types = typescript(protocol)
    assert '  readonly op: "set";\n' in types
    assert "  readonly if?: Patch;\n" in types
    assert "  readonly epoch: Epoch | null;\n" in types
    assert "  readonly changes: readonly Change[];\n" in types


def test_every_message_and_constant_is_there() -> None:
    types = typescript(protocol)
    for name, value in vars(protocol).items():
        if isinstance(value, type) and value.__module__ == protocol.__name__ and name != "Message":
            assert f"export interface {name} " in types or f"export type {name} " in types, name
    assert f"readonly FRAME_BYTES: {protocol.FRAME_BYTES};" in types


def test_no_two_interfaces_of_one_name() -> None:
    assert isinstance(protocol, ModuleType)
    lines = [line for line in typescript(protocol).splitlines() if line.startswith("export")]
    names = [line.split()[2] for line in lines]
    assert len(names) == len(set(names))
