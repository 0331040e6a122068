"""Compares boards with the fold of their logs (R14); fails if any differs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from boards import store
from boards.models import Board


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("boards", nargs="*", type=UUID, help="their ids; all if none is given")
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")

    def handle(self, *args: Any, boards: list[UUID], json: bool, **options: Any) -> None:
        asked: Iterable[UUID] = boards or Board.objects.order_by("pk").values_list("pk", flat=True)
        count = 0
        found: dict[str, list[str]] = {}
        for board in asked:
            count += 1
            if differences := store.verify(board):
                found[str(board)] = differences
        self.stdout.write(_as_json(count, found) if json else _as_text(count, found))
        if found:
            raise CommandError(f"{len(found)} of {count} boards differ from their logs.")


def _as_json(count: int, found: dict[str, list[str]]) -> str:
    return json.dumps({"boards": count, "differences": found})


def _as_text(count: int, found: dict[str, list[str]]) -> str:
    lines = [f"{board}: {difference}" for board, them in found.items() for difference in them]
    return "\n".join([*lines, f"verified: {count} boards, {len(found)} differ from their logs"])
