"""Pictures in an S3-compatible storage: a real client against a real server, on loopback."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import boto3  # type: ignore[import-untyped]  # it has none
import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from boards.assets import storage, sweeping
from boards.assets.keeping import keep, received
from boards.models import Asset, Blob, Board, Person, Piece
from whiteboard import environment as env

from . import files
from .browsers import Browser

pytestmark = pytest.mark.django_db(transaction=True)
BUCKET = "pictures"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Any]:
    """As somebody would set it by the environment; empty before each test."""
    cache.clear()
    said = {"": "s3", "_BUCKET": BUCKET, "_ENDPOINT": endpoint, "_KEY": "a", "_SECRET": "b"}
    for name, value in said.items():
        monkeypatch.setenv("ASSET_STORAGE" if not name else f"ASSET_S3{name}", value)
    monkeypatch.setenv("ASSET_S3_REGION", "us-east-1")
    monkeypatch.setenv("ASSET_S3_FOLDER", "boards")
    client = boto3.resource(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",  # no secret of anything
    )
    found = client.create_bucket(Bucket=BUCKET)
    with override_settings(STORAGES={**settings.STORAGES, **env.asset_storage()}):
        yield found
        found.objects.all().delete()


def names(bucket: Any) -> set[str]:
    return {one.key for one in bucket.objects.all()}


def kept(board: Board, person: Person, content: bytes) -> Asset:
    incoming = received([content])
    with incoming.file:
        return keep(board, person.pk, incoming)


def test_pictures_go_to_the_bucket_and_come_from_it(bucket: Any, ann: Person, board: Board) -> None:
    browser = Browser(ann)
    address = reverse("assets", args=[board.pk])
    told = browser.generic("POST", address, files.png(2000, 1000), "image/png").json()
    stored = Blob.objects.get().stored
    assert names(bucket) == {f"boards/{stored}{ending}" for ending in ("", ".256", ".512", ".1024")}
    assert not Piece.objects.exists()
    for query, size in (("", (2000, 1000)), ("?side=256", (256, 128))):
        answer = browser.get(reverse("asset", args=[board.pk, told["asset"]]) + query)
        assert files.read(answer.content).size == size
    again = browser.generic("POST", address, files.png(2000, 1000), "image/png").json()
    assert (again, len(names(bucket))) == (told, 4)


def test_a_document_too(bucket: Any, ann: Person, board: Board) -> None:
    asset = kept(board, ann, files.pdf())
    assert b"".join(storage.parts_of(asset.blob.stored)) == files.pdf()


def test_a_missing_smaller_one_is_made_again(bucket: Any, ann: Person, board: Board) -> None:
    asset = kept(board, ann, files.png(300, 300))
    bucket.Object(f"boards/{asset.blob.stored}.256").delete()
    answer = Browser(ann).get(reverse("asset", args=[board.pk, asset.key]) + "?side=256")
    assert files.read(answer.content).size == (256, 256)
    assert len(names(bucket)) == 2


def test_deletion_empties_the_bucket(bucket: Any, ann: Person, board: Board) -> None:
    kept(board, ann, files.png(300, 300))
    sweeping.delete_assets(Asset.objects.all())
    assert not names(bucket)


def test_what_a_crash_left_is_swept_and_nothing_of_others(
    bucket: Any, ann: Person, board: Board
) -> None:
    asset = kept(board, ann, files.png())
    old = "20200101T0000-" + "0" * 32
    for name in (f"boards/{old}", f"boards/{old}.256", "boards/somebody-else's", "beside"):
        bucket.put_object(Key=name, Body=b"x")
    assert sweeping.sweep(dry_run=False) == 2
    assert names(bucket) == {f"boards/{asset.blob.stored}", "boards/somebody-else's", "beside"}


def test_a_lost_file_is_not_there_and_comes_back(bucket: Any, ann: Person, board: Board) -> None:
    asset = kept(board, ann, files.png())
    bucket.objects.all().delete()
    address = reverse("asset", args=[board.pk, asset.key])
    assert Browser(ann).get(address).status_code == 404
    assert sweeping.lost_files() == 1
    assert kept(board, ann, files.png()) == asset
    assert Browser(ann).get(address).status_code == 200
    assert sweeping.lost_files() == 0


def test_a_backup_says_what_is_not_in_it(bucket: Any, ann: Person, tmp_path: Any) -> None:
    said = io.StringIO()
    call_command("backup", str(tmp_path / "b"), stderr=said)
    assert "not in it" in said.getvalue()


# -- settings --------------------------------------------------------------------------------------


def refused(monkeypatch: pytest.MonkeyPatch, **said: str) -> str:
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as found:
        env.asset_storage()
    return str(found.value)


def test_the_database_needs_no_setting() -> None:
    assert env.asset_storage() == {}


def test_a_storage_is_right_or_the_program_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "database or s3" in refused(monkeypatch, ASSET_STORAGE="disk")
    assert "ASSET_S3_BUCKET" in refused(monkeypatch, ASSET_STORAGE="s3")
    assert "both" in refused(monkeypatch, ASSET_S3_BUCKET="b", ASSET_S3_KEY="k")
    told = refused(monkeypatch, ASSET_S3_SECRET="s", ASSET_S3_ENDPOINT="bucket.example")
    assert "ASSET_S3_ENDPOINT" in told
    monkeypatch.setattr(env, "find_spec", lambda _: None)
    assert "pip install 'django-storages[s3]'" in refused(monkeypatch)
