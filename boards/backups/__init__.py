"""Backups: everything people have made here in one file, the same for SQLite and PostgreSQL.

`take` reads the database in one moment, `restore` puts a checked file in its place.
"""

from .files import durable
from .keys import fingerprint
from .lines import BackupError, Checked, check
from .restore import contents, restore, told
from .take import take

__all__ = [
    "BackupError",
    "Checked",
    "check",
    "contents",
    "durable",
    "fingerprint",
    "restore",
    "take",
    "told",
]
