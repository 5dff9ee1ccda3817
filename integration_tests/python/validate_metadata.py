"""Validates a metadata.yaml by the JSON schema that Airbyte publishes; prints a JSON list of what is wrong. Usage: validate_metadata.py < FILE"""

import json
import sys
from importlib.resources import files

import jsonschema
import yaml

SCHEMA = files("airbyte_connector_models").joinpath("metadata/v0/ConnectorMetadataDefinitionV0.json")

validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text()), format_checker=jsonschema.FormatChecker())
errors = validator.iter_errors(yaml.safe_load(sys.stdin.read()))
json.dump([f"{error.json_path}: {error.message}" for error in errors], sys.stdout)
