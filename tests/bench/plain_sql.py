"""The ten indicators with all breakdowns as somebody would write them who knows SQL and the letter, by hand.

What our figures are held against, in speed and in every number. Nothing here is taken from reports/: the rules are
written down again, over the tables. For each line of a level (the whole, provinces, schools) a statement counts the
line and all its parts at once; what it cannot say is where nobody knows (“–”), which it gives as nothing.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

PROVINCE = "coalesce(m.province_id, 'attached')"
LINES = {"whole": "''", "province": PROVINCE, "school": "s.code"}
USES = ("occupation", "earn", "spend_less", "solve_problems", "skill", "local_wisdom", "add_value", "enterprise")
LETTERS = "'{occupation,earn,spend_less,solve_problems,skill,add_value,enterprise}'"
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


def entrants(asked):
    """1.1: who came to courses that count and begin in the period."""
    rows = f"""
        SELECT {asked.line} AS line, {asked.part} AS place, to_char(c.starts_on, 'YYYY-MM') AS month,
               t.person_key AS person, {PERSON}, {OF_COURSE} {ENROLMENTS} {place("c.starts_on")}
         WHERE {LIVE} AND {asked.where} AND c.status IN ('running', 'completed', 'closed')
           AND c.starts_on BETWEEN %s AND %s"""
    numbers = "count(DISTINCT person) + count(*) FILTER (WHERE person IS NULL), count(*), count(*) - count(person)"
    return {"1.1": read(over_people(rows, numbers), [asked.first, asked.last])}


def _persons(condition):
    return (
        f"count(DISTINCT person) FILTER (WHERE passed AND {condition}) "
        f"+ count(*) FILTER (WHERE passed AND {condition} AND person IS NULL)"
    )


def _passed(condition):
    return f"count(*) FILTER (WHERE passed AND ({condition}))"


JUDGED = ", ".join(
    [
        # 2.1
        "count(*)", "count(*) FILTER (WHERE passed)", "count(*) FILTER (WHERE passed IS NULL)", "count(opinion)",
        "sum(levels)", "sum(items)", "sum(levels_1_2)", "sum(items_1_2)",
        # 2.3
        _persons("true"), _persons("sells"), _persons("shown"), _persons("(sells OR shown)"),
        # 3.1 – 3.3
        _passed("answered"), _passed("due"), _passed("used"), *(_passed(f"uses @> '{{{use}}}'") for use in USES),
        _passed("partners"), _passed("joined"), _passed("partners AND joined"),
        _passed("sold"), _passed("income > 0"), _passed("sold AND income > 0"), _passed("known"),
        "count(income) FILTER (WHERE passed)", "sum(income) FILTER (WHERE passed)",
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY income) FILTER (WHERE passed)",
    ]
)  # fmt: skip

ITEMS = range(1, 17)


def _levels(items):
    return " + ".join(f"coalesce(sa.item_{item}, 0)" for item in items)


def _answered(items):
    return f"num_nonnulls({', '.join(f'sa.item_{item}' for item in items)})"


def judged(asked):
    """2.1, 2.3 and 3.1 to 3.3: who came to courses that are over and ended in the period."""
    rows = f"""
        SELECT {asked.line} AS line, {asked.part} AS place, to_char(c.ends_on, 'YYYY-MM') AS month,
               t.person_key AS person, {PERSON}, {OF_COURSE},
               CASE WHEN r.knowledge + r.practice + r.quality IS NOT NULL AND en.attended_hours IS NOT NULL
                     AND c.hours > 0
                    THEN r.knowledge + r.practice + r.quality >= fy.pass_percent
                     AND (NOT fy.parts_have_minimums OR (r.knowledge >= fy.least_knowledge
                          AND r.practice >= fy.least_practice AND r.quality >= fy.least_quality))
                     AND en.attended_hours > 0 AND en.attended_hours * 100 >= fy.attendance_percent * c.hours
               END AS passed,
               sa.id AS opinion, {_levels(ITEMS)} AS levels, {_answered(ITEMS)} AS items,
               {_levels((1, 2))} AS levels_1_2, {_answered((1, 2))} AS items_1_2,
               en.trainee_id IN (SELECT trainee_id FROM sellers) AS sells,
               en.trainee_id IN (SELECT trainee_id FROM showers) AS shown,
               f.id IS NOT NULL AS answered,
               f.id IS NOT NULL OR c.ends_on + fy.follow_up_days[1] <= %s AS due,
               f.uses, f.uses && {LETTERS} AS used, f.works_with_partners AS partners,
               (f.joined_group OR f.joined_enterprise) IS TRUE AS joined, f.sells AS sold, f.added_income AS income,
               f.is_known AS known
        {ENROLMENTS} {place("c.ends_on")}
          JOIN offices_fiscalyear fy ON fy.year = c.fiscal_year_id
          LEFT JOIN trainees_result r ON r.enrolment_id = en.id
          LEFT JOIN trainees_satisfaction sa ON sa.enrolment_id = en.id
          LEFT JOIN trainees_followup f ON f.enrolment_id = en.id AND f.id = en.latest_answer_id
         WHERE {LIVE} AND {asked.where} AND c.status IN ('completed', 'closed') AND c.ends_on BETWEEN %s AND %s"""
    makers = """JOIN trainees_product p ON p.id = mk.product_id AND p.binned_at IS NULL
                JOIN trainees_enrolment made ON made.id = mk.enrolment_id AND made.binned_at IS NULL"""
    held = "JOIN courses_fair fair ON fair.id = {0}.fair_id AND fair.status = 'held' AND fair.starts_on <= %s"
    works = f"""
        sellers AS MATERIALIZED (
            SELECT DISTINCT made.trainee_id FROM trainees_maker mk {makers}
              JOIN trainees_offer o ON o.product_id = p.id
              JOIN trainees_channel ch ON ch.id = o.channel_id AND ch.binned_at IS NULL AND ch.opened_on <= %s
               AND (ch.closed_on IS NULL OR ch.closed_on >= %s)),
        showers AS MATERIALIZED (
            SELECT made.trainee_id FROM trainees_maker mk {makers}
              JOIN trainees_exhibit x ON x.product_id = p.id {held.format("x")}
            UNION
            SELECT made.trainee_id FROM trainees_maker mk {makers}
              JOIN trainees_contestentry x ON x.product_id = p.id {held.format("x")}
            UNION
            SELECT en.trainee_id FROM trainees_contestentry x JOIN trainees_enrolment en ON en.id = x.enrolment_id
              {held.format("x")} WHERE en.binned_at IS NULL)"""
    statement = over_people(rows, JUDGED).replace("WITH areas", f"WITH {works}, areas", 1)
    params = [asked.today] * 5 + [asked.today, asked.first, asked.last]
    found = {key: _told(numbers) for key, numbers in read(statement, params).items()}
    figures = {
        code: {key: each[code] for key, each in found.items()} for code in ("2.1", "2.3", "3.1", "3.2", "3.3")
    }
    _beside(asked, figures)
    return figures


def _told(numbers):
    """The numbers of each of the five indicators."""
    rows, passed, unassessed, opinions, levels, items, levels_1_2, items_1_2, *rest = numbers
    everybody, sells, shown, either, answered, due, used, *rest = rest
    uses, rest = rest[: len(USES)], rest[len(USES) :]
    partners, joined, together, sold, more, both, known, incomes, income, median = rest
    asked = [answered, due, passed]
    return {
        "2.1": [passed, rows, unassessed, mean(levels, items), mean(levels_1_2, items_1_2), opinions],
        "2.3": [sells + shown - either, everybody, sells, shown, passed],
        "3.1": [used, *asked, *uses],
        "3.2": [together, *asked, partners, joined],
        "3.3": [both, *asked, sold, more, known, incomes, mean(income, incomes), cents(median)],
    }


def mean(total, of):
    return cents(Decimal(total) / of) if total is not None and of else None


def cents(number):
    return None if number is None else Decimal(str(number)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _beside(asked, figures):
    """Groups formed, enterprises registered and sales, which are told apart by place and month alone."""
    width = {"3.2": 6, "3.3": 10}
    for code, table, day, number, condition, nothing in (
        ("3.2", "trainees_group", "x.formed_on", "count(*)", "true", 0),
        ("3.2", "trainees_group", "x.registered_on", "count(*)", "x.kind = 'enterprise'", 0),
        ("3.3", "trainees_sale", "x.month", "sum(amount)", "true", None),
    ):
        live = "x.binned_at IS NULL" if table == "trainees_group" else "ch.binned_at IS NULL"
        amount = "x.amount" if table == "trainees_sale" else "1 AS amount"
        channel = "JOIN trainees_channel ch ON ch.id = x.channel_id" if table == "trainees_sale" else ""
        statement = f"""
            WITH e AS (SELECT {asked.line} AS line, {asked.part} AS place, to_char({day}, 'YYYY-MM') AS month, {amount}
              FROM {table} x JOIN offices_school s ON s.id = x.school_id {channel} {place(day)}
             WHERE {live} AND {asked.where} AND {condition} AND {day} BETWEEN %s AND %s)
            SELECT CASE grouping(place, month) WHEN 1 THEN 'place' WHEN 2 THEN 'month' ELSE '' END,
                   coalesce(place, month, ''), line, {number}
              FROM e x GROUP BY GROUPING SETS ((line), (line, place), (line, month))"""
        found = read(statement, [asked.first, asked.last])
        for key in found:
            figures[code].setdefault(key, [0] * width[code])
        width[code] += 1
        for key, numbers in figures[code].items():
            known = key[1] in ("", "place", "month")
            numbers.append(found.get(key, [nothing])[0] if known else None)


def over_works(rows, people, courses, numbers, partitions):
    """Count products, channels or parts in fairs; a row has the facts of all people and courses behind it."""
    of_people = ("sex", "age_band", "education", "occupation")
    singles = " UNION ALL ".join(
        [f"SELECT id, '{name}', nullif({name}, 'not_recorded') FROM behind" for name in of_people]
        + [f"SELECT id, 'target_group', g FROM behind, unnest(facts) AS g WHERE g IN ({TARGET_GROUPS})"]
        + ["SELECT id, 'policy_group', g FROM behind, unnest(policy) AS g"]
        + (
            [
                f"SELECT id, '{name}', {name} FROM taught"
                for name in ("course_type", "trade_group", "skill_purpose")
            ]
            if courses
            else []
        )
    )
    told = [*of_people, "target_group", "policy_group"]
    told += ["course_type", "trade_group", "skill_purpose"] if courses else []
    dimensions = ", ".join(f"('{name}')" for name in told)
    taught = f", taught AS ({courses})" if courses else ""
    columns = ", ".join(partitions)
    sets = ", ".join(["(line)", *(f"(line, {name})" for name in partitions)])
    names = " ".join(
        f"WHEN {(1 << len(partitions)) - 1 - (1 << (len(partitions) - 1 - n))} THEN '{name}'"
        for n, name in enumerate(partitions)
    )
    return f"""
        WITH {AREAS}, e AS MATERIALIZED ({rows}), behind AS (SELECT w.id, {PERSON} {people}){taught},
        codes AS (SELECT DISTINCT * FROM ({singles}) AS told (id, dimension, part) WHERE part IS NOT NULL)
        SELECT CASE grouping({columns}) {names} ELSE '' END, coalesce({columns}, ''), line, {numbers}
          FROM e GROUP BY GROUPING SETS ({sets})
        UNION ALL
        SELECT d.dimension, coalesce(codes.part, 'not_recorded'), line, {numbers}
          FROM e CROSS JOIN (VALUES {dimensions}) AS d (dimension)
          LEFT JOIN codes ON codes.id = e.id AND codes.dimension = d.dimension
         GROUP BY 1, 2, line"""


def _people_behind(start, joins):
    return f"""FROM {start} w {joins}
        JOIN courses_course c ON c.id = en.course_id AND c.binned_at IS NULL
        JOIN trainees_trainee t ON t.id = en.trainee_id AND t.binned_at IS NULL
        LEFT JOIN areas ar ON ar.code = en.subdistrict_id CROSS JOIN LATERAL (SELECT {AGE} AS age) a"""


def products(asked):
    """1.2 and 2.2: products by their latest assessment in the period, and those nobody ever assessed."""
    rows = f"""
        SELECT p.id, {asked.line} AS line, {asked.part} AS place, to_char(p.decided_on, 'YYYY-MM') AS month, p.is_met,
               ct.kind AS course_type, cu.trade_group, c.skill_purpose,
               NOT EXISTS (SELECT FROM trainees_assessment o WHERE o.product_id = p.id AND o.binned_at IS NULL
                              AND o.is_met AND o.assessed_on < %s) AS is_new
          FROM (SELECT p.*, l.is_met, coalesce(l.assessed_on, c.ends_on) AS decided_on
                  FROM trainees_product p JOIN courses_course c ON c.id = p.course_id
                  LEFT JOIN (SELECT DISTINCT ON (product_id) product_id, is_met, assessed_on FROM trainees_assessment
                              WHERE binned_at IS NULL AND assessed_on BETWEEN %s AND %s
                              ORDER BY product_id, assessed_on DESC, id DESC) l ON l.product_id = p.id
                 WHERE p.binned_at IS NULL AND c.binned_at IS NULL
                   AND (l.product_id IS NOT NULL
                        OR (c.status IN ('completed', 'closed') AND c.ends_on BETWEEN %s AND %s
                            AND NOT EXISTS (SELECT FROM trainees_assessment o WHERE o.product_id = p.id
                                             AND o.binned_at IS NULL AND o.assessed_on <= %s)))) p
          JOIN courses_course c ON c.id = p.course_id JOIN offices_coursetype ct ON ct.id = c.course_type_id
          JOIN courses_curriculum cu ON cu.id = c.curriculum_id JOIN offices_school s ON s.id = p.school_id
          {place("p.decided_on")} WHERE {asked.where}"""
    makers = """JOIN trainees_maker mk ON mk.product_id = w.id
                JOIN trainees_enrolment en ON en.id = mk.enrolment_id AND en.binned_at IS NULL"""
    numbers = (
        "count(*) FILTER (WHERE is_met), count(*) FILTER (WHERE is_met AND is_new), count(is_met), "
        "count(*) FILTER (WHERE is_met IS NULL)"
    )
    parts = ("place", "month", "course_type", "trade_group", "skill_purpose")
    statement = over_works(rows, _people_behind("e", makers), "", numbers, parts)
    year = [asked.first, asked.last]
    found = read(statement, [asked.first, *year, *year, asked.last])
    return {
        "1.2": {key: [met, new] for key, (met, new, _assessed, _never) in found.items()},
        "2.2": {key: [met, assessed, never] for key, (met, _new, assessed, never) in found.items()},
    }


def channels(asked):
    """1.4: channels with a product that were open for a day of the period."""
    opened = "p.binned_at IS NULL AND pc.binned_at IS NULL"
    offers = f"""JOIN trainees_offer o ON o.channel_id = w.id JOIN trainees_product p ON p.id = o.product_id
                 JOIN courses_course pc ON pc.id = p.course_id AND {opened}"""
    rows = f"""
        SELECT ch.id, {asked.line} AS line, {asked.part} AS place, ch.school_id, ch.opened_on, ch.closed_on
          FROM (SELECT ch.*, least(coalesce(closed_on, %s), %s) AS decided_on FROM trainees_channel ch) ch
          JOIN offices_school s ON s.id = ch.school_id {place("ch.decided_on")}
         WHERE ch.binned_at IS NULL AND {asked.where} AND ch.opened_on <= %s
           AND (ch.closed_on IS NULL OR ch.closed_on >= %s)
           AND EXISTS (SELECT FROM trainees_channel w {offers} WHERE w.id = ch.id)"""
    makers = f"""{offers} JOIN trainees_maker mk ON mk.product_id = p.id
                 JOIN trainees_enrolment en ON en.id = mk.enrolment_id AND en.binned_at IS NULL"""
    courses = f"""SELECT w.id, ct.kind AS course_type, cu.trade_group, pc.skill_purpose FROM e w {offers}
                    JOIN offices_coursetype ct ON ct.id = pc.course_type_id
                    JOIN courses_curriculum cu ON cu.id = pc.curriculum_id"""
    numbers = "count(*), count(DISTINCT school_id)"
    months = f"""
        UNION ALL
        SELECT 'month', to_char(mo, 'YYYY-MM'), line, {numbers}
          FROM e JOIN generate_series(%s::timestamp, %s::timestamp, '1 month') AS mo
            ON e.opened_on < mo + interval '1 month' AND (e.closed_on IS NULL OR e.closed_on >= mo)
         GROUP BY 2, line"""
    statement = over_works(rows, _people_behind("e", makers), courses, numbers, ("place",)) + months
    return {"1.4": read(statement, [asked.last, asked.last, asked.last, asked.first, asked.first, asked.last])}


def fairs(asked):
    """1.3: fairs that were held and began in the period; a province has its own parts and those of its schools."""
    own = "CASE WHEN fp.school_id IS NULL THEN fp.province_id ELSE coalesce(m.province_id, 'attached') END"
    line = {"whole": "''", "province": own, "school": "s.code"}[asked.level]
    part = "NULL"
    if asked.level == "whole" and not asked.office:
        part = f"coalesce({own}, 'offices')"
    elif asked.level == "whole" and asked.office.startswith("province"):
        part = "coalesce(s.code, 'offices')"
    code = asked.office.partition(":")[2]
    where = asked.where.replace("m.province_id =", "coalesce(m.province_id, fp.province_id) =") if code else "true"
    rows = f"""
        SELECT fp.id, {line} AS line, {part} AS place, to_char(fa.starts_on, 'YYYY-MM') AS month, fp.fair_id,
               fp.school_id, fp.province_id
          FROM courses_fairpart fp JOIN courses_fair fa ON fa.id = fp.fair_id
          LEFT JOIN offices_school s ON s.id = fp.school_id {place("fa.starts_on", "fp.school_id")}
         WHERE fa.status = 'held' AND fa.starts_on BETWEEN %s AND %s AND {where}"""
    people = """JOIN LATERAL (
            SELECT x.enrolment_id FROM trainees_contestentry x WHERE x.fair_id = w.fair_id AND x.school_id = w.school_id
            UNION
            SELECT mk.enrolment_id FROM trainees_exhibit x JOIN trainees_product p ON p.id = x.product_id
              JOIN trainees_maker mk ON mk.product_id = p.id
             WHERE x.fair_id = w.fair_id AND x.school_id = w.school_id AND p.binned_at IS NULL
            UNION
            SELECT mk.enrolment_id FROM trainees_contestentry x JOIN trainees_product p ON p.id = x.product_id
              JOIN trainees_maker mk ON mk.product_id = p.id
             WHERE x.fair_id = w.fair_id AND x.school_id = w.school_id AND p.binned_at IS NULL) shown ON true
        JOIN trainees_enrolment en ON en.id = shown.enrolment_id AND en.binned_at IS NULL"""
    courses = """SELECT w.id, ct.kind AS course_type, cu.trade_group, c.skill_purpose FROM e w
        JOIN trainees_exhibit x ON x.fair_id = w.fair_id AND x.school_id = w.school_id
        LEFT JOIN trainees_product p ON p.id = x.product_id
        JOIN courses_course c ON c.id = coalesce(x.course_id, p.course_id)
        JOIN offices_coursetype ct ON ct.id = c.course_type_id
        JOIN courses_curriculum cu ON cu.id = c.curriculum_id WHERE p.binned_at IS NULL AND c.binned_at IS NULL"""
    numbers = "count(DISTINCT fair_id), count(DISTINCT (coalesce(school_id::text, ''), coalesce(province_id, '')))"
    statement = over_works(rows, _people_behind("e", people), courses, numbers, ("place", "month"))
    return {"1.3": read(statement, [asked.first, asked.last])}


EVERYTHING = (entrants, products, fairs, channels, judged)


def everything(asked):
    """All ten indicators of one level."""
    found = {}
    for part in EVERYTHING:
        found |= part(asked)
    return found
