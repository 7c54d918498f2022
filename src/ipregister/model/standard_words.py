"""Words of WIPO standards for our codes, by the closed list that has them."""

MARK_CATEGORIES = {
    "Individual mark": "Individual",
    "Collective mark": "Collective",
    "Collective membership mark": "Membership",
    "Certification mark": "Certificate",
    "Defensive mark": "Defensive",
}
"""Words of ST.96 (MarkCategoryType) for our kinds of marks."""

ASSOCIATIONS = {
    "Transformed from": "transformed-from",
    "Replaces": "replaced",
    "Divisional parent": "division-parent",
    "Divisional child": "division-child",
}
"""Words of ST.96 (AssociationCategoryType) for our kinds of references."""

INDICATION_CATEGORIES = {
    "Geographical Indication": "GI",
    "Protected Geographical Indication": "PGI",
    "Protected Designation of Origin": "PDO",
    "Traditional Specialty Guaranteed": "TSG",
    "Appellation of Origin": "AO",
}
"""Words of ST.96 (GICategoryType) for our kinds of indications."""

STANDARD_WORDS = {**MARK_CATEGORIES, **ASSOCIATIONS, **INDICATION_CATEGORIES, "Domestic": "national"}
"""Words of all these lists for our codes."""
