"""A Dask cluster as the executor of a run. Nothing else in the house knows Dask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ksdocs.problems import MissingToolError, problem

if TYPE_CHECKING:
    from concurrent.futures import Executor

_ANSWER_S = 15
"""Seconds that a scheduler has to answer."""


@contextmanager
def hands(address: str | None) -> Iterator[Executor | None]:
    """The workers of the cluster at `address` (`tcp://10.0.0.5:8786`); None without an address.

    They must reach the input, the data and templates, and the output folder under the same paths.

    Raises:
        MissingToolError: KS012 the extra `cluster` is not installed, KS013 nobody answers there.
    """
    if address is None:
        yield None
        return
    client = _client(address)
    try:
        yield client.get_executor()
    finally:
        client.close()


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise MissingToolError([problem("KS012", alamat=address)]) from None
    try:
        client = Client(address, timeout=_ANSWER_S, set_as_default=False)
    except Exception as error:  # whatever Dask and its transports raise for an address
        raise MissingToolError([problem("KS013", alamat=address, sebab=type(error).__name__)]) from None
    if not client.scheduler_info()["workers"]:
        client.close()
        raise MissingToolError([problem("KS013", alamat=address, sebab="0 worker")])
    return client
