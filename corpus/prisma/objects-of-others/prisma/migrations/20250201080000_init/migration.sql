CREATE TABLE "Profile" ("id" UUID NOT NULL PRIMARY KEY REFERENCES account.holder ON DELETE CASCADE, "nick" TEXT);
CREATE TABLE "Message" ("id" INTEGER NOT NULL PRIMARY KEY, "by" UUID);
ALTER TABLE "Message" ADD CONSTRAINT "Message_by_fkey" FOREIGN KEY ("by") REFERENCES account.holder(id);
ALTER TABLE "Profile" ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON "Profile" USING (account.current_holder() = id);
