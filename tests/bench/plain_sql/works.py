"""Indicators of works: products (1.2, 2.2), parts in fairs (1.3) and channels (1.4), with the people behind them."""

from tests.bench.plain_sql.asking import AGE, AREAS, PERSON, TARGET_GROUPS, place, read


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
