"""Migrations only expand, because the version before goes on writing while two run (R15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from django.db import models
from django.db.migrations import Migration
from django.db.migrations import operations as ops
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

HARMLESS: Final = (
    ops.CreateModel,
    ops.AddIndex,
    ops.RemoveIndex,
    ops.RenameIndex,
    ops.RemoveConstraint,
    ops.AlterModelOptions,
    ops.AlterModelManagers,
)
"""What the version before does not notice."""
EXCUSED: Final[dict[tuple[str, str], str]] = {}
"""By migration and operation (as `describe()` says it): why it does the version before no harm.

A column goes two releases after the last code that writes it; a constraint comes when the version
before has kept it; code that runs once may not hold a table for long."""


def harm(operation: Operation, before: ProjectState) -> str | None:
    """What the version before would suffer; None where it goes on as if nothing had happened."""
    match operation:
        case _ if isinstance(operation, HARMLESS):
            return None
        case ops.AddField(field=models.ManyToManyField()):
            return None
        case ops.AddField(field=field):
            return None if _may_be_left_out(field) else "it would insert rows without this column"
        case ops.AlterField(field=field, model_name_lower=model, name=name):
            old = before.models["boards", model].fields[name]
            return _harm_of_change(old, field)
        case _:
            return "whether it does harm has to be said"


def _may_be_left_out(field: models.Field[object, object]) -> bool:
    """The store inserts with plain SQL, so only the database itself can fill a column in."""
    return field.null or field.has_db_default()


def _harm_of_change(
    old: models.Field[object, object], new: models.Field[object, object]
) -> str | None:
    if type(old) is not type(new):
        return "it would read and write another type"
    if old.null and not new.null:
        return "it would write rows without a value"
    if _may_be_left_out(old) and not _may_be_left_out(new):
        return "it would insert rows without this column"
    if new.unique and not old.unique:
        return "it would write what is there already"
    if (new.max_length or 0) < (old.max_length or 0):
        return "it would write longer values"
    return None


def harmful(migrations: Iterator[tuple[Migration, ProjectState]]) -> Iterator[str]:
    for migration, state in migrations:
        for operation in migration.operations:
            why = harm(operation, state)
            if why and (migration.name, operation.describe()) not in EXCUSED:
                yield f"{migration.name}: {operation.describe()}: {why}"
            operation.state_forwards("boards", state)


def ours() -> Iterator[tuple[Migration, ProjectState]]:
    loader = MigrationLoader(None)
    for app, name in sorted(loader.disk_migrations):
        if app == "boards":
            yield loader.disk_migrations[app, name], loader.project_state((app, name), at_end=False)


def test_the_version_before_goes_on_writing() -> None:
    assert list(harmful(ours())) == []


def test_every_excuse_is_for_something_that_is_there() -> None:
    there = {(one.name, operation.describe()) for one, _ in ours() for operation in one.operations}
    assert EXCUSED.keys() <= there


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (ops.AddField("board", "a", models.TextField(null=True)), False),
        (ops.AddField("board", "a", models.TextField(default="", db_default="")), False),
        (ops.AddField("board", "a", models.TextField(default="")), True),
        (ops.AlterField("board", "title", models.CharField(max_length=200)), False),
        (ops.AlterField("board", "title", models.CharField(max_length=20)), True),
        (ops.AlterField("board", "title", models.TextField()), True),
        (ops.AlterField("board", "trashed", models.DateTimeField()), True),
        (ops.AlterField("board", "title", models.CharField(max_length=120, unique=True)), True),
        (ops.RemoveField("board", "title"), True),
        (ops.RenameField("board", "title", "name"), True),
        (ops.RenameModel("board", "sheet"), True),
        (ops.DeleteModel("visit"), True),
        (ops.AlterModelTable("board", "sheets"), True),
        (ops.RunSQL("SELECT 1"), True),
        (ops.RunPython(ops.RunPython.noop), True),
        (ops.CreateModel("thing", [("id", models.BigAutoField(primary_key=True))]), False),
        (ops.AddIndex("board", models.Index(fields=["title"], name="by_title")), False),
    ],
    ids=lambda value: value.describe() if isinstance(value, Operation) else None,
)
def test_what_does_harm_is_noticed(operation: Operation, expected: bool) -> None:
    state = MigrationLoader(None).project_state(("boards", "0001_initial"))
    assert bool(harm(operation, state)) is expected
