"""Bodies of the routes for objects."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from gradeline.lake.lake import StoredObject


class DownloadHeaders(BaseModel):
    """What a download may ask for in its headers (RFC 9110, sections 13 and 14)."""

    range: str | None = Field(default=None, description="One range of bytes.")
    if_range: str | None = Field(default=None, description="The ETag for which Range is meant.")
    if_none_match: str | None = Field(default=None, description="The ETag that is known already.")


class ListedObject(BaseModel):
    """An object in a listing, with the names that S3 uses."""

    model_config = ConfigDict(populate_by_name=True)

    key: str = Field(alias="Key", description="The object's key.", examples=["folder/file1.txt"])
    last_modified: datetime = Field(alias="LastModified", description="When it was written, UTC.")
    size: int = Field(alias="Size", description="Bytes.")
    etag: str = Field(alias="ETag", description="Another one after each write.")


class ObjectList(BaseModel):
    """A page of a listing."""

    prefix: str = Field(description="What was asked for.")
    objects: list[ListedObject] = Field(description="Sorted by key.")
    count: int = Field(description="Objects on this page.")
    next: str | None = Field(
        default=None, description="Send it as `after` for the next page; null on the last one."
    )


class ObjectInfo(BaseModel):
    """What an object is, without its bytes."""

    key: str = Field(description="The object's key.", examples=["path/to/file"])
    etag: str = Field(description="For If-Match; quoted.", examples=['"abc123"'])
    version_id: str | None = Field(description="Of a bucket that keeps versions; else null.")
    size: int = Field(description="Bytes.", examples=[1024])
    last_modified: datetime = Field(description="When it was written, UTC.")


def listed(found: StoredObject, key: str) -> ListedObject:
    """Return an object of a listing under the key by which it was asked for."""
    return ListedObject(
        Key=key, LastModified=found.modified, Size=found.size, ETag=quoted(found.tag)
    )


def described(found: StoredObject, key: str) -> ObjectInfo:
    """Return what an object is under the key by which it was asked for."""
    return ObjectInfo(
        key=key,
        etag=quoted(found.tag),
        version_id=found.version or None,
        size=found.size,
        last_modified=found.modified,
    )


def quoted(tag: str) -> str:
    """Return a tag as HTTP writes it."""
    return f'"{tag}"'
