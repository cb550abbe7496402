"""What runs in a worker, on this machine or on another: it opens the office once, then does chunk after chunk."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock

from ksdocs.batch.one import Bench, OwnNames, do_item
from ksdocs.batch.order import Ingredients, Order, ingredients
from ksdocs.batch.pulse import beat
from ksdocs.batch.records import Chunk, Item, Passed, is_reference, read_chunk
from ksdocs.batch.result import Golongan, Hasil
from ksdocs.models import NASKAH
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.office import Office
from ksdocs.outputs import safe_name
from ksdocs.problems import SourceError
from ksdocs.register import MemoryRegister, summarize
from ksdocs.sources import Source
from ksdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker must know of a run: values, and files that it can reach.

    `register` is the office's register as the run began with it, `mark` the hash of that file. `index` is "" as long
    as the records are not known to each other yet.
    """

    run: str
    workspace: Workspace
    register: str
    mark: str
    order: Order
    data: str
    index: str = ""
    expected: tuple[tuple[str, Ingredients], ...] | None = None
    reads_records: bool = True
    """False where the office was given its register, and files tell nothing more."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the others need to know of a record before any of them is judged."""

    golongan: Golongan
    name: str = ""
    record: str = ""
    jenis: str = ""
    entry: RingkasanNaskah | None = None

    @property
    def stem(self) -> str:
        """What every file name of the record begins with."""
        return safe_name(self.record, self.record)


def see(item: Item, register: MemoryRegister) -> Seen:
    """What is to be known of `item`."""
    read = item.read
    if isinstance(read, Passed):
        return Seen("bukan", read.name)
    if isinstance(read, SourceError):
        return Seen("rusak")
    kind = str(read.tree.get("jenis", ""))
    if is_reference(read):
        return Seen("acuan", read.name, read.id, kind)
    return Seen("naskah", read.name, read.id, kind, summarize(read, register))


_LOCK = RLock()  # a cluster's worker may have several threads
_OFFICES: dict[str, Office] = {}
_BENCHES: dict[tuple[str, str], Bench] = {}


def warm(setup: Setup) -> None:
    """Everything that the first record would have to wait for."""
    look(setup, Chunk())


def look(setup: Setup, _: Chunk) -> list[tuple[str, Ingredients]]:
    """The ingredients of every kind, as this worker finds them."""
    office = _office(setup)
    kinds = [k for k in office.workspace.kinds() if k in NASKAH]
    return [(kind, ingredients(office, kind, setup.data)) for kind in kinds]


def survey(setup: Setup, chunk: Chunk) -> list[Seen]:
    """What is to be known of each record of `chunk`."""
    register = _office(setup).register
    found = []
    for item in read_chunk(chunk):
        beat()
        found.append(see(item, register))
    return found


def do_chunk(setup: Setup, chunk: Chunk) -> list[Hasil]:
    """Each record of `chunk` done."""
    bench = _bench(setup)
    done = []
    for item in read_chunk(chunk):
        beat()
        done.append(do_item(item, bench))
    return done


def describe(setup: Setup, chunk: Chunk) -> list[Hasil]:  # noqa: ARG001 - called as the others are
    """The records of `chunk` by name, nothing done."""
    found = []
    for item in read_chunk(chunk):
        read = item.read
        if isinstance(read, Source):
            kind, stage = str(read.tree.get("jenis", "")), str(read.tree.get("tahap", ""))
            found.append(Hasil(read.id, kind, stage, read.name, row=item.row))
        else:
            found.append(Hasil(golongan="rusak" if isinstance(read, SourceError) else "bukan"))
    return found


def _office(setup: Setup) -> Office:
    with _LOCK:
        if setup.run not in _OFFICES:
            import pickle

            data = Path(setup.register).read_bytes()
            if hashlib.sha256(data).hexdigest() != setup.mark:
                raise RuntimeError("the register of the run is not the one that its leader wrote")
            _OFFICES.clear()
            # Our own leader wrote it, into a folder that it alone may write, and its hash came another way.
            office = _OFFICES[setup.run] = Office(setup.workspace, pickle.loads(data))  # noqa: S301
            if setup.reads_records:
                office.register.pembaca = office.records
        return _OFFICES[setup.run]


def _bench(setup: Setup) -> Bench:
    from ksdocs.index import IndexRegister, Lookup

    with _LOCK:
        key = setup.run, setup.index
        if key not in _BENCHES:
            office = _office(setup)
            lookup = Lookup(Path(setup.index))
            _BENCHES.clear()
            _BENCHES[key] = Bench(
                office.with_register(IndexRegister(office.register, lookup)), setup.order, setup.data,
                OwnNames(lookup.owner_of), lookup.made_before,
                dict(setup.expected) if setup.expected is not None else None,
            )  # fmt: skip
        return _BENCHES[key]


def setup_for(office: Office, order: Order, folder: Path, data: str) -> Setup:
    """The setup of a run that is led by this process; what its workers read is put into `folder`."""
    import pickle

    file = (folder / "register").absolute()
    content = pickle.dumps(office.register, protocol=5)
    file.write_bytes(content)
    mark = hashlib.sha256(content).hexdigest()
    if order.out is not None:  # a worker may have been started in another folder
        order = replace(order, out=order.out.absolute())
    run = f"{mark[:16]}-{os.getpid()}-{folder.name}"
    return Setup(run, office.workspace, str(file), mark, order, data, reads_records=not office.given)
