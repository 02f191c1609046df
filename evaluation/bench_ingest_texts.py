"""German service texts for the ingest benchmark: made up, distinct, as long as Musterstadt's.

The same seed gives the same texts.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from random import Random
from string import Template

SEED = 20261122

_PROCEDURES = (
    "Genehmigung", "Erlaubnis", "Ausnahmegenehmigung", "Anmeldung", "Abmeldung", "Ummeldung", "Bescheinigung",
    "Zulassung", "Registrierung", "Förderung", "Ermäßigung", "Befreiung", "Verlängerung", "Prüfung", "Abnahme",
    "Beratung", "Reservierung", "Kennzeichnung", "Sondernutzung", "Zuweisung", "Eintragung", "Auskunft", "Anzeige",
    "Zustimmung", "Anerkennung", "Unterstützung", "Umschreibung", "Besichtigung", "Übernahme", "Stilllegung",
)  # fmt: skip
_THINGS = (
    "ein Straßenfest", "einen Marktstand", "eine Plakatwand", "einen Kleingarten", "ein Gartenhaus", "einen Carport",
    "eine Grillstelle", "einen Bootssteg", "ein Werbeschild", "eine Markise", "einen Foodtruck", "ein Zeltlager",
    "einen Flohmarkt", "eine Außenterrasse", "einen Baukran", "ein Gerüst", "einen Container", "eine Grabstätte",
    "einen Bienenstand", "ein Pferdegespann", "eine Drohne", "einen Trödelladen", "ein Feuerwerk", "eine Ladesäule",
    "einen Fahrradkeller", "einen Brunnen", "eine Regentonne", "eine Zisterne", "ein Gewächshaus", "einen Schaukasten",
    "einen Spielautomaten", "eine Ferienwohnung", "ein Lagerfeuer", "einen Proberaum", "eine Turnhalle",
    "einen Gehweg", "eine Hecke", "ein Denkmal", "einen Umzugswagen", "eine Filmaufnahme", "einen Fischteich",
    "ein Volksfest", "einen Imbiss", "eine Kleinkläranlage", "einen Taubenschlag", "ein Schwimmbecken",
    "einen Wohnwagen", "eine Lichterkette", "einen Blumenkübel", "ein Solardach", "eine Wärmepumpe",
    "einen Bauwagen", "ein Wahlplakat", "eine Tombola", "einen Martinszug", "ein Stadtteilfest", "eine Kutsche",
)  # fmt: skip
_PEOPLE = ("Vereine", "Betriebe", "Privatpersonen", "Schulen", "Nachbarschaften")
_PAPERS = (
    "Personalausweis oder Reisepass", "Lageplan im Maßstab 1:500", "Nachweis der Haftpflichtversicherung",
    "Einverständnis der Eigentümerin oder des Eigentümers", "Auszug aus dem Vereinsregister",
    "Gewerbeanmeldung in Kopie", "zwei Fotos des Standorts", "Beschreibung des Vorhabens mit Datum und Uhrzeit",
    "Nachweis über die Standsicherheit", "unterschriebener Antrag", "Vollmacht, wenn Sie für andere handeln",
)  # fmt: skip
_STREET_NAMES = (
    "Linden", "Eichen", "Buchen", "Ahorn", "Birken", "Erlen", "Tannen", "Kiefern", "Rosen", "Tulpen", "Nelken",
    "Lerchen", "Amsel", "Drossel", "Finken", "Schwalben", "Falken", "Adler", "Markt", "Kirch", "Schul", "Garten",
    "Ufer", "Mühlen", "Bahnhof", "Rathaus", "Kloster", "Burg", "Schloss", "Brunnen", "Wiesen", "Wald", "Feld",
    "Berg", "Tal", "Ost", "West", "Nord", "Süd", "Schiller", "Lessing", "Mozart", "Beethoven", "Schubert", "Kant",
    "Gutenberg", "Dürer", "Humboldt", "Siemens", "Röntgen",
)  # fmt: skip
_STREET_KINDS = ("weg", "straße", "gasse", "platz", "allee", "ring", "pfad", "damm", "ufer", "hof")
_FIELDS = ("satzung", "ordnung", "gebühr", "fläche", "aufsicht", "bescheid", "antrag", "stelle", "vertrag", "kontrolle")
_MONTHS = ("Januar", "März", "April", "Mai", "Juni", "September", "Oktober", "November")

_MODULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Kurz erklärt", (
        "Für $thing brauchen $people in der Stadt eine $procedure.",
        "Die $procedure für $thing gilt für $months Monate und nur am angegebenen Ort.",
        "Zuständig für Anträge von $people ist das Team $room in der Außenstelle $street $number.",
    )),
    ("Beschreibung", (
        "Mit der $procedure dürfen $people $thing bis zum $day. $month nutzen.",
        "Wer $thing ohne $procedure betreibt, muss mit einem Bußgeld bis zu $fine Euro rechnen.",
        "Die Stadt prüft, ob mindestens $metres Meter Abstand zur Fahrbahn eingehalten werden.",
        "Im Bereich $street gelten nach der $compound weitere Auflagen für $thing, die im Bescheid aufgeführt sind.",
    )),
    ("Erforderliche Unterlagen", (
        "- $paper1",
        "- $paper2",
        "- $paper3",
        "- Formular $form für $thing, vollständig ausgefüllt",
    )),
    ("Voraussetzungen", (
        "Sie sind mindestens $age Jahre alt und wohnen oder arbeiten seit $months Monaten in der Stadt.",
        "Für $thing ist eine Fläche von höchstens $area Quadratmetern erlaubt, außerhalb der Innenstadt das Doppelte.",
        "Gegen Sie oder Ihre Beschäftigten ist kein Verfahren wegen einer Ordnungswidrigkeit anhängig.",
    )),
    ("Kosten", (
        "- $procedure für $thing, erster Monat: $fee1 Euro",
        "- jeder weitere Monat: $fee2 Euro",
        "- Änderung der $procedure: $fee3 Euro",
        "- für gemeinnützige $people: kostenfrei",
        "- Ersatz für einen verlorenen Bescheid: $fee4 Euro",
    )),
    ("Verfahrensablauf", (
        "Stellen Sie den Antrag online oder schriftlich beim Team $room.",
        "Das Team prüft die Unterlagen und sieht sich den Standort $street an.",
        "Danach erhalten Sie den Bescheid über die $procedure und die Rechnung mit der Post.",
        "Sind Unterlagen unvollständig, haben Sie $days Tage Zeit, um sie beim Team $room nachzureichen.",
    )),
    ("Bearbeitungsdauer", ("Die Bearbeitung dauert etwa $weeks Wochen, bei vollständigen Unterlagen $days Tage.",)),
    ("Frist", (
        "Stellen Sie den Antrag spätestens $weeks Wochen, bevor Sie $thing nutzen möchten.",
        "Eine Verlängerung beantragen $people bis zum $day. $month.",
    )),
    ("Hinweise", (
        "Bringen Sie die $procedure am Ort gut sichtbar an.",
        "Zwischen $hour Uhr und 7 Uhr ist $thing nicht zu nutzen, damit die Nachtruhe in der Umgebung gewahrt bleibt.",
        "Ändert sich der Standort, teilen Sie das dem Team $room innerhalb von $days Tagen schriftlich mit.",
    )),
    ("Rechtsgrundlagen", ("§ $section der $compound, § $section2 der Gebührenordnung der Stadt",)),
    ("Zuständige Stelle", ("Team $room, $street $number, Zimmer $room",)),
)  # fmt: skip
_QUESTIONS = (
    "Was müssen $people für $thing bezahlen und wie lange dauert die $procedure?",
    "Ich plane $thing am $street, an wen wende ich mich?",
    "Bis wann muss die $procedure für $thing beantragt sein?",
)
_FRONT_MATTER = Template("""\
---
id: $id
title: "$title"
synonyms: [$synonyms]
example_questions:
$questions
language: de
office: $office
license: CC BY 4.0
owner: Ordnungsamt
reviewed_by: Fachaufsicht
reviewed_on: 2026-0$month_number-1$digit
---
""")


def write_texts(folder: Path, count: int, offices: Sequence[str], seed: int = SEED) -> None:
    """Writes that many texts, one file each, into a folder that exists. A larger town holds the smaller one's texts."""
    for name, text in texts(count, offices, seed):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def texts(count: int, offices: Sequence[str], seed: int = SEED) -> Iterator[tuple[str, str]]:
    """Id and Markdown of each text. Raises ValueError beyond the number of services that can be told apart."""
    services = list(product(_PROCEDURES, _THINGS, _PEOPLE))
    if count > len(services):
        raise ValueError(f"at most {len(services)} distinct texts can be made, not {count}")
    random = Random(seed)  # noqa: S311 - the same texts every time
    random.shuffle(services)
    for number, service in enumerate(services[:count]):
        yield f"dienst-{number:05}", _text(f"dienst-{number:05}", service, offices, random)


