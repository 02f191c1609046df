"""Secrets in files: for their owner alone, from the first moment."""

import os
from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.secret_file import read_secret, write_secret
from app.settings import Settings


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    write_secret(path, "geheim\n")
    return path


def test_a_written_secret_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_secret(tmp_path / "key", "geheim\n")
    finally:
        os.umask(before)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert read_secret(tmp_path / "key") == "geheim"


@pytest.mark.parametrize("mode", [0o640, 0o644, 0o604, 0o660, 0o602, 0o601, 0o777])
def test_a_secret_that_others_may_open_is_refused(secret: Path, mode: int) -> None:
    secret.chmod(mode)
    with pytest.raises(ConfigurationError, match=f"open to others \\(mode {mode:04o}\\).*chmod 600"):
        read_secret(secret)


@pytest.mark.parametrize(("mode", "fine"), [(0o440, True), (0o640, True), (0o660, False), (0o644, False)])
def test_the_services_group_may_read_what_was_put_there_for_it(secret: Path, mode: int, fine: bool) -> None:
    secret.chmod(mode)
    if fine:
        assert read_secret(secret, group_may_read=True) == "geheim"
    else:
        with pytest.raises(ConfigurationError, match="chmod 640"):
            read_secret(secret, group_may_read=True)


@pytest.mark.parametrize(("content", "words"), [(b"", "is empty"), (b" \n", "is empty"), (b"\xff\xfe", "no text")])
def test_what_is_no_secret_says_so_without_showing_it(secret: Path, content: bytes, words: str) -> None:
    secret.write_bytes(content)
    with pytest.raises(ConfigurationError, match=words):
        read_secret(secret)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="key cannot be read"):
        read_secret(tmp_path / "key")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_file_of_another_user_is_refused(secret: Path) -> None:
    os.chown(secret, 12345, -1)
    with pytest.raises(ConfigurationError, match="belongs to another user"):
        read_secret(secret)


def test_the_key_of_the_model_server_comes_from_the_environment_or_from_a_file(
    secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMTSLOTSE_LLM_API_KEY_FILE", str(secret))
    assert Settings().language_model_key() == "geheim"
    monkeypatch.setenv("AMTSLOTSE_LLM_API_KEY", "anders")
    with pytest.raises(ConfigurationError, match="not both"):
        Settings().language_model_key()
    monkeypatch.delenv("AMTSLOTSE_LLM_API_KEY_FILE")
    assert Settings().language_model_key() == "anders"
    assert "anders" not in repr(Settings())


def test_without_a_key_there_is_none() -> None:
    assert Settings().language_model_key() is None


def test_lists_in_the_environment_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMTSLOTSE_TRUSTED_PROXIES", "10.0.0.1, 192.0.2.0/24,")
    assert Settings().trusted_proxies == ("10.0.0.1", "192.0.2.0/24")
