/* a block comment; with 'quotes' and "more"
   /* and one nested; in it */ still inside $$ */
-- CreateTable
CREATE /* here */ TABLE "Remark" ( -- after the bracket; it's fine
    "id" SERIAL NOT NULL, /* the key */
    "text" TEXT -- no default
    ,
    -- "old" TEXT NOT NULL,
    CONSTRAINT "Remark_pkey" PRIMARY KEY ("id") /* /* deep */ */
)/**/;
-- DROP TABLE "Remark";
/* INSERT INTO "Remark" ("text") VALUES ('never'); */
INSERT INTO "Remark" ("text") VALUES ('-- a text'), ('/* a text */'); -- the end
