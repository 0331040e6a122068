"""Looks at boards and puts them in order; people on open boards see it within two seconds.

Fails with 1 where it can't be done, with 2 where there is no such board or the command is wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from boards import deeds, processes, upkeep
from boards.assets.refusals import FileRefusedError
from boards.deeds import Actor, DeedError
from boards.exchange import reading, writing
from boards.exchange.making import make_board
from boards.history import export
from boards.history.rollback import clock_at, difference, document_at, document_now
from boards.management.board_text import Told, board_of, entry_of, line_of, moment, told_of
from boards.models import AuditEntry, Board, Person, Report

STAFF: Final = Actor(staff="manage.py")
LIMIT: Final = 50


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, title="verbs")

        def verb(name: str, what: str, do: Callable[..., None], *, one: bool = True) -> Any:
            added = verbs.add_parser(name, help=what, description=what)
            if one:
                added.add_argument("board", type=board_of, help="its id, as in its address")
            added.add_argument("--json", action="store_true", help="as JSON, for programs")
            added.set_defaults(do=do)
            return added

        listed = verb("list", "Boards, the last changed first.", self.list, one=False)
        for state in ("open", "frozen", "trashed", "reported"):
            listed.add_argument(f"--{state}", action="store_true", help=f"only those {state}")
        listed.add_argument("--limit", type=int, default=LIMIT, help="at most so many")
        verb("show", "One board, with who is on it now.", self.show)
        verb("freeze", "Only owners and who holds the pen draw.", self.freeze)
        verb("unfreeze", "Everybody draws again.", self.unfreeze)
        verb("clear", "Removes everything; it can be rolled back.", self.clear)
        back = verb("rollback", "Makes a board what it was at a moment.", self.rollback)
        where = back.add_mutually_exclusive_group(required=True)
        where.add_argument("--clock", type=int, help="to this transaction of its log")
        where.add_argument("--at", type=moment, help="to this moment, or e.g. 10m ago")
        back.add_argument("--dry-run", action="store_true", help="only says what would change")
        exported = verb("export", "Its document and its log as one JSON file.", self.export)
        exported.add_argument("file", help="where to write it; - for the standard output")
        saved = verb("save", "The board with its pictures as a .board.json file.", self.save)
        saved.add_argument("file", help="where to write it; - for the standard output")
        taken = verb("import", "A new board of a .board.json file.", self.take_in, one=False)
        taken.add_argument("file", help="what was saved here or from a board's page")
        taken.add_argument("--owner", type=int, help="the number of the person whose it will be")
        deleted = verb("delete", "Deletes it for good.", self.delete)
        deleted.add_argument("--yes", action="store_true", help="needed: there is no way back")
        audit = verb("audit", "What was done about boards and people.", self.audit, one=False)
        audit.add_argument("--board", type=board_of, help="only about this one")
        audit.add_argument("--limit", type=int, default=LIMIT, help="at most so many")

    def handle(self, *args: Any, do: Callable[..., None], **options: Any) -> None:
        try:
            do(**options)
        except DeedError as error:
            raise CommandError(str(error)) from error

    # -- looking -----------------------------------------------------------------------------------

    def list(self, limit: int, **options: Any) -> None:
        everywhere = processes.everywhere()
        boards = Board.objects.select_related("owner").order_by("-changed")
        if options["open"]:
            boards = boards.filter(pk__in=[b for b, on in everywhere.boards.items() if on.sockets])
        if options["frozen"]:
            boards = boards.filter(frozen=True)
        if options["reported"]:
            boards = boards.filter(pk__in=Report.objects.filter(settled=None).values("board"))
        boards = boards.filter(trashed__isnull=not options["trashed"])
        rows = [told_of(found, everywhere) for found in boards[: max(0, limit)]]
        self._say(options, {"boards": rows}, (line_of(row) for row in rows))

    def show(self, board: Board, **options: Any) -> None:
        everywhere = processes.everywhere()
        told = told_of(board, everywhere)
        # Not from where: addresses are for bans, not for terminals and their logs.
        here = sorted({one.person for one in everywhere.on(board.pk).connections})
        self._say(
            options,
            {**told, "here": here},
            (f"{name}: {value}" for name, value in {**told, "here": here}.items()),
        )

    def audit(self, board: Board | None, limit: int, **options: Any) -> None:
        entries = AuditEntry.objects.select_related("by", "subject").order_by("-pk")
        if board is not None:
            entries = entries.filter(board=board.pk)
        rows = [entry_of(entry) for entry in entries[: max(0, limit)]]
        lines = (
            "  ".join(
                str(row[name]) for name in ("at", "by", "action", "board", "about", "details")
            )
            for row in rows
        )
        self._say(options, {"entries": rows}, lines)

    # -- doing -------------------------------------------------------------------------------------

    def freeze(self, board: Board, **options: Any) -> None:
        deeds.freeze(board, STAFF, frozen=True)
        self._done(options, board, "frozen")

    def unfreeze(self, board: Board, **options: Any) -> None:
        deeds.freeze(board, STAFF, frozen=False)
        self._done(options, board, "unfrozen")

    def clear(self, board: Board, **options: Any) -> None:
        upkeep.clear(board, STAFF)
        self._done(options, board, "cleared")

    def rollback(
        self,
        board: Board,
        clock: int | None,
        at: datetime | None,
        dry_run: bool,
        **options: Any,
    ) -> None:
        if clock is None:
            clock = clock_at(board.pk, int(at.timestamp() * 1000)) if at else 0
        if dry_run:
            now, here = document_now(board.pk)
            if not 0 <= clock <= now:
                raise CommandError(f"the board has been at 0 to {now}, never at {clock}")
            found = difference(document_at(board.pk, clock), here)
        else:
            found = upkeep.roll_back(board, STAFF, clock)
        numbers = {"back": found.back, "gone": found.gone, "changed": found.changed}
        said = ", ".join(f"{count} {name}" for name, count in numbers.items())
        done = "would be rolled back" if dry_run else "rolled back"
        told = {"before": board.clock, "to": clock, "dry_run": dry_run, **numbers}
        self._done(options, board, f"{done} from {board.clock} to {clock} ({said})", **told)

    def export(self, board: Board, file: str, **options: Any) -> None:
        deeds.record(STAFF, "export", board.pk)
        if file == "-":
            for part in export.parts(board):
                sys.stdout.buffer.write(part)
            return
        try:
            with Path(file).open("xb") as out:
                out.writelines(export.parts(board))
        except OSError as error:
            raise CommandError(f"nothing was exported: {error}") from error
        self._done(options, board, f"exported to {file}")

    def save(self, board: Board, file: str, **options: Any) -> None:
        deeds.record(STAFF, "export", board.pk)
        if file == "-":
            for part in writing.parts(board):
                sys.stdout.buffer.write(part)
            return
        try:
            with Path(file).open("xb") as out:
                out.writelines(writing.parts(board))
        except OSError as error:
            raise CommandError(f"nothing was saved: {error}") from error
        self._done(options, board, f"saved to {file}")

    def take_in(self, file: str, owner: int | None, **options: Any) -> None:
        person = None if owner is None else Person.objects.filter(pk=owner).first()
        if owner is not None and person is None:
            raise CommandError(f"there is no person {owner}", returncode=2)
        try:
            with Path(file).open("rb") as given:
                made = make_board(reading.read(given), person, STAFF)
        except (OSError, reading.NoBoardFileError) as error:
            raise CommandError(f"nothing was imported: {error}") from error
        except FileRefusedError as refused:
            raise CommandError(f"nothing was imported: {refused.detail}") from refused
        deeds.record(STAFF, "import", made.board.pk, elements=made.elements)
        said = f"imported: {made.elements} elements, {made.missing} pictures missing"
        numbers = {"elements": made.elements, "missing": made.missing}
        self._done(options, made.board, said, **numbers)

    def delete(self, board: Board, yes: bool, **options: Any) -> None:
        if not yes:
            raise CommandError("there is no way back: say --yes if you mean it", returncode=2)
        upkeep.delete_board(board, STAFF)
        self._done(options, board, "deleted for good")

    # -- saying ------------------------------------------------------------------------------------

    def _done(self, options: Told, board: Board, what: str, **more: Any) -> None:
        told = {"board": str(board.pk), "done": options["verb"], **more}
        self._say(options, told, [f"{board.pk} {what}"])

    def _say(self, options: Told, told: Told, lines: Iterable[str]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, default=str))
            return
        for line in lines:
            self.stdout.write(line)
