"""Writes a source of people into the destination with PyAirbyte, as its users do.

Usage: pyairbyte_write.py DESTINATION CONFIG SOURCE. Both are executables. Prints a JSON object as its last line: the records processed.
"""

import json
import sys
from pathlib import Path

import airbyte

destination_executable, config, source_executable = sys.argv[1:]
source = airbyte.get_source("source-people", config={}, local_executable=Path(source_executable))
source.select_all_streams()
destination = airbyte.get_destination(
    "destination-facebook-custom-audiences",
    config=json.loads(Path(config).read_text()),
    local_executable=Path(destination_executable),
)
destination.check()
result = destination.write(source, cache=False, state_cache=False)
print("\n" + json.dumps({"processed": result.processed_records}))
