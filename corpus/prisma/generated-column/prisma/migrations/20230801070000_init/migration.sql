-- CreateTable
CREATE TABLE "Box" (
    "id" SERIAL NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,

    CONSTRAINT "Box_pkey" PRIMARY KEY ("id")
);

INSERT INTO "Box" ("width", "height") VALUES (2, 3), (4, 5);
