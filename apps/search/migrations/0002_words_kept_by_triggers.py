"""The words of the record, as search reads them, kept in step by triggers on the rows that hold them.

English and Russian are told apart by script, word by word, so that a text of ours that quotes the other is stemmed
right; every word also stands as it is spelt, for prefixes. Of Hangul, Han and Kana every pair of characters is kept in
order, and the last character of each run, so that a part of a word is found and nothing else.
"""

from dataclasses import dataclass

from django.db import migrations

LANGUAGE = r"""
CREATE TEXT SEARCH DICTIONARY search_english (TEMPLATE = pg_catalog.simple, STOPWORDS = english);
CREATE TEXT SEARCH DICTIONARY search_russian (TEMPLATE = pg_catalog.simple, STOPWORDS = russian);
CREATE TEXT SEARCH CONFIGURATION search_stems (COPY = pg_catalog.russian);
CREATE TEXT SEARCH CONFIGURATION search_words (COPY = pg_catalog.russian);
ALTER TEXT SEARCH CONFIGURATION search_words
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart WITH search_english;
ALTER TEXT SEARCH CONFIGURATION search_words
    ALTER MAPPING FOR word, hword, hword_part WITH search_russian;

-- One spelling: composed, without ё and without marks on Latin letters, in lower case, all punctuation as spaces.
CREATE FUNCTION search_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    regexp_replace(
        lower(translate(normalize(
            regexp_replace(normalize(words, NFKD), '([A-Za-z])[\u0300-\u036f]+', '\1', 'g'), NFKC), 'ёЁ', 'еЕ')),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u2190-\u2bff\u3000-\u3020\u3030\u303d\u30fb\ufe30-\ufe4f]+',
        ' ', 'g');

CREATE FUNCTION search_pairs(folded text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
    SELECT string_agg(substr(run[1], i, 2), ' ' ORDER BY n, i)
    FROM regexp_matches(folded, '[\u1100-\u11ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+', 'g')
        WITH ORDINALITY AS runs(run, n), generate_series(1, length(run[1])) AS i);

CREATE FUNCTION search_read(words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    folded text;
    plain text;
    found tsvector;
BEGIN
    IF words = '' THEN
        RETURN '';
    END IF;
    folded := search_folded(words);
    plain := regexp_replace(
        folded, '[\u1100-\u11ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+', ' ', 'g');
    found := to_tsvector('search_stems', plain) || to_tsvector('search_words', plain);
    IF plain <> folded THEN
        found := found || to_tsvector('simple', search_pairs(folded));
    END IF;
    RETURN found;
END $$;

-- Who is not public has no name here, though what is public may point at them.
CREATE FUNCTION search_names(agent bigint) RETURNS text LANGUAGE sql STABLE RETURN coalesce((
    SELECT concat_ws(E'\n', a.name, nullif(a.short_name, ''),
        (SELECT string_agg(n.name, E'\n' ORDER BY n.id) FROM sources_agentname n WHERE n.agent_id = a.id))
    FROM sources_agent a WHERE a.id = agent AND a.status = 'PUBLISHED'), '');
"""


@dataclass(frozen=True)
class Kept:
    """One sort of row: how it is read, and the tables whose rows change it (column of what is read, columns that matter)."""

    part: str
    kind: str
    select: str
    of: dict[str, tuple[str, str]]


def named(column: str) -> dict[str, tuple[str, str]]:
    return {"sources_agent": (column, "name, short_name, status"), "sources_agentname": (column, "name")}


