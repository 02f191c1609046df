"""What personal data is, and where in a text it stands."""

from dataclasses import dataclass
from enum import StrEnum


class PersonalData(StrEnum):
    """Kinds of personal data that are recognised; each has wording under `personal_data.` in every catalog."""

    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    CARD_NUMBER = "card_number"
    TAX_ID = "tax_id"
    INSURANCE_NUMBER = "insurance_number"
    ID_NUMBER = "id_number"
    FILE_NUMBER = "file_number"
    LICENCE_PLATE = "licence_plate"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"
    NAME = "name"


LABELS: dict[PersonalData, str] = {
    PersonalData.EMAIL: "[E-Mail]",
    PersonalData.PHONE: "[Telefonnummer]",
    PersonalData.IBAN: "[IBAN]",
    PersonalData.CARD_NUMBER: "[Kartennummer]",
    PersonalData.TAX_ID: "[Steuer-ID]",
    PersonalData.INSURANCE_NUMBER: "[Versicherungsnummer]",
    PersonalData.ID_NUMBER: "[Ausweisnummer]",
    PersonalData.FILE_NUMBER: "[Aktenzeichen]",
    PersonalData.LICENCE_PLATE: "[Kennzeichen]",
    PersonalData.BIRTH_DATE: "[Geburtsdatum]",
    PersonalData.ADDRESS: "[Anschrift]",
    PersonalData.NAME: "[Name]",
}
"""What stands in the text instead; the same in every language, so that records compare."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of a text."""

    start: int
    end: int
    kind: PersonalData

    def overlaps(self, other: "Span") -> bool:
        """Whether both claim a character."""
        return self.start < other.end and other.start < self.end
