"""A nickname for a session: how whoever has no account comes in."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from typing import Final
from urllib.parse import urlencode

from .errors import AnswerError
from .http import Answer, fetch
from .site import Site

SECONDS: Final = 15.0
_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


async def sign_in(origin: str, name: str) -> str:
    """Becomes a guest of the site at `https://host`; returns the cookies, for `connect(cookie=…)`.

    Keep them, and next time you are the same person. Raises `AnswerError` where the site doesn't
    take the name or wants an account, `OSError` where it can't be reached.
    """
    site = Site(origin, "", (("Origin", origin), ("Referer", f"{origin}/")))
    answer, page = await fetch(site, "GET", "/", seconds=SECONDS)
    token = _TOKEN.search(page.decode())
    if token is None:
        raise AnswerError(f"{origin}/ does not ask for a nickname: it", answer.status)
    cookies = _cookies(answer)
    form = urlencode({"name": name, "csrfmiddlewaretoken": token[1]}).encode()
    headers = [("Cookie", _line(cookies)), ("Content-Type", "application/x-www-form-urlencoded")]
    answer, _ = await fetch(site, "POST", "/nickname/", headers, form, seconds=SECONDS)
    cookies |= _cookies(answer)
    if answer.status >= 400 or not any(name.endswith("session") for name in cookies):
        raise AnswerError(f"the nickname {name!r}", answer.status)
    return _line(cookies)


def _cookies(answer: Answer) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    for name, value in answer.headers:
        if name == "set-cookie":
            jar.load(value)
    return {name: morsel.value for name, morsel in jar.items()}


def _line(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
