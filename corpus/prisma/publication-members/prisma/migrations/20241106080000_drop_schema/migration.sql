DROP SCHEMA "stream";
DROP TABLE "author";
DROP PUBLICATION "more_notes";
