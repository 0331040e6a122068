"""The one table of what the API can do: addresses and description are both made from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _

from boards.access import Scope

from . import assets, boards, files, people, shapes, transactions

BOARD: Final = "boards/<uuid:board_id>"
MEMBER: Final = f"{BOARD}/people/<int:number>"
LINK: Final = f"{BOARD}/links/<int:number>"
TRANSACTIONS: Final = f"{BOARD}/transactions"
ASSETS: Final = f"{BOARD}/assets"

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One thing that can be asked for."""

    method: Method
    path: str
    name: str
    summary: Any
    """Lazily translated."""
    scope: Scope
    do: Callable[..., Any]
    """Takes an `Asked` and the path's parts; gives a shape, or a response of its own."""
    takes: type[Any] | None = None
    query: type[Any] | None = None
    gives: type[Any] | None = None
    """None: nothing, with status 204."""
    status: int = 200
    example: dict[str, Any] | None = None
    """Of what it takes."""
    takes_file: bool = False
    """The body is a file, which the operation reads itself."""
    gives_file: bool = False


STROKE: Final = {
    "kind": "stroke",
    "x": 0,
    "y": 0,
    "z": "a0",
    "color": "blue",
    "width": 4,
    "points": "AAAAABgXGBcYDxgLGAMYBBgMGBAYGBgYGBgYGBgQGAwYBBgDGAsYDxgXGBc",
}
EXAMPLE_STROKE: Final = {
    "transactions": [
        {
            "id": "AAAAAAAAAAAAAAAAAAAAAA",
            "changes": [{"op": "put", "key": "from-curl", "element": STROKE}],
        }
    ]
}

OPERATIONS: Final = (
    Operation(
        method="GET",
        path="me",
        name="me",
        summary=_("For whom you speak"),
        scope=Scope.READ,
        do=boards.me,
        gives=shapes.Me,
    ),
    Operation(
        method="GET",
        path="boards",
        name="listBoards",
        summary=_("Your boards, the last changed first"),
        scope=Scope.READ,
        do=boards.list_boards,
        query=shapes.BoardsAfter,
        gives=shapes.Boards,
    ),
    Operation(
        method="POST",
        path="boards",
        name="makeBoard",
        summary=_("Make a board"),
        scope=Scope.MANAGE,
        do=boards.new_board,
        takes=shapes.NewBoard,
        gives=shapes.Board,
        status=201,
        example={"title": "Sums", "audience": "view"},
    ),
    Operation(
        method="POST",
        path="boards/import",
        name="importBoard",
        summary=_("Make a board of a file"),
        scope=Scope.MANAGE,
        do=files.import_board,
        takes_file=True,
        gives=shapes.Imported,
        status=201,
    ),
    Operation(
        method="GET",
        path=f"{BOARD}/file",
        name="getFile",
        summary=_("The board with its pictures as one file"),
        scope=Scope.READ,
        do=files.get_file,
        gives_file=True,
    ),
    Operation(
        method="GET",
        path=BOARD,
        name="getBoard",
        summary=_("A board without what is drawn on it"),
        scope=Scope.READ,
        do=boards.one_board,
        gives=shapes.Board,
    ),
    Operation(
        method="PATCH",
        path=BOARD,
        name="changeBoard",
        summary=_("Rename, freeze, share, or put back from the trash"),
        scope=Scope.MANAGE,
        do=boards.change_board,
        takes=shapes.BoardChanges,
        gives=shapes.Board,
        example={"title": "Sums", "paper": "grid", "frozen": False},
    ),
    Operation(
        method="DELETE",
        path=BOARD,
        name="trashBoard",
        summary=_("Move a board to the trash"),
        scope=Scope.MANAGE,
        do=boards.trash_board,
        status=204,
    ),
    Operation(
        method="GET",
        path=f"{BOARD}/document",
        name="getDocument",
        summary=_("Everything on the board"),
        scope=Scope.READ,
        do=transactions.document,
        gives=shapes.Document,
    ),
    Operation(
        method="GET",
        path=TRANSACTIONS,
        name="getTransactions",
        summary=_("What was changed since, or wait for it"),
        scope=Scope.READ,
        do=transactions.transactions,
        query=shapes.After,
        gives=shapes.Transactions,
    ),
    Operation(
        method="POST",
        path=TRANSACTIONS,
        name="commit",
        summary=_("Draw and change"),
        scope=Scope.DRAW,
        do=transactions.commit,
        takes=shapes.NewTransactions,
        gives=shapes.Results,
        example=EXAMPLE_STROKE,
    ),
    Operation(
        method="GET",
        path=ASSETS,
        name="listAssets",
        summary=_("Pictures and documents on the board"),
        scope=Scope.READ,
        do=assets.list_assets,
        gives=shapes.Assets,
    ),
    Operation(
        method="POST",
        path=ASSETS,
        name="addAsset",
        summary=_("Bring a picture or a document, to be placed by an element"),
        scope=Scope.DRAW,
        do=assets.add_asset,
        takes_file=True,
        gives=shapes.Asset,
        status=201,
    ),
    Operation(
        method="GET",
        path=f"{ASSETS}/<str:asset>",
        name="getAsset",
        summary=_("A picture or document itself"),
        scope=Scope.READ,
        do=assets.get_asset,
        query=shapes.Side,
        gives_file=True,
    ),
    Operation(
        method="GET",
        path=f"{BOARD}/people",
        name="getPeople",
        summary=_("Who is here, and who is a member"),
        scope=Scope.READ,
        do=people.people,
        gives=shapes.People,
    ),
    Operation(
        method="PUT",
        path=MEMBER,
        name="setRole",
        summary=_("Give somebody a role"),
        scope=Scope.MANAGE,
        do=people.set_role,
        takes=shapes.NewRole,
        gives=shapes.NewRole,
        example={"role": "viewer"},
    ),
    Operation(
        method="DELETE",
        path=MEMBER,
        name="removeMember",
        summary=_("End a membership"),
        scope=Scope.MANAGE,
        do=people.remove,
        status=204,
    ),
    Operation(
        method="GET",
        path=f"{BOARD}/links",
        name="listLinks",
        summary=_("Invite links"),
        scope=Scope.MANAGE,
        do=people.links,
        gives=shapes.Links,
    ),
    Operation(
        method="POST",
        path=f"{BOARD}/links",
        name="makeLink",
        summary=_("Make an invite link"),
        scope=Scope.MANAGE,
        do=people.new_link,
        takes=shapes.NewLink,
        gives=shapes.MadeLink,
        status=201,
        example={"role": "editor", "lasts": "week", "label": "Class 5b"},
    ),
    Operation(
        method="DELETE",
        path=LINK,
        name="revokeLink",
        summary=_("Revoke an invite link, and end the memberships it made"),
        scope=Scope.MANAGE,
        do=people.revoke_link,
        status=204,
    ),
)
