ALTER TABLE measurement DETACH PARTITION measurement_2024_01;
COMMENT ON TABLE measurement_2024_01 IS 'kept for the yearly report';
