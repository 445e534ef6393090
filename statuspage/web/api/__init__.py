"""The management API, version 1: JSON for programs that hold a token. Never a cookie, never a browser's form.

    door        the blueprint and who may come in
    keys        bearer tokens: who calls, what they may, how often
    registry    an operation: method, address, right, what it takes and gives; the OpenAPI document is made of these
    calls       carrying an operation out: reading, answering, remembering the answer of a repeated POST
    shapes/     what is taken and given, as pydantic models
    one module per resource, then `openapi` and `reference` for those who read

An operation turns what was sent into a draft, calls one action and gives the object as it then is.
"""
