"""The fields of the engine, made from the table of fields."""

import tantivy

from ipregister.search.document import IndexDocument
from ipregister.search.fields import FIELDS, KEY, SCOPED, SORTS

CODE = "code"
"""Name of the tokenizer of codes: one value, case folded for searching, as written for counting."""


def build() -> tantivy.Schema:
    """The engine's schema."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(KEY, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("family", fast=True)
    builder.add_unsigned_field(f"{KEY}_rest", fast=True)
    for field in FIELDS:
        if field.kind in {"text", "names"}:
            builder.add_text_field(field.name, tokenizer_name="whitespace", index_option="position")
        if field.kind == "names":
            builder.add_text_field(
                f"{field.name}_grams", tokenizer_name="whitespace", index_option="position"
            )
            builder.add_text_field(f"{field.name}_whole", tokenizer_name="raw", index_option="basic")
        elif field.kind == "code":
            fast = field.facet and not field.facet_values
            builder.add_text_field(field.name, fast=fast, tokenizer_name=CODE, index_option="basic")
            if field.facet_values:
                builder.add_text_field(field.facet_name, fast=True, tokenizer_name=CODE, index_option="basic")
        elif field.kind == "number":
            builder.add_text_field(field.name, tokenizer_name="raw", index_option="basic")
        elif field.kind == "integer":
            builder.add_unsigned_field(field.name, indexed=True, fast=True)
            if field.facet_values:
                builder.add_text_field(field.facet_name, fast=True, tokenizer_name=CODE, index_option="basic")
        elif field.kind == "date" and not field.sorted_by:
            builder.add_unsigned_field(field.name, fast=True)
    builder.add_text_field(f"{SCOPED}_scoped", tokenizer_name="whitespace", index_option="basic")
    builder.add_unsigned_field(f"{SCOPED}_only", indexed=True)
    builder.add_unsigned_field("closeness_order", fast=True)
    for sort in SORTS:
        if sort.kind == "date":
            builder.add_unsigned_field(f"{sort.name}_order", fast=True)
        elif sort.kind == "text":
            if sort.field != KEY:
                builder.add_text_field(sort.field, fast=True, tokenizer_name="raw", index_option="basic")
            builder.add_unsigned_field(f"{sort.name}_high", fast=True)
            builder.add_unsigned_field(f"{sort.name}_low", fast=True)
    return builder.build()


def register(index: tantivy.Index) -> None:
    """The tokenizers that the schema names."""
    raw = tantivy.Tokenizer.raw()
    lower = tantivy.TextAnalyzerBuilder(raw).filter(tantivy.Filter.lowercase()).build()
    index.register_tokenizer(CODE, lower)
    index.register_fast_field_tokenizer(CODE, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).build())


def engine_document(document: IndexDocument, schema: tantivy.Schema) -> tantivy.Document:
    """A document as the engine takes it."""
    return tantivy.Document.from_dict(document.values, schema)
