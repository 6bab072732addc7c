exports.Owner1643700002000 = class Owner1643700002000 {
  up(queryRunner) {
    return queryRunner.query('ALTER TABLE note ADD COLUMN owner uuid').then(() => queryRunner.query('CREATE INDEX note_owner ON note (owner)'));
  }

  down(queryRunner) {
    return queryRunner.query('ALTER TABLE note DROP COLUMN owner');
  }
};
