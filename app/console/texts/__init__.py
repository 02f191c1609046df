"""The editors' pages about texts: list, one text, editing, uploading, approving."""

from fastapi import APIRouter

from app.console.texts import deciding, editing, listing, reading, showing, uploading

router = APIRouter()
for _part in (listing, reading, uploading, editing, deciding, showing):  # fixed addresses before those with a key
    router.include_router(_part.router)
