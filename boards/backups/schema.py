"""What the tables look like at a set of migrations, and which of the migrations are known here.

Models are those of the migrations, not of the code: an upgrade begins with a backup, made by the
new version while the database is still the old one's.
"""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import TopologicalSorter
from typing import Any, Final, TypeAlias, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, Model

LEFT_OUT: Final = frozenset({"boards.serverprocess"})
"""Who is alive at this moment: it means nothing at another one."""

Migrations = Mapping[str, list[str]]
AnyModel = type[Model]
AnyField: TypeAlias = "Field[Any, Any]"


def applied(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """The migrations of this database by app; apps that are no longer installed do not count."""
    loader = MigrationLoader(connection)
    found: dict[str, list[str]] = {}
    for app, name in sorted(loader.applied_migrations):
        if app in loader.migrated_apps:
            found.setdefault(app, []).append(name)
    return found


def unknown(migrations: Migrations) -> list[str]:
    """Those that this version of the program does not have: they are of a newer one."""
    known = MigrationLoader(None).disk_migrations
    return [
        f"{app}.{name}"
        for app, names in migrations.items()
        for name in names
        if (app, name) not in known
    ]


def is_complete(migrations: Migrations) -> bool:
    """Whether these are all migrations that this version of the program has."""
    loader = MigrationLoader(None)
    return set(_nodes(loader, migrations)) == set(loader.graph.nodes)


def models_at(migrations: Migrations) -> dict[str, AnyModel]:
    """The models with tables of their own, by label, each after those that it refers to."""
    loader = MigrationLoader(None)
    state = loader.project_state(_nodes(loader, migrations))
    models = {
        model._meta.label_lower: model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    order = TopologicalSorter({label: _needed_by(model) for label, model in models.items()})
    return {label: models[label] for label in order.static_order() if label not in LEFT_OUT}


def _needed_by(model: AnyModel) -> list[str]:
    """The labels of the models whose rows must be there before its own; in one order always."""
    others = {field.related_model for field in columns(model)} - {None, model}
    return sorted(other._meta.label_lower for other in others if other is not None)


def columns(model: AnyModel) -> list[AnyField]:
    """The fields that are stored in the model's own table and not computed there."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def column(field: AnyField) -> str:
    """The name of its column; only fields that are not stored have none."""
    return cast(str, field.column)


def migrate_to(connection: BaseDatabaseWrapper, migrations: Migrations) -> None:
    """Brings an empty database to this state, and to what the migrations themselves need."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    nodes = _nodes(executor.loader, migrations)
    # The last of each app: to name an earlier one means to go back to it.
    last = [
        node
        for node in nodes
        if not any(
            child.key in nodes and child.key[0] == node[0]
            for child in graph.node_map[node].children
        )
    ]
    executor.migrate(last)


def _nodes(loader: MigrationLoader, migrations: Migrations) -> list[tuple[str, str]]:
    """The same migrations in the loader's graph, where one may stand for many that it squashes."""
    named = {(app, name) for app, names in migrations.items() for name in names}
    named |= {key for key, one in loader.replacements.items() if named.issuperset(one.replaces)}
    return sorted(key for key in loader.graph.nodes if key in named)
