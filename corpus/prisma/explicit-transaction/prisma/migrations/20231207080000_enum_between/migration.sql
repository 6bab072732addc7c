START TRANSACTION ISOLATION LEVEL READ COMMITTED;
create type "Level" as enum ('low');
alter table "Step" add column level "Level" default 'low';
END;
begin; update "Step" set one = 2; rollback;
