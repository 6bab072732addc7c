CREATE TABLE "Card" (
    "id" INTEGER UNIQUE PRIMARY KEY,
    "code" TEXT UNIQUE,
    "slot" INTEGER,
    "seat" INTEGER,
    UNIQUE ("slot"),
    CONSTRAINT "Card_code_once" UNIQUE ("code"),
    CONSTRAINT "Card_slot_once" UNIQUE ("slot"),
    UNIQUE ("slot", "seat"),
    UNIQUE ("seat", "slot"),
    UNIQUE ("slot", "seat") DEFERRABLE
);
