"""A page that has what reads PDFs, and nothing else; and what it finds in them."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .conftest import Visit
from .running import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

NPM = ROOT / "static" / "npm"
READ = """async ([base64, number]) => {
    const pdfjs = await import("/pdfjs.js");
    pdfjs.GlobalWorkerOptions.workerSrc = "/pdfjs-worker.js";
    const data = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const file = await pdfjs.getDocument({ data, verbosity: 0 }).promise;
    const pages = [];
    for (let i = 1; i <= file.numPages; i++) pages.push(await file.getPage(i));
    const viewports = pages.map((page) => page.getViewport({ scale: 1 }));
    const [page, viewport] = [pages.at(number), viewports.at(number)];
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [viewport.width, viewport.height];
    await page.render({ canvas, viewport }).promise;
    const pencil = canvas.getContext("2d");
    const pixels = pencil.getImageData(0, 0, canvas.width, canvas.height).data;
    const [xs, ys] = [[], []];
    for (let i = 0; i < pixels.length; i += 4)
        if (pixels[i + 2] < 100) {
            xs.push((i / 4) % canvas.width);
            ys.push(Math.floor(i / 4 / canvas.width));
        }
    return {
        sizes: viewports.map(({ width, height }) => [width, height].map(Math.round)),
        ink: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    };
}"""


@dataclass(frozen=True)
class Read:
    sizes: list[tuple[int, int]]
    ink: list[float]
    """The box around all that isn't bright or blue, on one page."""


def judge_of(visit: Visit) -> Page:
    judge = visit("Judge").page

    def answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        if name in {"pdfjs.js", "pdfjs-worker.js"}:
            route.fulfill(path=NPM / name, content_type="text/javascript")
        else:
            route.fulfill(
                body="<!doctype html><link rel=icon href=data:,>", content_type="text/html"
            )

    judge.route("http://judge.test/**", answer)
    judge.goto("http://judge.test/")
    return judge


def read_pdf(judge: Page, data: bytes, page: int = 0) -> Read:
    """`page`: the one that is looked at for ink, from the end if negative."""
    found = judge.evaluate(READ, [base64.b64encode(data).decode(), page])
    return Read([(w, h) for w, h in found["sizes"]], found["ink"])
