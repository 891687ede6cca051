"""What is asked, and the pieces of SQL that several statements share: a person's facts, a course's, an office's."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

PROVINCE = "coalesce(m.province_id, 'attached')"
LINES = {"whole": "''", "province": PROVINCE, "school": "s.code"}
TARGET_GROUPS = (
    "'community_leader','conscript','thai_worker','migrant_worker','farmer','health_volunteer','womens_group',"
    "'prisoner','other_group'"
)


@dataclass(frozen=True)
class Asked:
    """A fiscal year at a level; `office` narrows to one province or school, whose parts are schools."""

    first: date
    last: date
    today: date
    level: str = "whole"
    office: str = ""

    @property
    def line(self):
        return LINES[self.level]

    @property
    def part(self):
        """The breakdown by place, of the whole alone."""
        if self.level != "whole" or self.office.startswith("school"):
            return "NULL"
        return PROVINCE if not self.office else "s.code"

    @property
    def where(self):
        kind, _colon, code = self.office.partition(":")
        return {"": "true", "province": f"m.province_id = '{code}'", "school": f"s.code = '{code}'"}[kind]


def place(day, school="s.id"):
    """Which province a school belonged to on a day."""
    return f"""LEFT JOIN offices_membership m ON m.school_id = {school} AND m.starts_on <= {day}
               AND (m.ends_on IS NULL OR m.ends_on >= {day})"""


AREAS = """areas AS (
    SELECT sd.code, array_agg(DISTINCT l.areagroup_id)::text[] AS areas
      FROM offices_subdistrict sd JOIN offices_district d ON d.code = sd.district_id
      JOIN (SELECT areagroup_id, district_id, NULL AS province_id FROM offices_areagroup_districts
            UNION ALL SELECT areagroup_id, NULL, province_id FROM offices_areagroup_provinces) l
        ON l.district_id = d.code OR l.province_id = d.province_id
     GROUP BY sd.code)"""

AGE = """CASE WHEN t.birth_precision = 'day' THEN extract(year FROM age(c.starts_on, t.birth_date))
              ELSE extract(year FROM c.starts_on) - extract(year FROM t.birth_date) END"""

PERSON = """
    coalesce(nullif(t.sex, ''), 'not_recorded') AS sex,
    CASE WHEN a.age >= 60 THEN '60_up' WHEN a.age >= 40 THEN '40_59' WHEN a.age >= 15 THEN '15_39'
         WHEN a.age >= 0 THEN 'below_15' ELSE 'not_recorded' END AS age_band,
    coalesce(nullif(en.education, ''), 'not_recorded') AS education,
    coalesce(nullif(en.occupation, ''), 'not_recorded') AS occupation,
    en.facts,
    array_remove(ARRAY[
        CASE WHEN a.age >= 15 AND a.age < 60 THEN 'working_age' WHEN a.age >= 60 THEN 'elderly' END,
        CASE WHEN 'disabled' = ANY(en.facts) THEN 'disabled' END,
        CASE WHEN 'out_of_school_youth' = ANY(en.facts) THEN 'out_of_school_youth' END,
        CASE WHEN 'prisoner' = ANY(en.facts) THEN 'prison' END,
        CASE WHEN 'conscript' = ANY(en.facts) THEN 'conscript' END,
        CASE WHEN 'welfare_card' = ANY(en.facts) THEN 'welfare_card' END,
        CASE WHEN 'other_group' = ANY(en.facts) THEN 'other' END], NULL) || coalesce(ar.areas, '{}') AS policy"""

OF_COURSE = """
    ct.kind AS course_type, cu.trade_group,
    coalesce(nullif(en.skill_purpose, ''), c.skill_purpose) AS skill_purpose"""

ENROLMENTS = f"""
      FROM trainees_enrolment en
      JOIN courses_course c ON c.id = en.course_id
      JOIN trainees_trainee t ON t.id = en.trainee_id
      JOIN courses_coursetype_ ct ON ct.id = c.course_type_id
      JOIN courses_curriculum cu ON cu.id = c.curriculum_id
      JOIN offices_school s ON s.id = en.school_id
      LEFT JOIN areas ar ON ar.code = en.subdistrict_id
      CROSS JOIN LATERAL (SELECT {AGE} AS age) a""".replace("courses_coursetype_", "offices_coursetype")

LIVE = "en.binned_at IS NULL AND c.binned_at IS NULL AND t.binned_at IS NULL AND en.first_attended_on IS NOT NULL"
PARTITIONS = (
    "sex", "age_band", "education", "occupation", "course_type", "trade_group", "skill_purpose", "month", "place",
)  # fmt: skip


def over_people(rows, numbers):
    """Count rows by line, in one pass over all partitions, and by the groups that a person may be several of."""
    columns = ", ".join(PARTITIONS)
    sets = ", ".join(["(line)", *(f"(line, {name})" for name in PARTITIONS)])
    return f"""
        WITH {AREAS}, e AS MATERIALIZED ({rows})
        SELECT grouping({columns})::int::text, coalesce({columns}, ''), line, {numbers}
          FROM e GROUP BY GROUPING SETS ({sets})
        UNION ALL
        SELECT 'target_group', coalesce(g.part, 'not_recorded'), line, {numbers}
          FROM e LEFT JOIN LATERAL unnest(e.facts) AS g(part) ON g.part IN ({TARGET_GROUPS}) GROUP BY 2, line
        UNION ALL
        SELECT 'policy_group', coalesce(g.part, 'not_recorded'), line, {numbers}
          FROM e LEFT JOIN LATERAL unnest(e.policy) AS g(part) ON true GROUP BY 2, line"""


def read(statement, params):
    """By place, dimension and part."""
    every = (1 << len(PARTITIONS)) - 1
    masks = {str(every): ""} | {
        str(every - (1 << (len(PARTITIONS) - 1 - n))): name for n, name in enumerate(PARTITIONS)
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return {
            (line, masks.get(dimension, dimension), part): numbers
            for dimension, part, line, *numbers in cursor.fetchall()
            if line is not None and (masks.get(dimension, dimension), part) != ("place", "")
        }
