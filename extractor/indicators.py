"""What sort of number an indicator is: a share of a whole, another rate, or neither."""

from __future__ import annotations

#: Rates that may go over 100 percent, or under 0, but have one value at a place and time.
RATES = frozenset({"gdp_growth", "inflation", "population_growth", "disbursement_rate"})
#: Indicators that are shares of a whole and can't go over 100 percent.
SHARES = frozenset({
    "poverty_rate", "near_poverty_rate", "multidimensional_poverty_rate", "trained_labour_rate", "unemployment_rate",
    "labour_structure", "child_malnutrition", "literacy", "forest_cover", "urbanisation_rate", "ethnic_minority_share",
    "school_results", "clean_water", "electricity", "sanitation", "waste_collection", "culture_standard"})


def is_rate(indicator: str) -> bool:
    """Whether the indicator itself is in percent, so that its change is in percentage points."""
    return indicator in SHARES or indicator in RATES
