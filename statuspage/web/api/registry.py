"""Operations: method, address, right, what one takes and gives. Routes and the OpenAPI document are made of these."""

from collections.abc import Callable
from dataclasses import dataclass, field
from inspect import cleandoc
from typing import Any

from statuspage.domain.accounts.enums import Right
from statuspage.web.api.shapes.base import Query, Shape

PREFIX = "/api/v1"
View = Callable[..., Any]


@dataclass(frozen=True)
class Created:
    """A new object and where it is, below the API's prefix."""

    shape: Shape
    path: str


@dataclass(frozen=True)
class Operation:
    """One thing a program may ask for.

    `view` is called with what stands in the address, the body as `sent` where the operation `takes` a shape, and the
    parameters as `asked` where it `asks` for a query. It returns the shape it `gives`, `Created`, or nothing.
    """

    method: str
    path: str
    right: Right
    view: View
    takes: type[Shape] | None = None
    asks: type[Query] | None = None
    gives: type[Shape] | None = None
    status: int = 200

    @property
    def name(self) -> str:
        """The view's name: unique, and the `operationId`."""
        return self.view.__name__

    @property
    def words(self) -> tuple[str, str]:
        """What it does: the first line of the view's docstring, and the rest of it."""
        summary, _, rest = cleandoc(self.view.__doc__ or "").partition("\n")
        return summary, rest.strip()


@dataclass
class Part:
    """The operations on one kind of thing; `title` heads them in the reference."""

    title: str
    about: str
    operations: list[Operation] = field(default_factory=list)

    def get(self, path: str, right: Right, **more: Any) -> Callable[[View], View]:
        """Add a GET."""
        return self._add("GET", path, right, more)

    def post(self, path: str, right: Right, **more: Any) -> Callable[[View], View]:
        """Add a POST; 201 unless `status` says otherwise."""
        return self._add("POST", path, right, {"status": 201, **more})

    def patch(self, path: str, right: Right, **more: Any) -> Callable[[View], View]:
        """Add a PATCH."""
        return self._add("PATCH", path, right, more)

    def delete(self, path: str, right: Right, **more: Any) -> Callable[[View], View]:
        """Add a DELETE, answered with 204."""
        return self._add("DELETE", path, right, {"status": 204, **more})

    def _add(self, method: str, path: str, right: Right, more: dict[str, Any]) -> Callable[[View], View]:
        def add(view: View) -> View:
            self.operations.append(Operation(method, path, right, view, **more))
            return view

        return add
