-- AlterTable
ALTER TABLE "Document" ADD COLUMN     "ownerId" INTEGER;

create policy secrets_stay_secret on "Document"
  as restrictive
  for select
  to public
  using (not secret or "ownerId" = current_setting('app.user_id', true)::int);

create policy add_own on "Document" for insert with check ("ownerId" is not null);
create policy "no deletes" on "Document" as restrictive for delete to pg_read_all_data using (false);
