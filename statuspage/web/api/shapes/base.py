"""What all shapes share: strictness, instants, pages of a list, the query of a list."""

import uuid
from typing import Annotated, ClassVar, Generic, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Item = TypeVar("Item", bound="Shape")
Instant = Annotated[AwareDatetime, Field(description="RFC 3339 with an offset; answered in UTC.")]
Words = Annotated[str, Field(description="CommonMark, at most 20,000 characters.")]
Version = Annotated[
    int | None,
    Field(description="The version you have seen. When it is no longer the one that stands: 409 with both."),
]

DEFAULT_LIMIT = 50
GREATEST_LIMIT = 200


class Shape(BaseModel):
    """An object in a body: types are exact, unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)


class Patch(Shape):
    """What is to change; everything left out stays. Only the fields in `nullable` may be emptied by null."""

    nullable: ClassVar[frozenset[str]] = frozenset()

    def needless_nulls(self) -> list[str]:
        """Return the fields that were set to null although null means nothing there."""
        return [name for name in self.model_fields_set - self.nullable if getattr(self, name) is None]


class Query(BaseModel):
    """Parameters after the question mark; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class ListQuery(Query):
    """How much of a list, and from where."""

    limit: Annotated[int, Field(ge=1, le=GREATEST_LIMIT)] = DEFAULT_LIMIT
    """How many items at most."""
    cursor: uuid.UUID | None = None
    """`next` of the page before."""


class Page(Shape, Generic[Item]):
    """A part of a list."""

    # Each `Page[...]` is a class without source: looking for docstrings there takes longer than all else at the start.
    model_config = ConfigDict(use_attribute_docstrings=False)

    items: list[Item]
    next: Annotated[str | None, Field(description="The cursor of the next page; null on the last one.")]
