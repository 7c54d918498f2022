"""The names and closed lists of ST.96 V6.0 that the writer of indications needs, as its XSD has them."""

GI = "http://www.wipo.int/standards/XMLSchema/ST96/GeographicalIndication"
GOODS = "http://www.wipo.int/standards/XMLSchema/ST96/Trademark"

STATUSES = frozenset({"Filing", "Published", "Registered", "Ended"})
USER_ROLES = frozenset({"Producer", "Dealer", "Manufacturer", "Trader", "Exporter", "Other"})
AREA_KINDS = frozenset({"Coordinates", "Natural boundaries", "Administrative boundaries", "Mixed"})
PRODUCT_CATEGORY = "gi-product-category"
"""The scheme of a product that is told by the standard's own list of categories."""

FEATURES = {
    "MainFeatureDescriptionText": "main",
    "ProductionDescriptionText": "production",
    "UniquenessText": "uniqueness",
    "OriginProofText": "origin-proof",
    "ProductPhysicalCharacteristicText": "physical",
    "ProductOrganolepticCharacteristicText": "organoleptic",
    "ProductChemicalCharacteristicText": "chemical",
    "ProductMaterialText": "material",
    "ProductProcessingRuleText": "processing",
    "ProductLabelingRuleText": "labelling",
    "SpecificProcessingRuleIndicator": "specific-processing",
    "SpecificLabelingRuleIndicator": "specific-labelling",
    "DelimitedGeographicAreaSpecificProcessingRuleIndicator": "processing-in-area",
    "MountainProductIndicator": "mountain-product",
    "AnimalOriginOnlyIndicator": "animal-only",
    "AnimalOriginDescriptionText": "animal",
    "FoodFeedSourceIndicator": "food-or-feed",
    "FeedDescriptionText": "feed",
    "ProductAnalyticCharacteristicText": "analytic",
    "ProductOenologicalPracticeText": "oenological",
    "ProductMaximumAcidity": "acidity-maximum",
    "ProductMinimumAcidity": "acidity-minimum",
    "ProductMaximumAlcoholStrength": "alcohol-maximum",
    "ProductMinimumAlcoholStrength": "alcohol-minimum",
    "ProductionMaximumAmount": "amount-maximum",
    "ProductSpiritRequirementText": "spirit",
    "RawMaterialDescriptionText": "raw-material",
    "RawMaterialOnlySourceIndicator": "raw-material-only-source",
    "RawMaterialOriginRestrictionIndicator": "raw-material-restricted",
    "RawMaterialQualityRequirementIndicator": "raw-material-quality",
    "SameCategoryProductSpecificCharacteristicText": "same-category",
    "QualityProductNameText": "quality-name",
    "QualityProductPropertyText": "quality-property",
    "ReputationFactorText": "reputation",
    "QualityFactorText": "quality",
    "ReservationNameText": "reservation",
    "CrossBorderIndicator": "cross-border",
    "PresentMarketText": "market",
    "ConformityDeclarationText": "conformity",
    "TraditionalUseIndicator": "traditional-use",
    "TraditionalUseDescriptionText": "traditional-use",
    "TSGReservedIndicator": "tsg-reserved",
    "TSGDescriptionText": "tsg",
    "TSGMethodText": "tsg-method",
    "TraditionalCharacterKeyElementText": "tsg-traditional",
    "SpecificCharacterKeyElementText": "tsg-specific",
}
"""What an element says of the product -> the kind of the feature."""

WRITTEN = (
    ("physical", "ProductPhysicalCharacteristicText", 0),
    ("organoleptic", "ProductOrganolepticCharacteristicText", 0),
    ("chemical", "ProductChemicalCharacteristicText", 0),
    ("material", "ProductMaterialText", 0),
    ("processing", "ProductProcessingRuleText", 0),
    ("labelling", "ProductLabelingRuleText", 0),
    ("animal", "AnimalOriginDescriptionText", 1),
    ("feed", "FeedDescriptionText", 1),
    ("analytic", "ProductAnalyticCharacteristicText", 1),
    ("oenological", "ProductOenologicalPracticeText", 1),
    ("spirit", "ProductSpiritRequirementText", 1),
    ("raw-material", "RawMaterialDescriptionText", 1),
    ("same-category", "SameCategoryProductSpecificCharacteristicText", 1),
)
"""Features that a description has elements for, in the order of the standard, and how many of each (0: any number)."""
