"""What the OpenAPI document says of the machine doors outside `/api/v1`."""

from typing import Any

OTHER_PATHS: dict[str, Any] = {}
"""Path -> path item."""
