ALTER TABLE "Room" DROP CONSTRAINT "Room_seats_check";
ALTER TABLE "Booking" DROP CONSTRAINT "Booking_roomId_fkey";
