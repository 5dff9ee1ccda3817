"""Has Airbyte's own connector migrate configs: reads a JSON list of them on stdin, writes a JSON list of
what they became as its last line.

Each answer holds the config as the file has it afterwards, and the configs of the CONTROL messages that were printed on the way.
"""

import contextlib
import io
import json
import sys
import tempfile
from pathlib import Path

from source_facebook_marketing import run as program

program.launch = lambda source, args: None


def migrate(config: dict) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.json"
        path.write_text(json.dumps(config))
        sys.argv = ["source-facebook-marketing", "check", "--config", str(path)]
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            program.run()
        messages = [json.loads(line) for line in printed.getvalue().splitlines() if line.startswith("{")]
        controls = [message["control"]["connectorConfig"]["config"] for message in messages if message["type"] == "CONTROL"]
        return {"config": json.loads(path.read_text()), "controls": controls}


print(json.dumps([migrate(config) for config in json.load(sys.stdin)]))
