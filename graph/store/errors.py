"""Errors of the driver and the engine, turned into ours: the one place where that happens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import BomayError, QueryError, StoreConflict, StoreError, StoreFailed

READ_ONLY = "this query would change the graph, and queries are read-only"
READ_ONLY_REMEDY = "bring facts in with `bomay load`"


@contextmanager
def translated(statement: str) -> Iterator[None]:
    """Run driver calls inside; whatever they raise comes out as a BomayError."""
    import neo4j.exceptions as foreign

    try:
        yield
    except BomayError:
        raise
    except foreign.DriverError as error:
        raise _driver_error(error) from error
    except foreign.Neo4jError as error:
        raise _server_error(error, statement) from error
    except OSError as error:
        raise StoreFailed(f"the store could not be used: {error}") from error


def _driver_error(error: Exception) -> BomayError:
    import neo4j.exceptions as foreign

    if isinstance(error, foreign.ServiceUnavailable | foreign.SessionExpired):
        return StoreError(
            f"the store does not answer: {_first_line(error)}",
            "check that the server runs and that the address and port are right",
        )
    if isinstance(error, foreign.ConfigurationError):
        return StoreError(f"the store's address is not usable: {_first_line(error)}")
    return StoreFailed(f"the connection to the store failed: {_first_line(error)}")


def _server_error(error: Exception, statement: str) -> BomayError:
    code = str(getattr(error, "code", "") or "")
    whole = str(getattr(error, "message", "") or error)
    message = whole.strip().splitlines()[0] if whole.strip() else code
    if code.endswith(("Security.Unauthorized", "Security.AuthenticationRateLimit", "Security.CredentialsExpired")):
        return StoreError("the store refused the user name or password", "set BOMAY_USER and BOMAY_PASSWORD")
    if "ReadOnlyAccessDatabase" in code or "ReadOnly" in code:
        return StoreFailed(f"the store takes no changes at present: {message}", "its database is set to read-only")
    if "Forbidden" in code or "AccessMode" in code or "not allowed" in whole:
        return QueryError(READ_ONLY, READ_ONLY_REMEDY)
    if "DatabaseNotFound" in code:
        return StoreError(f"there is no such database on the server: {message}", "set BOMAY_DATABASE")
    if "ParameterMissing" in code:
        return QueryError(f"the query needs a value: {message}", "give it with -p name=value")
    if "TransactionTimedOut" in code:
        return StoreFailed(f"no answer within the time limit: {message}", "narrow the query, or allow more time")
    if "OutOfMemory" in code:
        return StoreFailed(
            f"the server has too little memory for this: {message}",
            "give it more (dbms.memory.transaction.total.max in its neo4j.conf) and run the same again",
        )
    if "TransactionLogError" in code or "critical error" in whole:
        return StoreFailed(
            f"the server could not write, perhaps because its disk is full: {message}",
            "make room there, restart the server, and run the same again; what was committed before is safe",
        )
    if ".Statement." in code or ".Procedure." in code or "unknown procedure" in whole.lower():
        return QueryError(f"the query cannot be run: {message}{_shown(whole, statement)}")
    if "ConstraintValidation" in code:
        same_id = "already exists" in whole or "duplicat" in whole.lower()
        if same_id:
            return StoreConflict(f"two facts have the same id: {message}", "run it again")
        return StoreFailed(f"the store refused: {message}")
    if code.endswith("DeadlockDetected"):
        return StoreConflict(f"others write the same facts at the same time: {message}", "run it again")
    if "Transient" in code or "Terminated" in code:
        return StoreFailed(f"the store gave up: {message}", "try again, with a narrower query or a longer time limit")
    return StoreFailed(f"the store failed ({code or 'unknown'}): {message}")


def _shown(message: str, statement: str) -> str:
    """The line of the statement that the message points at, with a mark under the column."""
    place = re.search(r"line (\d+)(:|, column )(\d+)", message)
    if not place:
        return ""
    lines = statement.splitlines()
    # the embedded engine counts columns from 0, Neo4j from 1
    number, column = int(place[1]), int(place[3]) - (place[2] != ":")
    if not 1 <= number <= len(lines):
        return ""
    return f"\n    {lines[number - 1]}\n    {' ' * column}^"


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