ARTICLE = "concat_ws(' ', t.slug, CASE WHEN a.number = 'preamble' THEN 'Preamble' ELSE 'Article ' || a.number || ' Art' END)"
TITLED = ("treaty_id", "slug, short_name")
KEPT = [
    Kept(
        "event",
        "events",
        """SELECT e.id AS row, e.id AS record, 'en' AS language, e.title, e.summary AS words,
            concat_ws(E'\\n', e.place, e.note) AS more, '' AS who FROM timelines_event e""",
        {"timelines_event": ("row", "title, summary, place, note")},
    ),
    Kept(
        "act",
        "acts",
        """SELECT a.id AS row, a.id AS record, 'en' AS language, a.summary AS title, '' AS words,
            concat_ws(E'\\n', a.place, a.note) AS more, search_names(a.participant_id) AS who,
            a.participant_id FROM treaties_treatyaction a""",
        {"treaties_treatyaction": ("row", "summary, place, note, participant_id"), **named("participant_id")},
    ),
    Kept(
        "article",
        "articles",
        f"""SELECT a.id AS row, a.id AS record, 'en' AS language, a.heading AS title, a.gist AS words,
            concat_ws(E'\\n', {ARTICLE}, a.completeness_note) AS more, '' AS who, a.treaty_id
            FROM treaties_article a JOIN treaties_treaty t ON t.id = a.treaty_id""",
        {
            "treaties_article": ("row", "heading, gist, number, completeness_note, treaty_id"),
            "treaties_treaty": TITLED,
        },
    ),
    Kept(
        "rendering",
        "articles",
        f"""SELECT r.id AS row, r.article_id AS record, r.language, '' AS title, r.text AS words,
            concat_ws(E'\\n', r.translator, {ARTICLE}, a.heading) AS more, '' AS who, a.treaty_id, r.article_id
            FROM treaties_rendering r JOIN treaties_article a ON a.id = r.article_id
            JOIN treaties_treaty t ON t.id = a.treaty_id""",
        {
            "treaties_rendering": ("row", "text, language, translator, article_id"),
            "treaties_article": ("article_id", "heading, number, treaty_id"),
            "treaties_treaty": TITLED,
        },
    ),
    Kept(
        "quote",
        "statements",
        """SELECT q.id AS row, q.utterance_id AS record, q.language, '' AS title, q.words,
            concat_ws(E'\\n', q.original, u.occasion, u.place, u.role_at_time, u.summary) AS more,
            search_names(u.speaker_id) AS who, q.utterance_id, u.speaker_id
            FROM quotes_quote q JOIN quotes_utterance u ON u.id = q.utterance_id""",
        {
            "quotes_quote": ("row", "words, language, original, utterance_id"),
            "quotes_utterance": ("utterance_id", "occasion, place, role_at_time, summary, speaker_id"),
            **named("speaker_id"),
        },
    ),
    *(
        Kept(
            part,
            "opinions",
            f"""SELECT o.id AS row, o.id AS record, {language} AS language, '' AS title, {words} AS words,
            concat_ws(E'\\n', o.affiliation_at_time, p.label, q.question) AS more, search_names(o.expert_id) AS who,
            o.expert_id, p.id AS position_id, q.id AS question_id
            FROM opinions_opinion o JOIN opinions_position p ON p.id = o.position_id
            JOIN opinions_question q ON q.id = p.question_id{also}""",
            {
                "opinions_opinion": (
                    "row",
                    "summary, quote, quote_language, affiliation_at_time, position_id, expert_id",
                ),
                "opinions_position": ("position_id", "label"),
                "opinions_question": ("question_id", "question"),
                **named("expert_id"),
            },
        )
        for part, language, words, also in (
            ("opinion", "'en'", "o.summary", ""),
            ("opinion_quote", "coalesce(nullif(o.quote_language, ''), 'en')", "o.quote", " WHERE o.quote <> ''"),
        )
    ),
    Kept(
        "question",
        "questions",
        """SELECT q.id AS row, q.id AS record, 'en' AS language, q.question AS title, q.why_it_matters AS words,
            q.settled_by AS more, '' AS who FROM opinions_question q""",
        {"opinions_question": ("row", "question, why_it_matters, settled_by")},
    ),
    Kept(
        "assessment",
        "assessments",
        """SELECT a.id AS row, a.id AS record, 'en' AS language, '' AS title, a.answer AS words,
            concat_ws(E'\\n', q.question, lower(a.knowledge)) AS more, '' AS who, a.question_id
            FROM opinions_assessment a JOIN opinions_question q ON q.id = a.question_id""",
        {
            "opinions_assessment": ("row", "answer, knowledge, question_id"),
            "opinions_question": ("question_id", "question"),
        },
    ),
    Kept(
        "fact",
        "facts",
        """SELECT f.id AS row, f.id AS record, 'en' AS language, f.question AS title, '' AS words, '' AS more, '' AS who
            FROM opinions_contestedfact f""",
        {"opinions_contestedfact": ("row", "question")},
    ),
    Kept(
        "fact_summary",
        "facts",
        """SELECT f.id AS row, f.id AS record, 'en' AS language, f.question AS title, f.summary AS words, '' AS more,
            '' AS who FROM opinions_contestedfact f""",
        {"opinions_contestedfact": ("row", "question, summary")},
    ),
    Kept(
        "value",
        "facts",
        """SELECT v.id AS row, v.fact_id AS record, 'en' AS language, '' AS title,
            concat_ws(E'\\n', v.value || '.', v.reason) AS words, f.question AS more, '' AS who, v.fact_id
            FROM opinions_value v JOIN opinions_contestedfact f ON f.id = v.fact_id""",
        {"opinions_value": ("row", "value, reason, fact_id"), "opinions_contestedfact": ("fact_id", "question")},
    ),
    Kept(
        "source",
        "sources",
        """SELECT s.id AS row, s.id AS record, CASE WHEN s.title_is_description THEN 'en' ELSE s.language END AS language,
            s.title, '' AS words, concat_ws(E'\\n', s.byline, s.container_title) AS more,
            search_names(s.publisher_id) AS who, s.publisher_id FROM sources_source s""",
        {
            "sources_source": (
                "row",
                "title, title_is_description, language, byline, container_title, publisher_id",
            ),
            **named("publisher_id"),
        },
    ),
    Kept(
        "person",
        "people",
        """SELECT a.id AS row, a.id AS record, 'en' AS language, search_names(a.id) AS title, a.description AS words,
            '' AS more, '' AS who FROM sources_agent a""",
        {"sources_agent": ("row", "name, short_name, description, status"), "sources_agentname": ("row", "name")},
    ),
    Kept(
        "role",
        "people",
        """SELECT r.id AS row, r.agent_id AS record, 'en' AS language, '' AS title, r.title AS words,
            '' AS more, search_names(r.agent_id) AS who, r.agent_id
            FROM sources_agentrole r""",
        {
            "sources_agentrole": ("row", "title, agent_id"),
            "sources_agent": ("agent_id", "name, short_name, status"),
            "sources_agentname": ("agent_id", "name"),
        },
    ),
    Kept(
        "topic",
        "topics",
        """SELECT t.id AS row, t.id AS record, 'en' AS language, t.title, t.description AS words, '' AS more, '' AS who
            FROM treaties_topic t""",
        {"treaties_topic": ("row", "title, description")},
    ),
    Kept(
        "correspondence",
        "topics",
        """SELECT c.id AS row, c.topic_id AS record, 'en' AS language, '' AS title, c.change AS words,
            concat_ws(E'\\n', t.title, c.note) AS more, '' AS who, c.topic_id
            FROM treaties_correspondence c JOIN treaties_topic t ON t.id = c.topic_id""",
        {"treaties_correspondence": ("row", "change, note, topic_id"), "treaties_topic": ("topic_id", "title")},
    ),
    Kept(
        "timeline",
        "timelines",
        """SELECT t.id AS row, t.id AS record, 'en' AS language, t.title, t.introduction AS words, '' AS more, '' AS who
            FROM timelines_timeline t""",
        {"timelines_timeline": ("row", "title, introduction")},
    ),
    Kept(
        "treaty",
        "treaties",
        """SELECT t.id AS row, t.id AS record, 'en' AS language, concat_ws(E'\\n', t.short_name, t.slug) AS title,
            '' AS words, '' AS more, '' AS who FROM treaties_treaty t""",
        {"treaties_treaty": ("row", "short_name, slug")},
    ),
    Kept(
        "treaty_terms",
        "treaties",
        """SELECT t.id AS row, t.id AS record, 'en' AS language, t.title, concat_ws(E'\\n', t.title, t.term, t.notice)
            AS words, concat_ws(E'\\n', t.short_name, t.slug) AS more, '' AS who FROM treaties_treaty t""",
        {"treaties_treaty": ("row", "title, term, notice, short_name, slug")},
    ),
    Kept(
        "treaty_summary",
        "treaties",
        """SELECT t.id AS row, t.id AS record, 'en' AS language, t.short_name AS title, t.summary AS words,
            concat_ws(E'\\n', t.title, t.slug) AS more, '' AS who FROM treaties_treaty t""",
        {"treaties_treaty": ("row", "title, summary, short_name, slug")},
    ),
    Kept(
        "treaty_title",
        "treaties",
        """SELECT n.id AS row, n.treaty_id AS record, n.language, n.title, n.title AS words,
            concat_ws(E'\\n', t.short_name, t.slug) AS more, '' AS who, n.treaty_id
            FROM treaties_treatytitle n JOIN treaties_treaty t ON t.id = n.treaty_id""",
        {"treaties_treatytitle": ("row", "title, language, treaty_id"), "treaties_treaty": TITLED},
    ),
]

