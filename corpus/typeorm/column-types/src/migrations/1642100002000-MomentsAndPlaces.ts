import { MigrationInterface, QueryRunner, Table, TableColumn } from 'typeorm';

export class MomentsAndPlaces1642100002000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'moments',
        columns: [
          new TableColumn({ name: 'id', type: 'uuid', isPrimary: true, default: 'gen_random_uuid()' }),
          new TableColumn({ name: 'day', type: 'date' }),
          new TableColumn({ name: 'hour', type: 'time', isNullable: true }),
          new TableColumn({ name: 'hour_zone', type: 'time with time zone', isNullable: true }),
          new TableColumn({ name: 'at', type: 'timestamp', default: 'now()' }),
          new TableColumn({ name: 'at_precise', type: 'timestamp', precision: 3, isNullable: true }),
          new TableColumn({ name: 'at_zone', type: 'timestamptz', isNullable: true }),
          new TableColumn({ name: 'at_zone_long', type: 'timestamp with time zone', precision: 6, isNullable: true }),
          new TableColumn({ name: 'span', type: 'interval', isNullable: true }),
          new TableColumn({ name: 'spot', type: 'point', isNullable: true }),
          new TableColumn({ name: 'area', type: 'box', isNullable: true }),
          new TableColumn({ name: 'round', type: 'circle', isNullable: true }),
          new TableColumn({ name: 'way', type: 'path', isNullable: true }),
          new TableColumn({ name: 'shape', type: 'polygon', isNullable: true }),
          new TableColumn({ name: 'edge', type: 'lseg', isNullable: true }),
          new TableColumn({ name: 'address', type: 'inet', isNullable: true }),
          new TableColumn({ name: 'network', type: 'cidr', isNullable: true }),
          new TableColumn({ name: 'hardware', type: 'macaddr', isNullable: true }),
          new TableColumn({ name: 'days', type: 'daterange', isNullable: true }),
          new TableColumn({ name: 'counts', type: 'int4range', isNullable: true }),
          new TableColumn({ name: 'times', type: 'tstzrange', isNullable: true }),
        ],
      }),
      true,
      true,
      true,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(new Table({ name: 'moments' }));
  }
}
