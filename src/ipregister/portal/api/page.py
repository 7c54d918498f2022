"""The page of the API for people: its operations and types, drawn from the OpenAPI document on the server."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from ipregister.portal.api.service import openapi
from ipregister.portal.render import page
from ipregister.portal.site import Site

Plain = dict[str, Any]


def api_page(site: Site, request: HttpRequest) -> HttpResponse:
    """All operations; with `?type=NAME` the members of one type."""
    document = openapi()
    schemas = document["components"]["schemas"]
    name = request.GET.get("type", "")
    if name:
        if name not in schemas:
            raise Http404
        values: Plain = {"type": name, **_members(schemas[name])}
        return page(site, request, "api_type.html", values, section="api")
    operations = [
        _operation(path, method, one)
        for path, item in document["paths"].items()
        for method, one in item.items()
    ]
    values = {
        "description": document["info"]["description"],
        "operations": operations,
        "types": sorted(schemas),
    }
    return page(site, request, "api.html", values, section="api")


def _operation(path: str, method: str, one: Plain) -> Plain:
    return {
        "method": method.upper(),
        "path": path,
        "id": one["operationId"],
        "summary": one["summary"],
        "description": one.get("description", ""),
        "parameters": [
            {"name": p["name"], "where": p["in"], "required": p.get("required", False), "kind": _kind(p["schema"]),
             "description": p.get("description", "")}
            for p in one.get("parameters", ())
        ],
        "replies": [
            {"status": status, "description": reply["description"], "kinds": _kinds(reply)}
            for status, reply in one["responses"].items()
        ],
    }  # fmt: skip


def _kinds(reply: Plain) -> list[Plain]:
    return [{"media": media, "type": _type(content.get("schema", {}))}
            for media, content in reply.get("content", {}).items()]  # fmt: skip


def _members(schema: Plain) -> Plain:
    required = set(schema.get("required", ()))
    members = [
        {"name": name, "kind": _kind(inner), "type": _type(inner), "required": name in required,
         "description": inner.get("description", "")}
        for name, inner in schema.get("properties", {}).items()
    ]  # fmt: skip
    return {"told": schema.get("description", ""), "members": members}


def _type(schema: Plain) -> str:
    """The name of the type that a schema refers to, itself or by its entries; empty where it refers to none."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for inner in (schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", ())):
        if isinstance(inner, dict) and (found := _type(inner)):
            return found
    return ""


def _kind(schema: Plain) -> str:
    """A schema in a word or two."""
    if "$ref" in schema:
        return _type(schema)
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"]))
    if "enum" in schema or "const" in schema:
        return " | ".join(str(one) or '""' for one in schema.get("enum", [schema.get("const")]))
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"[{_kind(schema.get('items') or {})}]"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"{{string: {_kind(schema['additionalProperties'])}}}"
    told = [f"{word} {schema[name]}" for name, word in (("minimum", "from"), ("maximum", "to"), ("maxLength", "at most"))
            if name in schema]  # fmt: skip
    return ", ".join([str(schema.get("format", kind)), *told])