# A name belongs to an agent; every other table is known by its own key.
KEY = {"sources_agentname": "agent_id"}
FIELDS = "row, record, language, title, words, more, who"


WRITTEN = """INSERT INTO search_passage (part, kind, {fields}, lexemes)
            SELECT '{part}', '{kind}', {fields},
                setweight(search_read(title), 'A') || setweight(search_read(words), 'B')
                || setweight(search_read(more), 'C') || setweight(search_read(who), 'C')
            FROM ({select}) found{where};"""


def written(kept: Kept, where: str = "") -> str:
    return WRITTEN.format(fields=FIELDS, part=kept.part, kind=kept.kind, select=kept.select, where=where)


def function(table: str) -> str:
    """What is written anew when a row of the table changes."""
    key = KEY.get(table, "id")
    body = []
    for kept in KEPT:
        if table not in kept.of:
            continue
        column, fields = kept.of[table]
        changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in fields.split(", "))
        gone = f"row IN (SELECT row FROM ({kept.select}) found WHERE {column} = key)"
        if column == "row":
            gone = "row = key"
        body.append(f"""
    IF TG_OP <> 'UPDATE' OR {changed} THEN
        DELETE FROM search_passage WHERE part = '{kept.part}' AND {gone};
        {written(kept, f" WHERE {column} = key")}
    END IF;""")
    return f"""
CREATE FUNCTION search_keep_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    key bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.{key} ELSE NEW.{key} END;
BEGIN{"".join(body)}
    RETURN NULL;
END $$;
CREATE TRIGGER search_keep AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION search_keep_{table}();"""


