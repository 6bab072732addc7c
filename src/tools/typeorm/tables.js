// TypeORM's tables and what belongs to them, as the package offers them (typeorm 0.3.31 and 1.1.1): a part of the shim, for
// the scripts that use them.
(function ($, host) {
  'use strict';
  const { isHole, holed, offer } = $;
  const { assign } = Object;
  const take = (to, from, names) => {
    for (const name of names) to[name] = from[name];
  };
  const made = (Type, list) => {
    const out = [];
    for (const one of list) out.push(new Type(one));
    return out;
  };
  // Whether something has this name; whose name is not known may be it.
  const called = (name) => (one) =>
    one.name === name || ((holed(name) || holed(one.name)) && host.stop(`what is called ${$.words(holed(name) ? name : one.name)}`));
  const without = (list, name) => {
    const at = list.findIndex(called(name));
    return at < 0 ? undefined : list.splice(at, 1)[0];
  };
  const COLUMN = ['name', 'type', 'length', 'width', 'charset', 'collation', 'precision', 'scale', 'zerofill', 'unsigned',
    'enum', 'enumName', 'primaryKeyConstraintName', 'asExpression', 'generatedType', 'default', 'onUpdate', 'isNullable',
    'isGenerated', 'generationStrategy', 'generatedIdentity', 'isPrimary', 'isUnique', 'isArray', 'comment',
    'spatialFeatureType', 'srid'];
  const FLAGS = ['isNullable', 'isGenerated', 'isPrimary', 'isUnique', 'isArray', 'zerofill', 'unsigned'];

  const TableColumn = offer('TableColumn', class TableColumn {
    constructor(o) {
      if (o) take(this, o, COLUMN);
      this.type = this.type || '';
      this.length = this.length || '';
      for (const flag of FLAGS) this[flag] = this[flag] || false;
    }
    clone() { return new TableColumn(this); }
  });
  const FOREIGN = ['name', 'columnNames', 'referencedColumnNames', 'referencedDatabase', 'referencedSchema',
    'referencedTableName', 'onDelete', 'onUpdate', 'deferrable'];
  const TableForeignKey = offer('TableForeignKey', class TableForeignKey {
    constructor(o) { take(this, o, FOREIGN); }
    clone() {
      return new TableForeignKey({ ...this, columnNames: [...this.columnNames], referencedColumnNames: [...this.referencedColumnNames] });
    }
  });
  const TableIndex = offer('TableIndex', class TableIndex {
    constructor(o) {
      take(this, o, ['name', 'columnNames', 'isUnique', 'isSpatial', 'isConcurrent', 'isFulltext', 'isNullFiltered', 'parser', 'where', 'type']);
      for (const flag of ['isUnique', 'isSpatial', 'isConcurrent', 'isFulltext', 'isNullFiltered']) this[flag] = isHole(this[flag]) ? this[flag] : !!this[flag];
      this.where = this.where || '';
    }
    clone() { return new TableIndex({ ...this, columnNames: [...this.columnNames] }); }
  });
  const TableUnique = offer('TableUnique', class TableUnique {
    constructor(o) { take(this, o, ['name', 'columnNames', 'deferrable']); }
    clone() { return new TableUnique({ ...this, columnNames: [...this.columnNames] }); }
  });
  const TableCheck = offer('TableCheck', class TableCheck {
    constructor(o) { take(this, o, ['name', 'columnNames', 'expression']); }
    clone() { return new TableCheck({ ...this, columnNames: this.columnNames ? [...this.columnNames] : [] }); }
  });
  const TableExclusion = offer('TableExclusion', class TableExclusion {
    constructor(o) { take(this, o, ['name', 'expression', 'deferrable']); }
    clone() { return new TableExclusion(this); }
  });
  const Table = offer('Table', class Table {
    constructor(o) {
      assign(this, { columns: [], indices: [], foreignKeys: [], uniques: [], checks: [], exclusions: [], justCreated: false, withoutRowid: false });
      if (!o) return;
      take(this, o, ['database', 'schema', 'name', 'engine', 'comment']);
      if (o.columns) this.columns = made(TableColumn, o.columns);
      if (o.indices) this.indices = made(TableIndex, o.indices);
      if (o.foreignKeys) {
        this.foreignKeys = o.foreignKeys.map((key) => new TableForeignKey({
          ...key, referencedDatabase: key.referencedDatabase || o.database, referencedSchema: key.referencedSchema || o.schema,
        }));
      }
      if (o.uniques) this.uniques = made(TableUnique, o.uniques);
      if (o.checks) this.checks = made(TableCheck, o.checks);
      if (o.exclusions) this.exclusions = made(TableExclusion, o.exclusions);
      if (o.justCreated !== undefined) this.justCreated = o.justCreated;
      if (o.withoutRowid) this.withoutRowid = o.withoutRowid;
    }
    get primaryColumns() { return this.columns.filter((column) => column.isPrimary); }
    clone() {
      const copy = { ...this };
      for (const part of ['columns', 'indices', 'foreignKeys', 'uniques', 'checks', 'exclusions']) copy[part] = this[part].map((one) => one.clone());
      return new Table(copy);
    }
    addColumn(column) { this.columns.push(column); }
    removeColumn(column) { without(this.columns, column.name); }
    addUniqueConstraint(unique) { this.uniques.push(unique); this.marked(unique, true); }
    removeUniqueConstraint(unique) { this.marked(without(this.uniques, unique.name), false); }
    addCheckConstraint(check) { this.checks.push(check); }
    removeCheckConstraint(check) { without(this.checks, check.name); }
    addExclusionConstraint(exclusion) { this.exclusions.push(exclusion); }
    removeExclusionConstraint(exclusion) { without(this.exclusions, exclusion.name); }
    addForeignKey(key) { this.foreignKeys.push(key); }
    removeForeignKey(key) { without(this.foreignKeys, key.name); }
    addIndex(index) { this.indices.push(index); }
    removeIndex(index) { without(this.indices, index.name); }
    findColumnByName(name) { return this.columns.find(called(name)); }
    findColumnIndices(column) { return of(this.indices, column); }
    findColumnForeignKeys(column) { return of(this.foreignKeys, column); }
    findColumnUniques(column) { return of(this.uniques, column); }
    findColumnChecks(column) { return of(this.checks, column); }
  });
  const of = (list, column) => list.filter((one) => (one.columnNames || []).some((name) => called(name)(column)));
  // The column of a unique constraint on one column says so itself.
  Object.defineProperty(Table.prototype, 'marked', {
    value(unique, is) {
      const column = unique && unique.columnNames.length === 1 && this.findColumnByName(unique.columnNames[0]);
      if (column) column.isUnique = is;
    },
  });
  const View = offer('View', class View {
    constructor(o) {
      this.indices = [];
      if (!o) return;
      take(this, o, ['database', 'schema', 'name', 'expression']);
      this.materialized = isHole(o.materialized) ? o.materialized : !!o.materialized;
    }
    clone() { return new View(this); }
    addIndex(index) { this.indices.push(index); }
    removeIndex(index) { without(this.indices, index.name); }
  });

  return { Table, TableColumn, TableForeignKey, TableIndex, TableUnique, TableCheck, TableExclusion, View };
})
