"""Conversations for the service desk: searching, reading, why an answer came out so, judging, gold questions."""

from fastapi import APIRouter

from app.console.answers import gold, listing, reading

router = APIRouter()
router.include_router(listing.router)
router.include_router(reading.router)
router.include_router(gold.router)

__all__ = ["router"]
