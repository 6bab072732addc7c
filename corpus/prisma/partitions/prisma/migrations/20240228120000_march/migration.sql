-- prepared beside the parent, then attached
CREATE TABLE measurement_2024_03 (LIKE measurement INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE measurement_2024_03 ADD CONSTRAINT measurement_2024_03_range CHECK (taken_at >= '2024-03-01 00:00:00+00' AND taken_at < '2024-04-01 00:00:00+00');
INSERT INTO measurement_2024_03 (taken_at, sensor, value) VALUES ('2024-03-01 06:00:00+00', 'roof', 7);
ALTER TABLE measurement ATTACH PARTITION measurement_2024_03 FOR VALUES FROM ('2024-03-01 00:00:00+00') TO ('2024-04-01 00:00:00+00');
ALTER TABLE measurement_2024_03 DROP CONSTRAINT measurement_2024_03_range;
