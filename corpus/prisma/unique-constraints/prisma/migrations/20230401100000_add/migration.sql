ALTER TABLE "Seat" ADD CONSTRAINT "Seat_row_number_uq" UNIQUE ("row", "number");
ALTER TABLE "Seat" ADD CONSTRAINT "Seat_holder_uq" UNIQUE NULLS NOT DISTINCT ("holder");
ALTER TABLE "Seat" ADD CONSTRAINT "Seat_number_inc" UNIQUE ("number") INCLUDE ("holder");
ALTER TABLE "Seat" ADD CONSTRAINT "Seat_rank_uq" UNIQUE ("rank") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "Seat" ADD UNIQUE ("row", "holder");
