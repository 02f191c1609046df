"""The FIM text modules: the closed vocabulary that every service text is divided into."""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum


class ModuleKind(StrEnum):
    """What a passage of a service text is about (FIM "Textmodule", with the codes that XZuFi uses)."""

    TEASER = "teaser"
    FULL_TEXT = "full_text"
    REQUIRED_DOCUMENTS = "required_documents"
    PREREQUISITES = "prerequisites"
    COSTS = "costs"
    PROCEDURE = "procedure"
    PROCESSING_TIME = "processing_time"
    DEADLINE = "deadline"
    FORMS = "forms"
    NOTES = "notes"
    LEGAL_BASIS = "legal_basis"
    RESPONSIBLE_OFFICE = "responsible_office"
    CONTACT = "contact"
    LEGAL_REMEDY = "legal_remedy"


GERMAN_HEADINGS: dict[ModuleKind, tuple[str, ...]] = {
    ModuleKind.TEASER: ("Kurz erklärt", "Teaser", "Kurztext"),
    ModuleKind.FULL_TEXT: ("Beschreibung", "Volltext", "Leistungsbeschreibung"),
    ModuleKind.REQUIRED_DOCUMENTS: ("Erforderliche Unterlagen", "Unterlagen", "Benötigte Unterlagen"),
    ModuleKind.PREREQUISITES: ("Voraussetzungen",),
    ModuleKind.COSTS: ("Kosten", "Gebühren", "Gebühr"),
    ModuleKind.PROCEDURE: ("Verfahrensablauf", "Ablauf"),
    ModuleKind.PROCESSING_TIME: ("Bearbeitungsdauer", "Bearbeitungszeit"),
    ModuleKind.DEADLINE: ("Frist", "Fristen"),
    ModuleKind.FORMS: ("Formulare", "Anträge und Formulare"),
    ModuleKind.NOTES: ("Hinweise", "Besonderheiten"),
    ModuleKind.LEGAL_BASIS: ("Rechtsgrundlagen", "Rechtsgrundlage"),
    ModuleKind.RESPONSIBLE_OFFICE: ("Zuständige Stelle",),
    ModuleKind.CONTACT: ("Ansprechpunkt", "Kontakt"),
    ModuleKind.LEGAL_REMEDY: ("Rechtsbehelf",),
}
"""Headings accepted for each module; the first is the one that citizens see."""

ENGLISH_HEADINGS: dict[ModuleKind, tuple[str, ...]] = {
    ModuleKind.TEASER: ("In short",),
    ModuleKind.FULL_TEXT: ("Description",),
    ModuleKind.REQUIRED_DOCUMENTS: ("Required documents",),
    ModuleKind.PREREQUISITES: ("Requirements", "Prerequisites"),
    ModuleKind.COSTS: ("Costs", "Fees"),
    ModuleKind.PROCEDURE: ("Procedure",),
    ModuleKind.PROCESSING_TIME: ("Processing time",),
    ModuleKind.DEADLINE: ("Deadline", "Deadlines"),
    ModuleKind.FORMS: ("Forms",),
    ModuleKind.NOTES: ("Notes",),
    ModuleKind.LEGAL_BASIS: ("Legal basis",),
    ModuleKind.RESPONSIBLE_OFFICE: ("Responsible office",),
    ModuleKind.CONTACT: ("Contact",),
    ModuleKind.LEGAL_REMEDY: ("Legal remedy",),
}


UKRAINIAN_HEADINGS: dict[ModuleKind, tuple[str, ...]] = {
    ModuleKind.TEASER: ("Коротко",),
    ModuleKind.FULL_TEXT: ("Опис",),
    ModuleKind.REQUIRED_DOCUMENTS: ("Необхідні документи", "Документи"),
    ModuleKind.PREREQUISITES: ("Умови", "Передумови"),
    ModuleKind.COSTS: ("Вартість", "Збори"),
    ModuleKind.PROCEDURE: ("Порядок дій", "Процедура"),
    ModuleKind.PROCESSING_TIME: ("Строк розгляду", "Тривалість розгляду"),
    ModuleKind.DEADLINE: ("Строки", "Строк"),
    ModuleKind.FORMS: ("Бланки", "Формуляри"),
    ModuleKind.NOTES: ("Примітки",),
    ModuleKind.LEGAL_BASIS: ("Правові підстави", "Правова основа"),
    ModuleKind.RESPONSIBLE_OFFICE: ("Відповідальна установа",),
    ModuleKind.CONTACT: ("Контакти", "Контакт"),
    ModuleKind.LEGAL_REMEDY: ("Оскарження",),
}

ARABIC_HEADINGS: dict[ModuleKind, tuple[str, ...]] = {
    ModuleKind.TEASER: ("باختصار",),
    ModuleKind.FULL_TEXT: ("الوصف",),
    ModuleKind.REQUIRED_DOCUMENTS: ("المستندات المطلوبة", "الوثائق المطلوبة"),
    ModuleKind.PREREQUISITES: ("الشروط",),
    ModuleKind.COSTS: ("التكاليف", "الرسوم"),
    ModuleKind.PROCEDURE: ("خطوات الإجراء", "الإجراءات"),
    ModuleKind.PROCESSING_TIME: ("مدة المعالجة",),
    ModuleKind.DEADLINE: ("المهلة", "المواعيد النهائية"),
    ModuleKind.FORMS: ("النماذج", "الاستمارات"),
    ModuleKind.NOTES: ("ملاحظات",),
    ModuleKind.LEGAL_BASIS: ("الأساس القانوني",),
    ModuleKind.RESPONSIBLE_OFFICE: ("الجهة المختصة",),
    ModuleKind.CONTACT: ("جهة الاتصال",),
    ModuleKind.LEGAL_REMEDY: ("الاعتراض",),
}

