ALTER TABLE "Seat" DROP CONSTRAINT "Seat_row_number_uq";
ALTER TABLE "Seat" DROP CONSTRAINT "Seat_holder_uq";
ALTER TABLE "Seat" DROP CONSTRAINT "Seat_number_inc", DROP CONSTRAINT IF EXISTS "Seat_rank_uq", DROP CONSTRAINT IF EXISTS "Seat_never_uq";
ALTER TABLE "Seat" RENAME CONSTRAINT "Seat_row_holder_key" TO "Seat_row_holder_uq";
