//! Functions of ours that carried code may call, in JavaScript: what a tool does with values that are known only when it
//! runs.

use super::super::mentions;

/// The functions, by name; each may call those behind it.
pub(super) static HELPERS: &[(&str, &str)] = &[
    (
        "asRows",
        "// Rows as Sequelize's bulkInsert writes them: a row that lacks a column gets NULL there.
const asRows = (rows) => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const tuples = rows.map((row) => `(${columns.map((column) => asConstant(row[column], true)).join(',')})`);
  return `(${columns.map((column) => `\"${column.replace(/\"/g, '')}\"`).join(',')}) VALUES ${tuples.join(',')}`;
};",
    ),
    (
        "asCondition",
        "// What stands behind a column in a condition, as Sequelize writes it: `= 1`, `IN (1, 2)`, `IS NULL`.
const asCondition = (value) => {
  if (value === null) return 'IS NULL';
  if (value === undefined) throw new Error('a condition goes by undefined');
  if (Array.isArray(value)) return value.length ? `IN (${asConstant(value)})` : 'IN (NULL)';
  if (typeof value === 'boolean') return `= ${value}`;
  return `= ${asConstant(value)}`;
};",
    ),
    (
        "asConstant",
        "// A value as a constant of SQL, as Sequelize writes it.
const asConstant = (value, single = false) => {
  if (value === undefined || value === null) return 'NULL';
  if (['boolean', 'number', 'bigint'].includes(typeof value)) return String(value);
  if (Buffer.isBuffer(value)) return `'\\\\x${value.toString('hex')}'`;
  if (Array.isArray(value)) {
    if (single) return `ARRAY[${value.map((one) => asConstant(one, true)).join(',')}]`;
    return value.map((one) => (Array.isArray(one) ? `(${asConstant(one)})` : asConstant(one))).join(', ');
  }
  if (value instanceof Date) return `'${value.toISOString().replace('T', ' ').replace('Z', ' +00:00')}'`;
  if (typeof value !== 'string') throw new Error('an object is no value of SQL');
  return `'${value.replace(/'/g, \"''\").replace(/\\0/g, '\\\\0')}'`;
};",
    ),
    (
        "asText",
        "// A part of a statement of which Knex sends every question mark as it is.
const asText = (sql) => {
  if (/\\\\\\?/.test(sql)) throw new Error('Knex cannot send a backslash before a question mark');
  return String(sql).replace(/\\?/g, '\\\\?');
};",
    ),
    (
        "asBound",
        "// A part of a statement with parameters of which Sequelize sends every dollar sign as it is.
const asBound = (sql) => String(sql).replace(/\\B\\$(?=[$\\w])/g, '$$$$');",
    ),
    (
        "someValue",
        "// A value of a condition, as Knex takes it: NULL would need other words.
const someValue = (value) => {
  if (value === null || value === undefined) throw new Error(`a condition goes by ${value}`);
  return value;
};",
    ),
    (
        "anyValue",
        "// A value as Knex takes it: `undefined` would be left out.
const anyValue = (value) => {
  if (value === undefined) throw new Error('a value is undefined');
  return value;
};",
    ),
    (
        "listOf",
        "// The values that a column may have, as Knex takes them.
const listOf = (values) => {
  if (!Array.isArray(values)) throw new Error('what a column may be is no list');
  if (values.some((value) => value === undefined || Array.isArray(value))) throw new Error('a list holds what is no value');
  return values;
};",
    ),
];

/// The texts of those that are called, in the order in which they can stand.
pub(super) fn called(texts: &[&str]) -> Vec<&'static str> {
    let mut called: Vec<usize> = Vec::new();
    for (at, (name, _)) in HELPERS.iter().enumerate() {
        let by_text = texts.iter().any(|text| mentions(text, name));
        let by_helper = called.iter().any(|before| mentions(HELPERS[*before].1, name));
        if by_text || by_helper {
            called.push(at);
        }
    }
    called.into_iter().rev().map(|at| HELPERS[at].1).collect()
}
