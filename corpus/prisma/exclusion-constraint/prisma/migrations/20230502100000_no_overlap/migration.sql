ALTER TABLE "Booking" ADD CONSTRAINT "Booking_no_overlap"
  EXCLUDE USING gist ("room" WITH =, tsrange("from", "to") WITH &&) WHERE (NOT "cancelled");
