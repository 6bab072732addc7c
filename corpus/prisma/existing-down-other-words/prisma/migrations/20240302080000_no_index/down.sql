CREATE INDEX "Room_name_idx" ON public."Room" USING btree (name ASC NULLS LAST);
