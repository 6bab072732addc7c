TRUNCATE loner;
