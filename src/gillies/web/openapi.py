"""The OpenAPI document of the API, made from the types that answer; it is the same for every request."""

from collections.abc import Mapping
from typing import Any

import msgspec

from gillies import __version__
from gillies.assess.answer import Assessment
from gillies.check.answer import CheckAnswer
from gillies.web.api import CheckQuestion, FindQuestion, Health, Question, VetQuestion, Wrong

Parts = Mapping[type, Any]
"""Type -> where its schema stands."""
EXAMPLE = {
    "id": "a1", "text": "My upper lids droop into my sight. Would my plan pay for surgery?", "facts": {"age": 61, "lid-covers-pupil": True},
    "payers": ["aetna"], "state": "CA",
}  # fmt: skip
CHECK_EXAMPLE = {"id": "c1", "text": "Every cosmetic surgeon is a trained plastic surgeon. Botox lasts forever.", "country": "us-ca"}
VET_EXAMPLE = {"provider": "9367050876", "procedure": "septoplasty", "state": "CA"}
FIND_EXAMPLE = {"text": "Dr. Jane O'Neil, MD", "state": "CA", "most": 3}
REFUSALS = {
    "400": "The request itself cannot be read.", "404": "There is no such record, or this server holds no registry.",
    "408": "The request took too long to arrive.", "413": "The request is too big.", "415": "The request is not of a kind that is taken here.",
    "422": "Something in the request does not fit.", "429": "Too many requests from this address.",
    "503": "It took too long to answer, or too many ask at once.",
}  # fmt: skip
TOLD = "What kind of care, whose hands, who pays, what to expect: answered from cited facts. It informs; it does not diagnose. Nothing sent is kept."


def document() -> bytes:
    """The document as JSON."""
    types: list[type] = [Question, Assessment, Health, Wrong, CheckQuestion, CheckAnswer, *_of_registry()]
    described, schemas = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    parts = dict(zip(types, described, strict=True))
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {"title": "gillies", "version": __version__, "description": TOLD, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
            "paths": _paths(parts) | (_registry_paths(parts) if VetQuestion in parts else {}),
            "components": {"schemas": schemas},
        }
    )


def _of_registry() -> tuple[type, ...]:
    """Types of what is answered from a registry; none where what a registry is searched with is not installed."""
    try:
        from gillies.registry.search.answer import Found
        from gillies.registry.vet.answer import Vet
    except ModuleNotFoundError:
        return ()
    return VetQuestion, Vet, FindQuestion, Found


def _paths(parts: Parts) -> dict[str, Any]:
    by_id = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 200}, "example": "rhinoplasty"}
    whole = {"type": "array", "items": {"type": "object", "required": ["file"], "properties": {"file": {"type": "string"}}}}
    lists = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
    file = {
        "type": "object", "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}, **{name: {"type": "string"} for name in ("id", "country", "on")}},
    }  # fmt: skip
    texts = {**_json(parts[CheckQuestion], CHECK_EXAMPLE), "multipart/form-data": {"schema": file}}
    asked, took = "400 408 413 415 422 429 503", "Each statement of a text against what is known, and what the text tells its readers"
    get_health = _operation(parts, "health", "Whether the server lives", parts[Health], "")
    return {
        "/api/v1/assess": {
            "post": _operation(parts, "assess", "The four questions, answered for one person", parts[Assessment], asked, _json(parts[Question], EXAMPLE))
        },
        "/api/v1/check": {"post": _operation(parts, "check", took, parts[CheckAnswer], asked, texts)},
        "/api/v1/records": {"get": _operation(parts, "records", "The ids of all records, by kind", lists, "429 503")},
        "/api/v1/records/{id}": {
            "get": _operation(parts, "record", "Every record of an id (or a name), with its sources", whole, "404 429 503") | {"parameters": [by_id]}
        },
        "/health": {"get": get_health},
        "/ready": {"get": _operation(parts, "ready", "Whether an answer can be had now", parts[Health], "503")},
    }


def _registry_paths(parts: Parts) -> dict[str, Any]:
    from gillies.registry.search.answer import Found
    from gillies.registry.vet.answer import Vet

    several = {"type": "object", "required": ["candidates"], "properties": {"candidates": parts[Found]}}
    vet, asked = {"oneOf": [parts[Vet], several]}, "400 404 408 413 415 422 429 503"
    vetted = "One provider against one procedure; where several may be meant, who they are (candidates)"
    return {
        "/api/v1/vet": {"post": _operation(parts, "vet", vetted, vet, asked, _json(parts[VetQuestion], VET_EXAMPLE))},
        "/api/v1/find": {"post": _operation(parts, "find", "Who is on record", parts[Found], asked, _json(parts[FindQuestion], FIND_EXAMPLE))},
    }


def _json(schema: Any, example: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema, "example": example}}


def _operation(parts: Parts, name: str, summary: str, gives: Any, wrongs: str, takes: dict[str, Any] | None = None) -> dict[str, Any]:
    """One operation. `wrongs`: the statuses with which it may be refused; `takes`: what a body may be."""
    responses = {"200": {"description": summary, "content": {"application/json": {"schema": gives}}}}
    responses |= {code: {"description": REFUSALS[code], "content": {"application/json": {"schema": parts[Wrong]}}} for code in wrongs.split()}
    body = {"requestBody": {"required": True, "content": takes}} if takes else {}
    return {"operationId": name, "summary": summary, "responses": responses, **body}
