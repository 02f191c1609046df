"""What a delivery in XZuFi holds, as far as it is used. Plain data that a child process hands over."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.index.modules import ModuleKind
from ingest.findings import Finding


class ObjectClass(StrEnum):
    """Kinds of objects that a delivery writes or deletes."""

    SERVICE = "leistung"
    UNIT = "organisationseinheit"
    ONLINE_SERVICE = "onlinedienst"
    RESPONSIBILITY = "zustaendigkeit"


@dataclass(frozen=True, slots=True)
class Localized:
    """A text and the tag of its language as the delivery writes it ("de", "en-GB"); empty when it names none."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class ServiceText:
    """One text module in one language; Markdown."""

    kind: ModuleKind
    language: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Service:
    """One `leistung`."""

    key: str
    line: int
    titles: tuple[Localized, ...]
    """For citizens, else the formal ones."""
    texts: tuple[ServiceText, ...]
    synonyms: tuple[Localized, ...] = ()
    leika_key: str | None = None
    reviewed_on: date | None = None
    reviewed_by: tuple[Localized, ...] = ()
    author: tuple[Localized, ...] = ()
    source_url: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One `organisationseinheit`."""

    key: str
    names: tuple[Localized, ...]


@dataclass(frozen=True, slots=True)
class OnlineService:
    """One `onlinedienst` with its web addresses."""

    key: str
    urls: tuple[Localized, ...]


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who answers for which services; `holder` is the key of a unit or an online service."""

    key: str
    holder: str
    services: tuple[str, ...]
    embedded: bool
    """Whether it stands inside its holder, and so is written anew with it."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """One `loesche`. Without a known class it deletes whatever has the key."""

    key: str
    kind: ObjectClass | None


Written = Service | Unit | OnlineService | Responsibility


@dataclass(frozen=True, slots=True)
class DeliveryFile:
    """One file: its operations in order, and what is wrong with the file as a whole."""

    operations: tuple[Written | Deletion, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class State:
    """What holds after all operations; keys are those of the objects."""

    services: dict[str, tuple[str, Service]] = field(default_factory=dict)
    """With the name of the file that wrote it last."""
    units: dict[str, Unit] = field(default_factory=dict)
    online_services: dict[str, OnlineService] = field(default_factory=dict)
    responsibilities: dict[str, Responsibility] = field(default_factory=dict)
    _of_service: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """Keys of the responsibilities for a service, in the order in which they were written."""
    _of_holder: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """Keys of the responsibilities that stand inside a holder."""

    def apply(self, operation: Written | Deletion, file: str) -> bool:
        """Writes or deletes; False when there was nothing to delete."""
        match operation:
            case Service():
                self.services.pop(operation.key, None)
                self.services[operation.key] = (file, operation)
            case Unit():
                self.units[operation.key] = operation
                self._forget_embedded(operation.key)
            case OnlineService():
                self.online_services[operation.key] = operation
                self._forget_embedded(operation.key)
            case Responsibility():
                self._write(operation)
            case Deletion():
                return self._delete(operation)
        return True

    def holders_of(self, service: str) -> list[str]:
        """Keys of the units and online services that answer for a service."""
        return [self.responsibilities[key].holder for key in self._of_service.get(service, ())]

    def _write(self, responsibility: Responsibility) -> None:
        key = responsibility.key
        self._forget(key)
        self.responsibilities[key] = responsibility
        for service in responsibility.services:
            self._of_service[service][key] = None
        if responsibility.embedded:
            self._of_holder[responsibility.holder][key] = None

    def _forget(self, key: str) -> None:
        before = self.responsibilities.pop(key, None)
        if before is not None:
            for service in before.services:
                self._of_service[service].pop(key, None)
            self._of_holder[before.holder].pop(key, None)

    def _forget_embedded(self, holder: str) -> None:
        for key in list(self._of_holder.get(holder, ())):
            self._forget(key)

    def _delete(self, deletion: Deletion) -> bool:
        stores: dict[ObjectClass, dict[str, Any]] = {
            ObjectClass.SERVICE: self.services,
            ObjectClass.UNIT: self.units,
            ObjectClass.ONLINE_SERVICE: self.online_services,
            ObjectClass.RESPONSIBILITY: self.responsibilities,
        }
        found = [kind for kind, store in stores.items() if deletion.key in store and deletion.kind in (None, kind)]
        for kind in found:
            if kind is ObjectClass.RESPONSIBILITY:
                self._forget(deletion.key)
            else:
                stores[kind].pop(deletion.key)
        return bool(found)
