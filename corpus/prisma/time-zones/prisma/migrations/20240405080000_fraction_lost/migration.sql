alter table visit alter column came type timestamptz(0) using came at time zone 'UTC';
