#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validates the JSON documents of a folder, NAME.json, against resources/schemas. Usage: validate_documents.py SCHEMAS
DOCUMENTS. Each document names its schema itself, a list in each of its items. Prints "NAME ok DOCUMENT/NUMBER", of an
empty list "NAME ok []", or "NAME wrong …" for each, and holds that the schemas are sound, closed, and spell their names in one way."""
import json
import pathlib
import re
import sys

import jsonschema

# Names of a fleet file are older than the rule.
OTHER_SPELLING = {"privateAddress", "identityFile", "sshConfig", "hostKeys", "serverPath", "workDir"}


def problems_of(node, where):
    """What is not as the rules for schemas say, in a schema and all that it holds."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from problems_of(item, f"{where}/{index}")
    if not isinstance(node, dict):
        return
    if "properties" in node:
        if node.get("additionalProperties") is not False:
            yield f"{where} lets other members in"
        for name in node["properties"]:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", name) and name not in OTHER_SPELLING:
                yield f"{where} spells {name} in another way"
    for key, value in node.items():
        yield from problems_of(value, f"{where}/{key}")


def item_of(schema):
    """The schema of what names it: of a document itself, of an item of a list."""
    if schema["type"] != "array":
        return schema
    item = schema["items"]
    if "$ref" in item:
        item = schema["$defs"][item["$ref"].rpartition("/")[2]]
    return item["oneOf"][0] if "oneOf" in item else item


def main(schemas, documents):
    validators = {}
    for file in sorted(pathlib.Path(schemas).glob("*.json")):
        schema = json.loads(file.read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        name = item_of(schema)["properties"]["schema"]["const"]
        if name.removeprefix("slipway-").rpartition("/")[0] != file.stem:
            print(f"{file.name} wrong its name is {name}")
        for problem in problems_of(schema, file.name):
            print(f"{file.name} wrong {problem}")
        validators[name] = jsonschema.Draft202012Validator(schema)
    for file in sorted(pathlib.Path(documents).glob("*.json")):
        try:
            document = json.loads(file.read_text())
        except ValueError as error:
            print(f"{file.stem} wrong it is not JSON: {error}")
            continue
        if document == []:
            print(f"{file.stem} ok []")
            continue
        first = document[0] if isinstance(document, list) else document
        name = first.get("schema") if isinstance(first, dict) else None
        if name not in validators:
            print(f"{file.stem} wrong there is no schema {name}")
            continue
        errors = [f"{error.json_path}: {error.message[:300]}" for error in validators[name].iter_errors(document)]
        print(f"{file.stem} wrong {name}: {'; '.join(errors)}" if errors
              else f"{file.stem} ok {name.removeprefix('slipway-')}")


if __name__ == "__main__":
    main(*sys.argv[1:])
