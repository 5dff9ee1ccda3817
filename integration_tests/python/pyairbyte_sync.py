"""Syncs a source with PyAirbyte into a DuckDB cache, as its users do. The cache keeps the state for the next sync.

Usage: pyairbyte_sync.py EXECUTABLE CONFIG DATABASE. Prints a JSON object as its last line: the records read, and the keys of those in the cache, by stream.
"""

import json
import sys
from pathlib import Path

import airbyte
from airbyte.caches import DuckDBCache

executable, config, database = sys.argv[1:]
source = airbyte.get_source(
    "source-facebook-marketing",
    config=json.loads(Path(config).read_text()),
    local_executable=Path(executable),
)
source.check()
source.select_all_streams()
result = source.read(cache=DuckDBCache(db_path=database))
cached = {name: [dict(row) for row in result[name]] for name in source.get_selected_streams()}
print("\n" + json.dumps({"processed": result.processed_records, "cached": cached}, default=str))
