ALTER TABLE "Booking" DROP CONSTRAINT "Booking_no_overlap";
