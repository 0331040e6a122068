"""Settings of the app with their defaults; a site changes one by setting `BOARDS_<NAME>`."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings

DEFAULTS: Final[dict[str, Any]] = {
    # Proxies of ours in front. Only then are X-Forwarded-For and -Proto believed.
    "TRUSTED_PROXIES": 0,
    # -- what strangers may do per address: burst, and how many come back a second
    # A school behind one address comes in at the same minute.
    "LIMIT_NEW_PEOPLE": (1000, 1.0),
    "LIMIT_NEW_BOARDS": (300, 0.5),
    # S6: a mistyped link costs one; who tries thousands is slowed to one in five seconds.
    "LIMIT_BOARD_GUESSES": (60, 0.2),
    # A class behind one address that comments on each other's work at the same time.
    "LIMIT_COMMENTS": (300, 2.0),
    # All that is kept of a person, in one file: for the few times that somebody wants it.
    "LIMIT_TAKEOUTS": (5, 1 / 300),
    # -- what programs may do over the HTTP API
    # A mistyped or outdated token costs one; a program that goes on with it is slowed down.
    "LIMIT_TOKEN_GUESSES": (60, 0.2),
    # S14: as many requests as a socket takes messages, from all programs of a person together.
    "LIMIT_API": (240, 60.0),
    # One token leaves the person's others half of that.
    "LIMIT_API_TOKEN": (120, 30.0),
    # Requests that wait for the next transaction: a dozen programs on a few boards each...
    "HELD_PER_PERSON_MAX": 50,
    # ... and of one process: each is some 20 KiB of memory and a read when something comes.
    "HELD_MAX": 1000,
    # Good tokens of one person: more than anybody keeps apart by their names.
    "TOKENS_MAX": 50,
    # Origins (https://app.example.org) whose pages may use the API and the transports over HTTP,
    # with a token. None: what is in a page is in the hands of whoever can change that page.
    "TOKEN_ORIGINS": (),
    # Handshakes that arrived without their Upgrade, kept a minute; a run of /connection/ has two.
    "LIMIT_ECHO_TRIES": (60, 1.0),
    # -- connections of one process (S15)
    # Each costs some 35 KiB, and up to 8 MB while its client is slow.
    "CONNECTIONS_MAX": 10_000,
    # A school behind one address, with every pupil on two boards.
    "CONNECTIONS_PER_ADDRESS_MAX": 3000,
    # On one board: tabs and devices, and those whose end has not been noticed yet.
    "CONNECTIONS_PER_PERSON_MAX": 50,
    # Over HTTP: each keeps at most a window of frames, some 100 KiB of a client that is slow.
    "LINKS_MAX": 5000,
    # S16: pings and pongs of one socket: burst, and how many come back a second. Programs and
    # proxies send one in some seconds, browsers none but their answers to ours.
    "LIMIT_SOCKET_PINGS": (60, 5.0),
    # Pieces of messages: a frame of 256 KiB in pieces of 256 bytes...
    "FRAGMENTS_MAX": 1024,
    # ... and of all messages together: 60 a second, as many as there may be, in eight each.
    "LIMIT_SOCKET_FRAGMENTS": (2048, 500.0),
    # -- who may come in
    # A guest has nothing but the link to share: whoever has the address draws.
    "GUEST_BOARD_AUDIENCE": "draw",
    # Somebody with an account knows with whom they share.
    "MEMBER_BOARD_AUDIENCE": "nobody",
    # Put out without a ban: long enough not to come back by reloading the page.
    "KICK_SECONDS": 60,
    # Of one board: beyond it a link to all is what is wanted.
    "MEMBERS_MAX": 2000,
    "INVITES_MAX": 100,
    "THREADS_MAX": 2000,
    "COMMENTS_PER_THREAD_MAX": 500,
    # Of a board in all: what a page has to read at most.
    "COMMENTS_MAX": 10_000,
    "FOLDERS_MAX": 200,
    # -- the echo that /connection/ talks to; without it the page says that it is switched off
    "ECHO": True,
    # The largest live frame is 16 KiB; this much shows the longest form of a frame's length.
    "ECHO_MESSAGE_BYTES": 65_536,
    # Messages: burst, and how many come back a second. A page sends 30 a second, and runs ahead.
    "ECHO_MESSAGES": (240, 60.0),
    # Of one socket or link: a run of the page takes about 200 KiB, and who doesn't read what comes
    # back has no more than this lying in memory.
    "ECHO_BYTES_IN_ALL": 4 * 1024 * 1024,
    # The page holds a silent socket for 25 s to see whether a proxy cuts it.
    "ECHO_IDLE_SECONDS": 60.0,
    # Nobody needs it longer than a run of the page.
    "ECHO_LIFETIME_SECONDS": 300.0,
    # A class behind one address opens the page at the same moment, each with two or three.
    "ECHO_PER_ADDRESS": 120,
    # Boards come first: an echo socket costs about 40 KiB.
    "ECHO_PER_PROCESS": 500,
    # -- pictures and documents on boards
    # A photo of a phone has 3 to 12 MB, a scanned booklet as a PDF some more.
    "ASSET_BYTES_MAX": 20 * 1024 * 1024,
    # The largest camera of a phone that people have; decoded it is 200 MB, so of all that one
    # process decodes at once there is no more than this.
    "ASSET_PIXELS_MAX": 50_000_000,
    # JPEG's own limit is 65,535 and WebP's 16,383; longer ones are floods, or maps in one strip.
    "ASSET_SIDE_MAX": 30_000,
    # Of a moving picture; all its frames together have no more pixels than one picture may have.
    "ASSET_FRAMES_MAX": 300,
    # What is brought is counted in bytes as stored; 0 is without an end.
    # A class's board of 200 photos has some 400 MB at most.
    "ASSET_BOARD_BYTES_MAX": 500 * 1024 * 1024,
    # Each content once, on whichever boards.
    "ASSET_PERSON_BYTES_MAX": 2 * 1024 * 1024 * 1024,
    # The disk is the site's own business.
    "ASSET_SITE_BYTES_MAX": 0,
    # Per person: a board's 200 pictures dropped at once, then two a second.
    "LIMIT_ASSETS": (300, 2.0),
    # A file of a board with its pictures in it, which are a third larger there.
    "IMPORT_BYTES_MAX": 64 * 1024 * 1024,
    # -- a person's own library
    "LIBRARY_ITEMS_MAX": 500,
    # An item of 1,000 elements of common size.
    "LIBRARY_ITEM_BYTES_MAX": 256 * 1024,
    # Read as a whole when the library is opened.
    "LIBRARY_BYTES_MAX": 8 * 1024 * 1024,
    # -- privacy: days, 0 for ever
    # Guests without boards or ink who have not been seen for so long are forgotten.
    "RETENTION_IDLE_GUESTS_DAYS": 0,
    # What lies in the trash for so long is deleted for good.
    "RETENTION_TRASH_DAYS": 0,
    # Boards of guests that nobody has changed for so long go to the trash.
    "RETENTION_GUEST_BOARDS_DAYS": 0,
    # The record of who did what about people and boards.
    "RETENTION_AUDIT_DAYS": 0,
    # A member with an account may take over a board whose guest has not been seen for so long.
    "ORPHAN_DAYS": 90,
}


def option(name: str) -> Any:
    """The setting `BOARDS_<name>`, or its default here."""
    return getattr(settings, f"BOARDS_{name}", DEFAULTS[name])