def _text(name: str, service: tuple[str, str, str], offices: Sequence[str], random: Random) -> str:
    procedure, thing, people = service
    noun = thing.split(" ", 1)[1]
    compound = f"{noun}{procedure.casefold()}s{random.choice(_FIELDS)}"
    values = _values(random) | {"procedure": procedure, "thing": thing, "people": people, "compound": compound}
    synonyms = [
        f"{noun} {procedure}", f"{procedure} {noun} {people}", f"{noun} beantragen", f"{noun} für {people}",
        f"Antrag {noun}", compound, f"Gebühr {procedure} {noun}", f"{noun} am {values['street']}",
    ]  # fmt: skip
    front_matter = _FRONT_MATTER.substitute(
        id=name,
        title=f"{procedure} für {thing} ({people})",
        synonyms=", ".join(synonyms),
        questions="\n".join(f'  - "{_filled(question, values)}"' for question in _QUESTIONS),
        office=random.choice(list(offices)),
        month_number=random.randint(1, 9),
        digit=random.randint(0, 9),
    )
    modules = (
        f"\n## {heading}\n\n{_joined(_filled(sentence, values) for sentence in sentences)}\n"
        for heading, sentences in _MODULES
    )
    return front_matter + "".join(modules)


def _values(random: Random) -> dict[str, str]:
    """What differs from town to town and from service to service."""
    papers = random.sample(_PAPERS, 3)
    return {
        "paper1": papers[0], "paper2": papers[1], "paper3": papers[2],
        "months": str(random.randint(2, 36)), "weeks": str(random.randint(2, 12)), "days": str(random.randint(3, 13)),
        "fee1": f"{random.randint(10, 400)},{random.choice(('00', '50'))}", "fee2": f"{random.randint(5, 90)},00",
        "fee3": f"{random.randint(5, 60)},50", "fee4": f"{random.randint(3, 30)},00",
        "fine": f"{random.randint(1, 5)}.000", "age": str(random.randint(14, 21)),
        "metres": str(random.randint(1, 9)), "area": str(random.randint(6, 240)), "street": _street(random),
        "month": random.choice(_MONTHS), "day": str(random.randint(1, 28)), "hour": str(random.randint(20, 23)),
        "room": f"{random.randint(1, 4)}.{random.randint(10, 49)}", "number": str(random.randint(1, 60)),
        "form": f"F{random.randint(100, 999)}", "section": str(random.randint(2, 40)),
        "section2": str(random.randint(2, 30)),
    }  # fmt: skip


def _street(random: Random) -> str:
    return random.choice(_STREET_NAMES) + random.choice(_STREET_KINDS)


def _filled(template: str, values: dict[str, str]) -> str:
    return Template(template).substitute(values)


def _joined(sentences: Iterator[str]) -> str:
    """List items a line each, sentences as a paragraph."""
    lines = list(sentences)
    return ("\n" if lines[0].startswith("- ") else " ").join(lines)
