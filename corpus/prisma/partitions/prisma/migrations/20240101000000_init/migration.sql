-- partitioned by hand, Prisma only sees plain tables
CREATE TABLE "measurement" (
    "id" BIGSERIAL NOT NULL,
    "taken_at" TIMESTAMPTZ(6) NOT NULL,
    "sensor" TEXT NOT NULL,
    "value" DOUBLE PRECISION,

    CONSTRAINT "measurement_pkey" PRIMARY KEY ("id","taken_at")
) PARTITION BY RANGE ("taken_at");

CREATE TABLE measurement_2024_01 PARTITION OF measurement FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2024-02-01 00:00:00+00');
CREATE TABLE measurement_2024_02 PARTITION OF measurement FOR VALUES FROM ('2024-02-01 00:00:00+00') TO ('2024-03-01 00:00:00+00');
CREATE TABLE measurement_rest PARTITION OF measurement DEFAULT;

-- CreateIndex
CREATE INDEX "measurement_sensor_taken_at_idx" ON "measurement"("sensor", "taken_at");

INSERT INTO measurement (taken_at, sensor, value) VALUES
  ('2024-01-05 12:00:00+00', 'roof', 3.5),
  ('2024-02-05 12:00:00+00', 'roof', 5.25),
  ('2030-01-01 00:00:00+00', 'cellar', NULL);
