-- CreateTable
CREATE TABLE "Tool" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "brand" TEXT NOT NULL,

    CONSTRAINT "Tool_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Tool.name_unique" ON "Tool"("name");

-- CreateIndex
CREATE INDEX "Tool.name_brand_index" ON "Tool"("name", "brand");
alter table "Tool" add constraint brand_once unique (brand);
