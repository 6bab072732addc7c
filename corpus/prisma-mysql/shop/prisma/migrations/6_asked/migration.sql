-- What it does depends on what is there.
SET @missing = (SELECT COUNT(*) = 0 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'User' AND column_name = 'age');
SET @sql = IF(@missing, 'ALTER TABLE `User` ADD COLUMN `age` INT', 'DO 0');
PREPARE statement FROM @sql;
EXECUTE statement;
