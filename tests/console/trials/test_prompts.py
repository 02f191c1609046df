"""Edited copies of prompts."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.console.trials.prompts import prompts_folder, published_prompts
from app.errors import InvalidInputError
from app.settings import Settings

PUBLISHED = Settings().prompts_dir


def test_without_edits_the_published_files_are_used(tmp_path: Path) -> None:
    assert prompts_folder(PUBLISHED, {}, tmp_path) == PUBLISHED
    assert not list(tmp_path.iterdir())


def test_who_tries_the_same_copies_at_once_gets_one_folder(tmp_path: Path) -> None:
    name, text = next(iter(published_prompts(PUBLISHED).items()))
    edited = {name: f"{text}\n# edited\n"}
    with ThreadPoolExecutor(8) as threads:
        made = {future.result() for future in [
            threads.submit(prompts_folder, PUBLISHED, edited, tmp_path) for _ in range(16)
        ]}  # fmt: skip
    (folder,) = made
    assert published_prompts(folder) == published_prompts(PUBLISHED) | edited


def test_what_is_no_prompt_file_is_refused(tmp_path: Path) -> None:
    name = next(iter(published_prompts(PUBLISHED)))
    with pytest.raises(InvalidInputError, match="nicht gültig"):
        prompts_folder(PUBLISHED, {name: "nothing: [\n"}, tmp_path)
