ALTER PUBLICATION "notes" ADD TABLE ONLY "note";
ALTER PUBLICATION "people" ADD TABLE "author" ("number", "name");
CREATE PUBLICATION "more_notes" FOR TABLE "note" *;
