drop view if exists home_wins, countdown;
