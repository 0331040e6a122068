"""The same contents on another board, under the same ids: elements are copied as they are."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from boards.models import Asset, Blob

from . import quotas

ROWS: int = 500


@transaction.atomic
def copy_assets(
    source: UUID, target: UUID, person: int | None, keys: Collection[str] | None = None
) -> list[str]:
    """Those of these ids (or all) that are on the target now; raises where a quota says no."""
    rows = Asset.objects.filter(board=source)
    if keys is not None:
        rows = rows.filter(key__in=keys)
    wanted = dict(rows.values_list("key", "blob"))
    there = set(Asset.objects.filter(board=target).values_list("key", flat=True))
    missing = {key: blob for key, blob in wanted.items() if key not in there}
    # Held, so that no sweep takes them from between.
    blobs = Blob.objects.select_for_update().filter(pk__in=set(missing.values())).order_by("pk")
    sizes = dict(blobs.values_list("pk", "size"))
    if keys is not None and missing:
        quotas.check(target, person, sum(sizes.values()), is_new=False)
    made = [
        Asset(board_id=target, key=key, blob_id=blob, person_id=person)
        for key, blob in missing.items()
        if blob in sizes
    ]
    Asset.objects.bulk_create(made, batch_size=ROWS, ignore_conflicts=True)
    return sorted((wanted.keys() & there) | {asset.key for asset in made})
