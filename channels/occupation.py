"""A guide's career as schema.org describes an Occupation, for programs that read its page."""

from __future__ import annotations

from typing import Any

from guides.schema import Guide, Salary

Described = dict[str, Any]

DURATIONS = {"year": "P1Y", "month": "P1M", "hour": "PT1H"}
UNITS = {"year": "YEAR", "month": "MONTH", "hour": "HOUR"}


def occupation(guide: Guide, address: str) -> Described:
    """The career, with its pay and the caveat of it; what the guide lacks is left out.

    Args:
        address: where the guide's page is.
    """
    before, pay = guide.preparation, guide.salary
    told = {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": guide.title,
        "alternateName": list(guide.snapshot.titles),
        "description": guide.snapshot.summary,
        "url": address,
        "mainEntityOfPage": address,
        "occupationalCategory": _category(guide),
        "occupationLocation": {"@type": "Country", "name": pay.region} if pay else None,
        "estimatedSalary": _pay(pay) if pay else None,
        "skills": ", ".join(guide.snapshot.top_skills),
        "responsibilities": "; ".join(guide.tasks.entries) if guide.tasks else None,
        "educationRequirements": before.entry if before else None,
        "experienceRequirements": before.experience if before else None,
        "qualifications": before.licence if before else None,
    }
    return _filled(told)


def _category(guide: Guide) -> Described | None:
    if guide.codes is None:
        return None
    known = {"@type": "CategoryCodeSet", "name": "O*NET-SOC"}
    return {"@type": "CategoryCode", "codeValue": guide.codes.onet, "inCodeSet": known}


def _pay(pay: Salary) -> Described | None:
    """Pay with its caveat; figures from the source's cap on are left out, as they say "or more"."""
    ends = {"percentile10": pay.min, "median": pay.median, "percentile90": pay.max}
    if pay.ends == "tenths":
        figures = {
            name: amount
            for name, amount in ends.items()
            if amount and amount < (pay.cap or amount + 1)
        }
        told = {"@type": "MonetaryAmountDistribution", "duration": DURATIONS[pay.per], **figures}
        return _stated(pay, told) if figures else None
    span = {
        "@type": "QuantitativeValue",
        "minValue": pay.min,
        "maxValue": pay.max,
        "unitText": UNITS[pay.per],
    }
    return _stated(pay, {"@type": "MonetaryAmount", "value": span})


def _stated(pay: Salary, told: Described) -> Described:
    return {**told, "name": "base", "currency": pay.currency, "description": pay.caveat}


def _filled(told: Described) -> Described:
    return {key: value for key, value in told.items() if value}
