UPDATE "Seat" SET "rank" = 3 - "rank";
