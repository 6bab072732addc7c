alter table visit alter column "Seen at" type timestamp using "Seen at" AT TIME ZONE 'Europe/Berlin';
