"""The editors' pages about generations: publish, jobs, compare, approve, roll back."""

from fastapi import APIRouter

from app.console.generations import deciding, jobs_pages, listing, publishing

router = APIRouter()
for _part in (publishing, jobs_pages, deciding, listing):  # fixed addresses before those with an id
    router.include_router(_part.router)
