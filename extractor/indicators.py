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


#: Indicators that are themselves a growth: "rose by 6.8%" is their value.
GROWTH = frozenset({"gdp_growth", "population_growth"})
#: Indicators whose percentage is one number for a place, a group and a time; of the other shares and rates an article
#: has one for every sector, people, examination or fund, or of several sorts (stunted, underweight; core inflation).
ONE_RATE = SHARES - {"labour_structure", "ethnic_minority_share", "school_results", "child_malnutrition",
                     "culture_standard"} | GROWTH
#: Indicators that are one count or amount for a place, a group and a time.
ONE_TOTAL = frozenset({
    "poor_households", "near_poor_households", "escaped_poverty_households", "returned_poor_households",
    "new_poor_households", "population", "gdp_per_capita"})
#: Indicators that a government wants to bring down, and up: they say which side of a goal is its good side.
LESS_IS_BETTER = frozenset({
    "poverty_rate", "near_poverty_rate", "multidimensional_poverty_rate", "poor_households", "near_poor_households",
    "returned_poor_households", "new_poor_households", "poor_communes", "unemployment_rate", "child_malnutrition",
    "disease_cases", "inflation", "population_growth"})
MORE_IS_BETTER = frozenset({
    "escaped_poverty_households", "housing_support", "policy_credit", "livelihood_support", "disbursement_rate",
    "overseas_workers", "job_services", "jobs_created", "trained_labour_rate", "vocational_training",
    "health_insurance", "social_insurance", "vaccination", "health_facilities", "school_standards", "school_enrolment",
    "school_results", "literacy", "clean_water", "electricity", "sanitation", "roads", "internet", "irrigation",
    "new_rural_communes", "new_rural_criteria", "forest_cover", "waste_collection", "cooperatives", "crop_output",
    "livestock", "gdp_growth", "gdp_size", "gdp_per_capita", "income", "budget_revenue", "investment", "exports",
    "industrial_output", "retail_sales", "tourists", "enterprises", "urbanisation_rate", "culture_standard",
    "digital_services", "officials_trained"})


def one_value(indicator: str, kind: str) -> bool:
    """Whether the indicator has a single value at a place and time, so that two different ones contradict each other.

    >>> one_value("poverty_rate", "percent"), one_value("poverty_rate", "other"), one_value("policy_credit", "money")
    (True, False, False)
    """
    return indicator in (ONE_RATE if kind == "percent" else ONE_TOTAL)
