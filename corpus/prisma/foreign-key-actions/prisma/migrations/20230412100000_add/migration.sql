-- AddForeignKey
ALTER TABLE "player" ADD CONSTRAINT "player_a_fkey" FOREIGN KEY ("a") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "player" ADD CONSTRAINT "player_b_fkey" FOREIGN KEY ("b") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "player" ADD CONSTRAINT "player_c_fkey" FOREIGN KEY ("c") REFERENCES "team"("id") ON DELETE SET DEFAULT ON UPDATE SET NULL;

-- AddForeignKey
ALTER TABLE "player" ADD CONSTRAINT "player_d_fkey" FOREIGN KEY ("d") REFERENCES "team"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

alter table player add foreign key (e) references team deferrable initially deferred;
