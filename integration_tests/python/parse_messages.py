"""Parses lines of a connector's output on stdin with the protocol's own models.

Prints a JSON list of what is wrong, a sentence each: a key that the models do not know, or a value of another type.
"""

import dataclasses
import json
import sys
import typing
from enum import Enum

from airbyte_protocol_dataclasses.models import AirbyteMessage
from serpyco_rs import SchemaValidationError, Serializer

# Stats may have it since 0.18 of the protocol, one later than these models.
NEWER_KEYS = {"rejectedRecordCount"}
OPEN_TYPES = {"AirbyteStateBlob"}
serializer = Serializer(AirbyteMessage, omit_none=True)


def find_faults(line: str) -> list[str]:
    message = json.loads(line)
    try:
        serializer.load(message)
    except SchemaValidationError as error:
        return [f"{message.get('type')}: {problem}" for problem in error.errors]
    return list(list_unknown(message, AirbyteMessage, message["type"]))


def list_unknown(value: object, kind: object, path: str) -> typing.Iterator[str]:
    """Names the keys that a dataclass of the protocol does not have."""
    options = [option for option in typing.get_args(kind) if option is not type(None)]
    if typing.get_origin(kind) is list and isinstance(value, list):
        for item in value:
            yield from list_unknown(item, options[0], f"{path}[]")
    elif typing.get_origin(kind) is typing.Union:
        yield from list_unknown(value, options[0], path)
    elif dataclasses.is_dataclass(kind) and kind.__name__ not in OPEN_TYPES and isinstance(value, dict):
        hints = typing.get_type_hints(kind)
        for key, inner in value.items():
            if key in hints:
                yield from list_unknown(inner, hints[key], f"{path}.{key}")
            elif key not in NEWER_KEYS:
                yield f"{path}.{key} is unknown"
    elif isinstance(kind, type) and issubclass(kind, Enum) and value not in [member.value for member in kind]:
        yield f"{path} is {value}"


json.dump([fault for line in sys.stdin for fault in find_faults(line)], sys.stdout)
