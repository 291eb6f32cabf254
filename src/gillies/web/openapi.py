"""The OpenAPI document of the API, made from the types that answer; it is the same for every request."""

from typing import Any

import msgspec

from gillies import __version__
from gillies.assess.answer import Assessment
from gillies.web.api import Health, Question, Wrong

EXAMPLE = {
    "id": "a1", "text": "My upper lids droop into my sight. Would my plan pay for surgery?", "facts": {"age": 61, "lid-covers-pupil": True},
    "payers": ["aetna"], "state": "CA",
}  # fmt: skip


def document() -> bytes:
    """The document as JSON."""
    described, schemas = msgspec.json.schema_components([Question, Assessment, Health, Wrong], ref_template="#/components/schemas/{name}")
    asked, answer, health, wrong = described
    refusals = {
        "400": "The request itself cannot be read.", "404": "There is no such record.", "408": "The request took too long to arrive.",
        "413": "The request is too big.", "415": "The request is not JSON.", "422": "Something in the request does not fit.",
        "429": "Too many requests from this address.", "503": "It took too long to answer, or too many ask at once.",
    }  # fmt: skip

    def operation(name: str, summary: str, gives: Any, wrongs: str, **more: Any) -> dict[str, Any]:
        responses = {"200": {"description": summary, "content": {"application/json": {"schema": gives}}}}
        responses |= {code: {"description": refusals[code], "content": {"application/json": {"schema": wrong}}} for code in wrongs.split()}
        return {"operationId": name, "summary": summary, "responses": responses, **more}

    body = {"required": True, "content": {"application/json": {"schema": asked, "example": EXAMPLE}}}
    by_id = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 200}, "example": "rhinoplasty"}
    whole = {"type": "array", "items": {"type": "object", "required": ["file"], "properties": {"file": {"type": "string"}}}}
    lists = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
    told = "What kind of care, whose hands, who pays, what to expect: answered from cited facts. It informs; it does not diagnose. Nothing sent is kept."
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {"title": "gillies", "version": __version__, "description": told, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
            "paths": {
                "/api/v1/assess": {
                    "post": operation("assess", "The four questions, answered for one person", answer, "400 408 413 415 422 429 503", requestBody=body)
                },
                "/api/v1/records": {"get": operation("records", "The ids of all records, by kind", lists, "429 503")},
                "/api/v1/records/{id}": {
                    "get": operation("record", "Every record of an id (or a name), with its sources", whole, "404 429 503", parameters=[by_id])
                },
                "/health": {"get": operation("health", "Whether the server lives", health, "")},
                "/ready": {"get": operation("ready", "Whether an answer can be had now", health, "503")},
            },
            "components": {"schemas": schemas},
        }
    )
