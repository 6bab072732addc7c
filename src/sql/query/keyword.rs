//! PostgreSQL's keywords, as far as they decide what a word without quotes can be (`pg_get_keywords()` of PostgreSQL 15).

/// Reserved words, those among them that can name a function or type included: none is ever a column or an alias.
const RESERVED: &str = "all analyse analyze and any array as asc asymmetric authorization binary both case cast check \
collate collation column concurrently constraint create cross current_catalog current_date current_role current_schema \
current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign \
freeze from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like \
limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary \
references returning right select session_user similar some symmetric system_user table tablesample then to trailing \
true union unique user using variadic verbose when where window with";

/// Words that name columns but no functions.
const COLUMN_NAME: &str = "between bigint bit boolean char character coalesce dec decimal exists extract float greatest \
grouping inout int integer interval json_array json_arrayagg json_exists json_object json_objectagg json_query \
json_scalar json_serialize json_table json_value least merge_action national nchar none normalize nullif numeric out \
overlay position precision real row setof smallint substring time timestamp treat trim values varchar xmlattributes \
xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable";

/// Words that are an output column's name only behind `AS`.
const LABEL_BEHIND_AS: &str = "array as char character create day except fetch filter for from grant group having hour \
intersect into isnull limit minute month notnull offset on order over overlaps precision returning second to union \
varying where window with within without year";

/// Words that stand for a value and are read by sqlparser as a name or a call without parentheses.
const VALUES: &str = "current_catalog current_date current_role current_schema current_time current_timestamp \
current_user localtime localtimestamp session_user system_user user";

/// Types that are always there, as the grammar or `pg_catalog` names them.
const TYPES: &str = "abstime aclitem any anyarray anycompatible anyelement anyenum anynonarray anyrange bigint bigserial \
bit bool boolean box bpchar bytea char character cid cidr circle cstring date datemultirange daterange dec decimal \
event_trigger float float4 float8 gtsvector inet int int2 int2vector int4 int4multirange int4range int8 int8multirange \
int8range integer internal interval json jsonb jsonpath line lseg macaddr macaddr8 money name numeric nummultirange \
numrange oid oidvector path pg_lsn pg_snapshot point polygon real record refcursor regclass regcollation regconfig \
regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype serial serial4 serial8 smallint \
smallserial text tid time timestamp timestamptz timetz trigger tsmultirange tsquery tsrange tstzmultirange tstzrange \
tsvector txid_snapshot unknown uuid varbit varchar void xid xid8 xml";

/// Columns that every table has and no catalogue lists.
const SYSTEM_COLUMNS: &str = "cmax cmin ctid tableoid xmax xmin";

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

pub(super) fn is_reserved(word: &str) -> bool {
    is_in(RESERVED, word)
}

pub(super) fn needs_as(word: &str) -> bool {
    is_in(LABEL_BEHIND_AS, word)
}

pub(super) fn is_value(word: &str) -> bool {
    is_in(VALUES, word)
}

pub(super) fn is_builtin_type(word: &str) -> bool {
    is_in(TYPES, word)
}

pub(super) fn is_system_column(word: &str) -> bool {
    is_in(SYSTEM_COLUMNS, word)
}

/// An identifier, in quotes unless it means the same everywhere without.
pub fn ident(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain && !is_reserved(name) && !is_in(COLUMN_NAME, name) && !needs_as(name) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}
