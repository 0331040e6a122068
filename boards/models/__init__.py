"""What the database keeps: people, boards with their logs, rights, comments, order, processes."""

from .assets import ASSET_KEY_LENGTH, Asset, Blob, Piece
from .boards import INK_KINDS, LABELLED_KINDS, TITLE_LENGTH, Board, Element, Transaction, new_epoch
from .boards import new_transaction_id as new_transaction_id
from .comments import COMMENT_LENGTH, Comment, Thread, ThreadSeen
from .library import LIBRARY_NAME_LENGTH, LibraryItem
from .order import REPORT_LENGTH, AuditEntry, Report
from .people import (
    CURSOR_COLORS,
    FOLDER_LENGTH,
    NAME_LENGTH,
    Folder,
    Person,
    Visit,
    new_color,
)
from .rights import LABEL_LENGTH, REASON_LENGTH, ROLE_NAMES, Invite, Membership, Pen, Restraint
from .servers import ServerProcess
from .thumbnails import Thumbnail
from .tokens import TOKEN_NAME_LENGTH, Token

__all__ = [
    "ASSET_KEY_LENGTH",
    "COMMENT_LENGTH",
    "CURSOR_COLORS",
    "FOLDER_LENGTH",
    "INK_KINDS",
    "LABELLED_KINDS",
    "LABEL_LENGTH",
    "LIBRARY_NAME_LENGTH",
    "NAME_LENGTH",
    "REASON_LENGTH",
    "REPORT_LENGTH",
    "ROLE_NAMES",
    "TITLE_LENGTH",
    "TOKEN_NAME_LENGTH",
    "Asset",
    "AuditEntry",
    "Blob",
    "Board",
    "Comment",
    "Element",
    "Folder",
    "Invite",
    "LibraryItem",
    "Membership",
    "Pen",
    "Person",
    "Piece",
    "Report",
    "Restraint",
    "ServerProcess",
    "Thread",
    "ThreadSeen",
    "Thumbnail",
    "Token",
    "Transaction",
    "Visit",
    "new_color",
    "new_epoch",
    "new_transaction_id",
]
