DROP TABLE measurement_2024_01;
DROP TABLE measurement_2024_02;
ALTER TABLE measurement DROP COLUMN note;
