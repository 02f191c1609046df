"""Tables to take away: files that a spreadsheet opens as they are."""

from collections.abc import Iterable, Sequence

from fastapi.responses import Response

from app.text.spreadsheet import csv_text

Cell = str | int | float | None


def csv_response(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A table as a download; `name` is the file's, of plain letters. Decimal commas; None is an empty cell."""
    text = csv_text([headings, *([_written(cell) for cell in row] for row in rows)])
    return Response(
        text.encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _written(cell: Cell) -> str | int:
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return "" if cell is None else cell
