"""Who asks an endpoint: taken from the environment, never from arguments, and never shown."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.errors import UsageError

if TYPE_CHECKING:
    import requests
    from requests.auth import AuthBase

SCHEMES = ("basic", "digest", "bearer")
USER = "COMITY_ENDPOINT_USER"
PASSWORD = "COMITY_ENDPOINT_PASSWORD"
TOKEN = "COMITY_ENDPOINT_TOKEN"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password, or a token; neither shows in `repr`.

    Args:
        scheme: One of `SCHEMES` (RFC 7617, RFC 7616, RFC 6750); empty for none.
        user: The name, for basic and digest.
        password: The password, for basic and digest.
        token: The token, for bearer.
    """

    scheme: str = ""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def from_environment(
        cls, scheme: str | None, environment: Mapping[str, str] | None = None
    ) -> Credentials:
        """The credentials that the environment holds for a scheme.

        Args:
            scheme: One of `SCHEMES`, or None for none.
            environment: The variables; those of this process when None.

        Raises:
            UsageError: if there is no such scheme, or a variable is not set.
        """
        if scheme is None:
            return cls()
        if scheme not in SCHEMES:
            raise UsageError(f"no authentication {scheme!r}", hint=f"one of {', '.join(SCHEMES)}")
        values = os.environ if environment is None else environment
        wanted = (TOKEN,) if scheme == "bearer" else (USER, PASSWORD)
        missing = [name for name in wanted if not values.get(name)]
        if missing:
            raise UsageError(
                f"--auth {scheme} needs {' and '.join(wanted)} in the environment",
                where=", ".join(missing),
            )
        for name in wanted:
            if any(ord(char) < 0x20 for char in values[name]):
                raise UsageError(
                    "this variable holds a line break or control character", where=name
                )
        if scheme == "bearer":
            return cls(scheme, token=values[TOKEN])
        return cls(scheme, user=values[USER], password=values[PASSWORD])

    def signer(self) -> AuthBase:
        """What signs a request, for `requests`; without credentials, one that signs nothing.

        There is always one, as `requests` would else look for a password in ``~/.netrc``.
        """
        from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

        if self.scheme == "basic":
            return HTTPBasicAuth(self.user.encode(), self.password.encode())
        if self.scheme == "digest":
            return HTTPDigestAuth(self.user, self.password)

        token = self.token

        class Signer(AuthBase):
            def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
                if token:
                    r.headers["Authorization"] = f"Bearer {token}"
                return r

        return Signer()
