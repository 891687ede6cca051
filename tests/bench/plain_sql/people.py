"""Indicators of people: who came (1.1), was judged (2.1), shows work (2.3), and what became of them (3.1 to 3.3)."""

from decimal import ROUND_HALF_UP, Decimal

from tests.bench.plain_sql.asking import ENROLMENTS, LIVE, OF_COURSE, PERSON, over_people, place, read

USES = ("occupation", "earn", "spend_less", "solve_problems", "skill", "local_wisdom", "add_value", "enterprise")
LETTERS = "'{occupation,earn,spend_less,solve_problems,skill,add_value,enterprise}'"


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
