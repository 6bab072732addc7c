-- CreateIndex
CREATE UNIQUE INDEX "Nick_nick_key" ON "Nick"("nick");
