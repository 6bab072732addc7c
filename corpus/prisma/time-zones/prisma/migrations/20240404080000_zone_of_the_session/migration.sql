alter table visit alter column day type timestamptz;
alter table visit alter column came type timestamp;
