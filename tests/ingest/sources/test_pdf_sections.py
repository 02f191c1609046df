"""Headings, paragraphs and lists of a PDF, as a reader of the paper sees them."""

from pathlib import Path

from fpdf import FPDF

from tests.ingest.sources.pdf_samples import FONT, line, paragraph, pdf, sections, texts

LONG = (
    "Wer einen Hund hält, meldet ihn innerhalb von zwei Wochen beim Steueramt an. Die Anmeldung ist schriftlich, "
    "online oder im Steueramt möglich. Für jeden Hund gibt es eine Hundesteuermarke, die er draußen immer trägt."
)


def test_wrapped_lines_become_one_paragraph(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        paragraph(document, LONG)
        paragraph(document, LONG)

    assert texts(pdf(tmp_path / "a.pdf", draw)) == [("", f"{LONG}\n\n{LONG}")]


def test_larger_and_bold_lines_are_headings(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        line(document, "Hundesteuer", size=18)
        line(document, "Anmeldung", "B", 13)
        paragraph(document, LONG)
        line(document, "Kosten", "B", 10)
        paragraph(document, "Die Steuer beträgt 96,00 Euro im Jahr.")

    found = sections(pdf(tmp_path / "a.pdf", draw))
    assert [(each.heading, each.text) for each in found] == [
        ("Anmeldung", LONG),
        ("Kosten", "Die Steuer beträgt 96,00 Euro im Jahr."),
    ]
    assert found[0].level < found[1].level


def test_a_heading_over_two_lines_is_one(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        paragraph(document, LONG)
        document.set_font(FONT, "B", 12)
        document.multi_cell(90, 6, "Befreiung von der Steuer für Blindenhunde und Rettungshunde", align="L")
        document.ln(2)
        document.set_x(document.l_margin)
        paragraph(document, LONG)

    headings = [heading for heading, _ in texts(pdf(tmp_path / "a.pdf", draw))]
    assert headings == ["", "Befreiung von der Steuer für Blindenhunde und Rettungshunde"]


def test_paragraphs_of_a_statute_are_headings_in_ordinary_print(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        line(document, "§ 1 Steuergegenstand")
        document.ln(2)
        paragraph(document, f"(1) {LONG}")
        paragraph(document, "(2) Das Nähere regelt § 3 Abs. 2.")
        document.cell(0, 5, "§ 2", align="C", new_x="LMARGIN", new_y="NEXT")
        document.cell(0, 5, "Steuersatz", align="C", new_x="LMARGIN", new_y="NEXT")
        document.ln(2)
        paragraph(document, "Die Steuer beträgt 96,00 Euro.")

    assert texts(pdf(tmp_path / "a.pdf", draw)) == [
        ("§ 1 Steuergegenstand", f"(1) {LONG}\n\n(2) Das Nähere regelt § 3 Abs. 2."),
        ("§ 2 Steuersatz", "Die Steuer beträgt 96,00 Euro."),
    ]


def test_a_paragraph_sign_at_the_beginning_of_a_wrapped_line_is_no_heading(tmp_path: Path) -> None:
    text = "Wird das Alter eines Hundes nicht nachgewiesen, so gilt er nach\n§ 3 Abs. 2 dieser Satzung als alt."
    found = texts(pdf(tmp_path / "a.pdf", lambda document: paragraph(document, text)))
    assert found == [("", text.replace("\n", " "))]


def test_numbered_headings_and_numbered_lists_are_told_apart(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        line(document, "1. Antrag")
        paragraph(document, "Den Antrag stellen Sie im Bürgeramt. Sie bringen mit:")
        long = "3. bei Kindern die Einwilligung aller, die für das Kind sorgen, und deren Ausweise oder Pässe in Kopie"
        for item in ("1. Ausweis", "2. Foto", long):
            document.multi_cell(0, 5, item, align="L", new_x="LMARGIN", new_y="NEXT")
        document.ln(3)
        line(document, "2. Abholung")
        paragraph(document, LONG)

    found = texts(pdf(tmp_path / "a.pdf", draw))
    assert [heading for heading, _ in found] == ["1. Antrag", "2. Abholung"]
    assert found[0][1].endswith(
        "Sie bringen mit:\n\n1. Ausweis\n2. Foto\n3. bei Kindern die Einwilligung aller, die für das Kind sorgen, und "
        "deren Ausweise oder Pässe in Kopie"
    )


def test_lists_stay_lists(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        paragraph(document, "Bringen Sie mit:")
        for item in ("- Ausweis", "- Wohnungsgeberbestätigung", "- Foto"):
            line(document, item)
        line(document, "a) Kinder unter 16 Jahren kommen mit.")

    ((_, text),) = texts(pdf(tmp_path / "a.pdf", draw))
    assert text == (
        "Bringen Sie mit:\n\n- Ausweis\n- Wohnungsgeberbestätigung\n- Foto\n- a) Kinder unter 16 Jahren kommen mit."
    )


def test_divided_words_are_mended(tmp_path: Path) -> None:
    text = "Für die Ein- und\nAusfahrt mit dem Kfz-\nAnhänger brauchen Sie einen Personal-\nausweis und eine Zulassung."
    ((_, read),) = texts(pdf(tmp_path / "a.pdf", lambda document: paragraph(document, text)))
    assert " ".join(read.split()) == (
        "Für die Ein- und Ausfahrt mit dem Kfz-Anhänger brauchen Sie einen Personalausweis und eine Zulassung."
    )


def test_an_address_keeps_its_lines(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        paragraph(document, LONG)
        for each in ("Steueramt", "Rathausplatz 1", "99001 Musterstadt"):
            line(document, each)

    ((_, text),) = texts(pdf(tmp_path / "a.pdf", draw))
    assert text == f"{LONG}\n\nSteueramt\nRathausplatz 1\n99001 Musterstadt"


def test_a_paragraph_goes_on_over_the_page_s_end_and_the_place_is_the_page(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        paragraph(document, "Der Antrag wird schriftlich gestellt und im Steueramt")
        document.add_page()
        paragraph(document, "abgegeben, damit er geprüft werden kann.")
        line(document, "Kosten", "B", 13)
        paragraph(document, LONG)

    first, second = sections(pdf(tmp_path / "a.pdf", draw))
    assert (
        first.text == "Der Antrag wird schriftlich gestellt und im Steueramt abgegeben, damit er geprüft werden kann."
    )
    assert (first.place, second.place) == (1, 2)


def test_marks_of_markdown_are_text(tmp_path: Path) -> None:
    ((_, text),) = texts(pdf(tmp_path / "a.pdf", lambda document: line(document, "# 1 in Musterstadt")))
    assert text == "\\# 1 in Musterstadt"


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        line(document, "Inhaltsverzeichnis", "B", 12)
        for number in range(1, 4):
            line(document, f"§ {number} Paragraf {'.' * 60} {number}")
        line(document, "Kosten", "B", 12)
        paragraph(document, LONG)

    assert texts(pdf(tmp_path / "a.pdf", draw)) == [("Kosten", LONG)]