TABLES = list(dict.fromkeys(table for kept in KEPT for table in kept.of))
# For databases that were changed while triggers were off.
REBUILD = f"""
CREATE FUNCTION search_rebuild() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_passage;
    {"".join(map(written, KEPT))}
END $$;
SELECT search_rebuild();"""
UNDO = "\n".join(
    [
        *(f"DROP TRIGGER search_keep ON {table}; DROP FUNCTION search_keep_{table}();" for table in TABLES),
        "DELETE FROM search_passage;",
        "DROP FUNCTION search_rebuild(), search_names(bigint), search_read(text), search_pairs(text);",
        "DROP FUNCTION search_folded(text);",
        "DROP TEXT SEARCH CONFIGURATION search_words; DROP TEXT SEARCH CONFIGURATION search_stems;",
        "DROP TEXT SEARCH DICTIONARY search_russian; DROP TEXT SEARCH DICTIONARY search_english;",
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("opinions", "0001_initial"),
        ("quotes", "0001_initial"),
        ("sources", "0001_initial"),
        ("timelines", "0002_acts_told_and_more_items"),
        ("treaties", "0002_rendering_steps"),
    ]

    operations = [
        migrations.RunSQL(
            [LANGUAGE, *map(function, TABLES), REBUILD],
            reverse_sql=UNDO,
        ),
    ]
