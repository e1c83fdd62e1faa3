"""The exceptions. Codes and sentences come from the core; none holds a byte of the request."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._names import CaptureCode, DeliveryCode, FindingCode, SchemeCode, SecretCode


class VerificationError(Exception):
    """The delivery is refused.

    Answer with `status` (401, or 413 for a body too large) and `PUBLIC_MESSAGE`, the same for every
    refusal; `code` and `message` are for your own log.
    """

    def __init__(self, code: DeliveryCode, message: str, status: int) -> None:
        super().__init__(code, message, status)
        self.code: DeliveryCode = code
        self.message = message
        self.status = status

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class SecretError(ValueError):
    """Your secret cannot be used."""

    def __init__(self, code: SecretCode, message: str) -> None:
        super().__init__(code, message)
        self.code: SecretCode = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class SchemeError(ValueError):
    """Your scheme, or how the verifier is set up, is wrong; `key` is the key at fault, if any."""

    def __init__(self, code: SchemeCode, message: str, key: str = "") -> None:
        super().__init__(code, message, key)
        self.code: SchemeCode = code
        self.message = message
        self.key = key

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class SigningError(ValueError):
    """A value is missing, or malformed, that the scheme signs."""

    def __init__(self, code: DeliveryCode, message: str) -> None:
        super().__init__(code, message)
        self.code: DeliveryCode = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class BodyUnsignedError(Exception):
    """`Delivery.body` of a scheme that does not sign all of the body.

    Take from it what was signed, or ask the provider's API for the object; if you must,
    `danger_unsigned_body` gives it.
    """

    def __init__(self, code: FindingCode, message: str) -> None:
        super().__init__(code, message)
        self.code: FindingCode = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class CaptureError(ValueError):
    """A captured request could not be read."""

    def __init__(self, code: CaptureCode, message: str) -> None:
        super().__init__(code, message)
        self.code: CaptureCode = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
