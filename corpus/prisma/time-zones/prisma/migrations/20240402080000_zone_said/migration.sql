alter table visit alter column came type timestamptz using came at time zone 'UTC';
alter table visit alter column went type timestamp(3) using (went at time zone 'Etc/UTC');
