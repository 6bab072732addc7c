DROP TRIGGER on_holder_created ON account.holder;
DROP POLICY look ON files.file;
DROP TABLE "Profile";
