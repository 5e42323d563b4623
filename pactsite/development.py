"""What a development machine gets when its environment says nothing: a key and a database of its own."""

import os
import secrets
from pathlib import Path


def secret_key(data_dir: Path) -> str:
    """The key that this machine made for itself, kept in `data_dir` so that logins outlive a restart."""
    path = data_dir / "secret_key"
    try:
        return path.read_text()
    except FileNotFoundError:
        pass
    data_dir.mkdir(parents=True, exist_ok=True)
    draft = data_dir / f"secret_key.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50))
    # Of several processes starting at once one wins, and all read the winner's.
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text()


def database_url(data_dir: Path) -> str:
    """Address of the embedded PostgreSQL, started if it is not running. Raises EmbeddedPostgresError."""
    from pactsite import embedded_postgres

    return embedded_postgres.start(data_dir)
