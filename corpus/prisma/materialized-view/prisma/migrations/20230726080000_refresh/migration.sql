refresh materialized view concurrently ranking;
comment on materialized view ranking is 'who leads';
alter materialized view ranking rename to leaderboard;
