"""Checks before anything slow starts; each fault is one line that says what to do."""

from __future__ import annotations

import socket
from pathlib import Path

from channels.sessions import WeakKey, session_key
from components.library import find_library
from conversations.database import Unplaced, database_url, redis_url
from guides.documents import DocumentError, read
from guides.local import PLACE, path_of, read_locals
from guides.school import load_school
from guides.schools import Schools


class Unusable(Exception):
    """The assistant cannot start; each of `faults` is one line that says what to do."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


ROOT = Path(__file__).parent.parent


def faults_of_files() -> list[str]:
    """Faults of the guides, the schools, and the YAML files that are read at every start."""
    faults: list[str] = []
    try:
        Schools(find_library())
    except DocumentError as error:
        faults += error.faults
    rasas = (ROOT / "config.yml", ROOT / "credentials.yml", ROOT / "endpoints.yml")
    words = (*sorted((ROOT / "answers").glob("*.yml")), *sorted((ROOT / "desk").glob("*.yml")))
    for path in (*rasas, *words):
        faults += _unreadable(path)
    return faults + _faults_of_domain(ROOT / "domain.yml")


def faults_of_locals() -> list[str]:
    """Faults of the local answers; a start does not ask, so that no slip keeps students out."""
    return [fault for path in sorted(path_of().parent.glob("[!_.]*")) for fault in _of_locals(path)]


def _of_locals(path: Path) -> list[str]:
    if path.suffix != ".yml":
        return [f"{PLACE}/{path.name}: file: found this name, expected one that ends with .yml"]
    try:
        read_locals(path, find_library())
    except DocumentError as error:
        return error.faults
    return []


def faults_of_words() -> list[str]:
    """Faults of the files in data/, and names in the words of the replies that nothing fills.

    Takes seconds; the files of `faults_of_files` must be without fault.
    """
    faults = [f for path in sorted((ROOT / "data").rglob("*.yml")) for f in _unreadable(path)]
    if faults:
        return faults
    try:
        from answers import rehearsal

        return rehearsal.faults_of_words(load_school(find_library()))
    except DocumentError as error:
        return error.faults


def _unreadable(path: Path) -> list[str]:
    """Why a file cannot be read, with its place below the root; empty where it can."""
    try:
        read(path)
    except DocumentError as error:
        place = str(path.relative_to(ROOT)) if ROOT in path.parents else path.name
        return [place + fault.removeprefix(path.name) for fault in error.faults]
    return []


def _faults_of_domain(path: Path) -> list[str]:
    # Rasa's importer only warns of a broken domain and goes on with an empty one.
    faults = _unreadable(path)
    if faults:
        return faults
    from rasa.shared.core.domain import Domain
    from rasa.shared.exceptions import RasaException

    if not read(path).get("intents"):
        return [f"{path.name}: intents: found none, expected some"]
    try:
        Domain.from_file(str(path))
    except RasaException as error:
        said = " ".join(str(error).split())
        return [f"{path.name}: {said}"]
    return []


def fault_of_database() -> str | None:
    """Why conversations cannot be kept where the environment says, or None.

    A PostgreSQL or Redis that cannot be reached now is no fault: it may come back.
    """
    try:
        redis_url()
        if Schools(find_library()).most_days():
            database_url()
    except DocumentError:
        return None  # named by faults_of_files
    except Unplaced as error:
        return str(error)
    return None


def fault_of_key() -> str | None:
    """Why the key that signs sessions cannot be used, or None; where there is none, it is made."""
    try:
        session_key()
    except WeakKey as error:
        return str(error)
    except OSError as error:
        return (
            f"{error.filename}: the key of the sessions cannot be kept ({error.strerror}):"
            " make the folder writable, or set GUIDEPOST_KEY"
        )
    return None


def fault_of_provider() -> str | None:
    """Why nobody can sign in by the provider that the environment names, or None."""
    from desk.oidc import provider

    try:
        provider()
    except Unplaced as error:
        return str(error)
    return None


def port_of(name: str, given: str) -> int:
    """The port that an environment variable names.

    Raises:
        Unusable: it is no number that a port can have.
    """
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise Unusable([f"{name} is {given!r}: use a number from 1 to 65535, or leave it out"])
    return int(given)


def fault_of_port(host: str, port: int, name: str = "PORT") -> str | None:
    """Why the port that a variable of this name gave cannot be used, or None."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return (
                f"port {port} cannot be used ({error.strerror}):"
                f" stop what uses it, or start with {name}={port + 1}"
            )
    return None
