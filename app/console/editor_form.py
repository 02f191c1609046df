"""The posted form of an editors' page as a dependency, so that its handler may be a plain function on a thread."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from app.console.access import Editor, posted


async def _editor_form(request: Request, signed: Editor) -> FormData:
    return await posted(request, signed)


EditorForm = Annotated[FormData, Depends(_editor_form)]
"""Checked as `posted` does."""