TURKISH_HEADINGS: dict[ModuleKind, tuple[str, ...]] = {
    ModuleKind.TEASER: ("Kısaca",),
    ModuleKind.FULL_TEXT: ("Açıklama",),
    ModuleKind.REQUIRED_DOCUMENTS: ("Gerekli belgeler",),
    ModuleKind.PREREQUISITES: ("Koşullar", "Şartlar"),
    ModuleKind.COSTS: ("Ücretler", "Ücret", "Masraflar"),
    ModuleKind.PROCEDURE: ("İşleyiş", "Başvuru süreci"),
    ModuleKind.PROCESSING_TIME: ("İşlem süresi",),
    ModuleKind.DEADLINE: ("Başvuru süresi", "Süre", "Son başvuru tarihi"),
    ModuleKind.FORMS: ("Formlar",),
    ModuleKind.NOTES: ("Notlar",),
    ModuleKind.LEGAL_BASIS: ("Yasal dayanak",),
    ModuleKind.RESPONSIBLE_OFFICE: ("Yetkili daire", "Yetkili makam"),
    ModuleKind.CONTACT: ("İletişim",),
    ModuleKind.LEGAL_REMEDY: ("İtiraz", "İtiraz hakkı"),
}

RUSSIAN_HEADINGS: dict[ModuleKind, tuple[str, ...]] = {
    ModuleKind.TEASER: ("Коротко",),
    ModuleKind.FULL_TEXT: ("Описание",),
    ModuleKind.REQUIRED_DOCUMENTS: ("Необходимые документы", "Документы"),
    ModuleKind.PREREQUISITES: ("Условия",),
    ModuleKind.COSTS: ("Стоимость", "Сборы"),
    ModuleKind.PROCEDURE: ("Порядок действий", "Процедура"),
    ModuleKind.PROCESSING_TIME: ("Срок рассмотрения",),
    ModuleKind.DEADLINE: ("Сроки", "Срок"),
    ModuleKind.FORMS: ("Бланки", "Формуляры"),
    ModuleKind.NOTES: ("Примечания",),
    ModuleKind.LEGAL_BASIS: ("Правовые основания", "Правовая основа"),
    ModuleKind.RESPONSIBLE_OFFICE: ("Ответственное ведомство",),
    ModuleKind.CONTACT: ("Контакты", "Контакт"),
    ModuleKind.LEGAL_REMEDY: ("Обжалование",),
}

FRENCH_HEADINGS: dict[ModuleKind, tuple[str, ...]] = {
    ModuleKind.TEASER: ("En bref",),
    ModuleKind.FULL_TEXT: ("Description",),
    ModuleKind.REQUIRED_DOCUMENTS: ("Documents nécessaires", "Pièces à fournir"),
    ModuleKind.PREREQUISITES: ("Conditions",),
    ModuleKind.COSTS: ("Coûts", "Frais"),
    ModuleKind.PROCEDURE: ("Procédure", "Démarche"),
    ModuleKind.PROCESSING_TIME: ("Durée de traitement",),
    ModuleKind.DEADLINE: ("Délais", "Délai"),
    ModuleKind.FORMS: ("Formulaires",),
    ModuleKind.NOTES: ("Remarques",),
    ModuleKind.LEGAL_BASIS: ("Base légale", "Bases légales"),
    ModuleKind.RESPONSIBLE_OFFICE: ("Service compétent",),
    ModuleKind.CONTACT: ("Contact",),
    ModuleKind.LEGAL_REMEDY: ("Voies de recours",),
}

HEADINGS: Mapping[str, Mapping[ModuleKind, tuple[str, ...]]] = {
    "de": GERMAN_HEADINGS,
    "en": ENGLISH_HEADINGS,
    "uk": UKRAINIAN_HEADINGS,
    "ar": ARABIC_HEADINGS,
    "tr": TURKISH_HEADINGS,
    "ru": RUSSIAN_HEADINGS,
    "fr": FRENCH_HEADINGS,
}
"""The headings by language (ISO 639-1)."""


def heading_of(kind: ModuleKind, language: str) -> str:
    """The heading of a module as citizens read it; German where the language has none of its own."""
    return HEADINGS.get(language, GERMAN_HEADINGS)[kind][0]


def kind_of_heading(heading: str) -> ModuleKind | None:
    """The module that a heading names, or None for an unknown heading. Case and spacing don't matter."""
    return _KIND_BY_HEADING.get(heading_key(heading))


def heading_key(heading: str) -> str:
    """What two spellings of a heading share: upper-case "KISACA" and "İTİRAZ" are "Kısaca" and "İtiraz"."""
    plain = unicodedata.normalize("NFC", " ".join(heading.split())).replace("İ", "i").casefold()
    return plain.replace("ı", "i")


_KIND_BY_HEADING = {
    heading_key(heading): kind
    for table in HEADINGS.values()
    for kind, headings in table.items()
    for heading in headings
}
