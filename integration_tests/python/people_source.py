"""A source of people, as small as a source can be: what PyAirbyte pipes into the destination. Usage: as any source's."""

import json
import sys
import time

SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": {
        "customer_id": {"type": ["null", "integer"]},
        "email": {"type": ["null", "string"]},
        "phone": {"type": ["null", "string"]},
    },
}
STREAM = {
    "name": "people",
    "json_schema": SCHEMA,
    "supported_sync_modes": ["full_refresh"],
    "source_defined_primary_key": [["customer_id"]],
}
COUNT = 1_000


def say(message):
    print(json.dumps(message), flush=True)


def read():
    now = int(time.time() * 1000)
    for n in range(COUNT):
        email = None if n % 100 == 99 else f"person{n}@example.com"
        data = {"customer_id": n, "email": email, "phone": None}
        say({"type": "RECORD", "record": {"stream": "people", "data": data, "emitted_at": now}})
    stream = {"stream_descriptor": {"name": "people"}, "stream_state": {"__ab_full_refresh_sync_complete": True}}
    stats = {"recordCount": COUNT}
    say({"type": "STATE", "state": {"type": "STREAM", "stream": stream, "sourceStats": stats}})
    status = {"stream_descriptor": {"name": "people"}, "status": "COMPLETE"}
    say({"type": "TRACE", "trace": {"type": "STREAM_STATUS", "emitted_at": now, "stream_status": status}})


match sys.argv[1]:
    case "spec":
        say({"type": "SPEC", "spec": {"connectionSpecification": {"type": "object", "properties": {}}}})
    case "check":
        say({"type": "CONNECTION_STATUS", "connectionStatus": {"status": "SUCCEEDED"}})
    case "discover":
        say({"type": "CATALOG", "catalog": {"streams": [STREAM]}})
    case "read":
        read()
