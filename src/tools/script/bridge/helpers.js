// A date in the time of the process with its offset, as the driver sends it.
const asLocal = (date) => {
  const two = (number, length = 2) => String(number).padStart(length, '0');
  const offset = -date.getTimezoneOffset();
  const days = `${two(date.getFullYear(), 4)}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => two(part)).join(':');
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${days}T${time}.${two(date.getMilliseconds(), 3)}${zone}`;
};

// A value as a constant of SQL, as the driver sends it: lists as arrays, objects as JSON.
const asSent = (value) => {
  if (value === null || value === undefined) return 'NULL';
  const inner = (one) => {
    if (one === null || one === undefined) return 'NULL';
    return Array.isArray(one) ? plain(one) : `"${plain(one).replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
  };
  const plain = (one) => {
    if (Buffer.isBuffer(one)) return `\\x${one.toString('hex')}`;
    if (one instanceof Date) return asLocal(one);
    if (Array.isArray(one)) return `{${one.map(inner).join(',')}}`;
    return typeof one === 'object' ? JSON.stringify(one) : String(one);
  };
  return `'${plain(value).replace(/'/g, "''")}'`;
};

// Rows as Knex inserts them: a row that lacks a column gets its default there.
const asTuples = (rows) => {
  const all = Array.isArray(rows) ? rows : [rows];
  if (!all.length) throw new Error('there are no rows to insert');
  const columns = [...new Set(all.flatMap((row) => Object.keys(row)))].sort();
  if (!columns.length || columns.some((name) => /[.[]| as |^\s|\s$/i.test(name))) {
    throw new Error('rows whose columns have no plain names');
  }
  const names = columns.map((name) => `"${name.replace(/"/g, '""')}"`);
  const value = (one) => (one === undefined ? 'DEFAULT' : asSent(one));
  const tuples = all.map((row) => `(${columns.map((name) => value(row[name])).join(', ')})`);
  return `(${names.join(', ')}) values ${tuples.join(', ')}`;
};

// A value as a constant of SQL, as Sequelize writes it; `single` where a list is an array rather than several values.
const asConstant = (value, single = false) => {
  if (value === undefined || value === null) return 'NULL';
  if (['boolean', 'number', 'bigint'].includes(typeof value)) return String(value);
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
  if (value instanceof Date) return `'${value.toISOString().replace('T', ' ').replace('Z', ' +00:00')}'`;
  if (Array.isArray(value)) {
    if (single) return `ARRAY[${value.map((one) => asConstant(one, true)).join(',')}]`;
    return value.map((one) => (Array.isArray(one) ? `(${asConstant(one)})` : asConstant(one))).join(', ');
  }
  if (typeof value !== 'string') throw new Error('an object is no value of SQL');
  return `'${value.replace(/'/g, "''")}'`;
};

// What stands behind a column in a condition, as Sequelize writes it: `= 1`, `IN (1, 2)`, `IS NULL`.
const asCondition = (value) => {
  if (value === null) return 'IS NULL';
  if (value === undefined) throw new Error('a condition goes by undefined');
  if (Array.isArray(value)) return value.length ? `IN (${asConstant(value)})` : 'IN (NULL)';
  return `= ${asConstant(value)}`;
};

// Rows as Sequelize inserts them: a row that lacks a column gets NULL there.
const asRows = (rows) => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const names = columns.map((name) => `"${name.replace(/"/g, '')}"`);
  const tuples = rows.map((row) => `(${columns.map((name) => asConstant(row[name], true)).join(',')})`);
  return `(${names.join(',')}) VALUES ${tuples.join(',')}`;
};

// A part of a statement of which Knex sends every question mark as it is.
const asText = (sql) => {
  if (/\\\?/.test(sql)) throw new Error('Knex cannot send a backslash before a question mark');
  return String(sql).replace(/\?/g, '\\?');
};

// A part of a statement with values beside it, of which Sequelize sends every dollar sign as it is.
const asBound = (sql) => String(sql).replace(/\B\$(?=[$\w])/g, '$$$$');

// A value of a condition, as Knex takes it: NULL would need other words.
const someValue = (value) => {
  if (value === null || value === undefined) throw new Error(`a condition goes by ${value}`);
  return value;
};

// A value as Knex takes it: `undefined` would be left out.
const anyValue = (value) => {
  if (value === undefined) throw new Error('a value is undefined');
  return value;
};

// The values that a column may have, as Knex takes them.
const listOf = (values) => {
  if (!Array.isArray(values)) throw new Error('what a column may be is no list');
  if (values.some((one) => one === undefined || Array.isArray(one))) throw new Error('a list holds what is no value');
  return values;
};
