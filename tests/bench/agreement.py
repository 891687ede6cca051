"""Our figures in the words of the plain statements, so that the two can be compared number by number."""

from tests.bench.plain_sql.people import USES

ASIDES = {
    "1.1": ("enrolments", "without_number"),
    "1.2": ("new",),
    "1.3": ("offices",),
    "1.4": ("schools",),
    "2.1": ("unassessed", "satisfaction", "satisfaction_1_2", "satisfaction_n"),
    "2.2": ("unassessed",),
    "2.3": ("sells", "has_shown", "enrolments"),
    "3.1": ("due", "cohort", *(f"use_{use}" for use in USES)),
    "3.2": ("due", "cohort", "partners", "joined", "groups", "enterprises"),
    "3.3": (
        "due", "cohort", "sold", "earns_more", "is_known", "income_n", "mean_income", "median_income", "sales",
    ),
}  # fmt: skip


def in_plain_words(code, place, counted):
    """By place, dimension and part, as the statements give it; a share by both of its sides."""
    told = {(place, "", ""): _numbers(code, counted.total)}
    for breakdown in counted.breakdowns:
        for part, figure in breakdown.parts:
            told[place, breakdown.dimension.code, part.code] = _numbers(code, figure)
    return told


def _numbers(code, figure):
    value = list(figure.sides) if figure.sides else [figure.value] if figure.kind == "integer" else [0, 0]
    return [*value, *(figure[name] for name in ASIDES[code])]


def differences(ours, plain):
    """Where the two say something else; what nobody knows and what is not there count as nothing."""
    found = []
    for code in ours:
        keys = set(ours[code]) | set(plain[code])
        for key in sorted(keys):
            left, right = _something(ours[code].get(key)), _something(plain[code].get(key))
            if left != right:
                found.append(f"{code} {key}: ours {left}, plain SQL {right}")
    return found


def _something(numbers):
    if numbers is None or not any(numbers):
        return None
    return [number or 0 for number in numbers]
